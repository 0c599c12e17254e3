/** What a generated case is: a call that is like one that succeeds but for one thing, and the one outcome that it must have. */

/** What a case is evidence of. */
export const kinds = [
  'example',
  'optional',
  'boundary',
  'enum',
  'negative',
  'member',
  'unchanged',
  'identifier',
  'echo',
  'paging',
  'error',
  'throttle',
  'job',
  'client',
] as const

export type Kind = (typeof kinds)[number]

/** A call that succeeds. */
export interface Success {
  status: 200
}

/** A call that is refused: with this very code, this status, and this parameter named. */
export interface Refused {
  code: string
  status: number
  /** Name on the wire, without the number of an element; absent where a refusal is about no single parameter. */
  param?: string
  /** The member of the JSON in it that is named. */
  member?: string
}

/** Changes of parameters, by their names on the wire; `undefined`: left out. */
export type Changes = Readonly<Record<string, string | undefined>>

/** One case. */
export interface Case {
  kind: Kind
  /** What is different, after the name of the Action: `Title of 129 characters`. */
  title: string
  changes: Changes
  outcome: Success | Refused
}
