/** What differs between the catalogue and the facts beside it. */

/** Something in which the catalogue differs from the manual, or from the wire. */
export interface Difference {
  /** `<service>.<Action>`. */
  action: string
  source: 'manual' | 'wire'
  /** What it is about: `params.Title.maxLength`, `errors.NoSuchVideo.status`, `response.Video.Title`. */
  what: string
  /** What the source says; absent if it says nothing. */
  said?: unknown
  /** What the catalogue says; absent if it says nothing. */
  held?: unknown
}

/** The line that stands for a difference where known ones are listed. */
export const lineOf = ({ action, source, what, said, held }: Difference): string =>
  `${action} ${source} ${what}: ${shown(said)} / ${shown(held)}`

const shown = (value: unknown): string => (value === undefined ? '-' : String(value))
