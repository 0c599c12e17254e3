/** What a round trip is: what is stored is read back. */

import type { Before } from './before.js'

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Answer = any

/** Parameters of a call. */
export type Params = Readonly<Record<string, string>>

/** A round trip. */
export interface Echo {
  /** `<service>.<Action>` that stores. */
  action: string
  /** What it is given beyond the parameters with which it succeeds, each shown later at a path of the answer. */
  sent: Readonly<Record<string, readonly [value: string, path: string]>>
  /** Action that shows it; or the address of a file that does, whose text is at `text`. */
  shown: string | ((params: Params) => string)
  /** Parameters of that Action, from the answer to the first and what it was given. */
  by: (answer: Answer, params: Params) => Params
  /** Makes what has to be there before; answers further parameters. */
  sends?: (before: Before) => Params | Promise<Params>
  /** What else is shown, by its path: members of the JSON that was sent, what it refers to, or ids that the first has answered. */
  shows?: (params: Params, answer: Answer) => Readonly<Record<string, string>>
  /** How long it takes until it is shown. */
  after?: string
}

/** A text with what gets lost where somebody does not escape it. */
export const TEXT = '回声 <a> & "b"'

/** A round trip of VOD. */
export const of = (
  action: string,
  shown: string | ((params: Params) => string),
  sent: Echo['sent'],
  by: Echo['by'],
  more: Pick<Echo, 'sends' | 'shows' | 'after'> = {},
): Echo => ({
  action: `vod.${action}`,
  shown: typeof shown === 'string' ? `vod.${shown}` : shown,
  sent,
  by,
  ...more,
})

/** Texts of a medium: members of the JSON in a parameter. */
export const content = { Title: TEXT, Description: `${TEXT}。`, Tags: 'one,二' }

/** Where they are shown. */
export const shownAt = (root: string) => () =>
  Object.fromEntries(Object.entries(content).map(([name, value]) => [`${root}.${name}`, value]))
