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
  'effect',
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

/** A call that is refused: with this very code, this status, and these names in the reason for it. */
export interface Refused {
  code: string
  status: number
  names: Named
}

/** What the reason for a refusal names: a parameter, or none. */
export type Named = NamedParam | NamedNone

/** A parameter, which the reason begins with. */
export interface NamedParam {
  /** Name on the wire, without the number of an element. */
  param: string
  /** Path of the member of the JSON in it that is named, without the numbers of elements: `functionArgs.argName`. */
  member?: string
}

/** No parameter: the reason begins with none that the Action has. */
export interface NamedNone {
  /** What the refusal is about instead: an account's state, a quota, … */
  none: string
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
