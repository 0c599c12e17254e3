/** What the parameter Match of SearchMedia says, as it is read (VOD manual 17.6). */

/** A value as it stands in the text. */
export interface Value {
  /** Without quotation marks, and without the backslashes that escape. */
  text: string
  /** True if it stands in quotation marks. */
  quoted: boolean
  /** Where it begins, in characters counted from 1. */
  position: number
}

interface OnField {
  /** Name of a field, which need not exist. */
  field: string
  /** Where the name begins, in characters counted from 1. */
  position: number
}

/** `Title = 'film'`, or `Title != 'film'` if it is negated. */
export interface Comparison extends OnField {
  type: 'compare'
  negated: boolean
  value: Value
}

/** `Status in ('Normal','Blocked')`, or `not in` if it is negated. */
export interface Membership extends OnField {
  type: 'in'
  negated: boolean
  values: Value[]
}

/** One end of a range. */
export interface Bound {
  value: Value
  /** True of `[` and `]`: the value itself is in the range. */
  inclusive: boolean
}

/** `Size = [1,100)`; without one of its bounds it goes on endlessly there. */
export interface Range extends OnField {
  type: 'range'
  lower?: Bound
  upper?: Bound
}

/** What is asked of one field. */
export type Condition = Comparison | Membership | Range

/** Two or more expressions of which all must hold, or one. */
export interface Combination {
  type: 'and' | 'or'
  operands: Expression[]
}

/** A whole Match, or a part of one. */
export type Expression = Condition | Combination

/** Why a Match is refused. */
export class MatchError extends Error {
  /**
   * `syntax`: it cannot be read; `meaning`: it can, and asks what the protocol does not allow. `position`: in characters counted from 1; `at`: the
   * field that it is about, or what stands there where it is about none.
   */
  constructor(
    readonly kind: 'syntax' | 'meaning',
    readonly position: number,
    readonly at: string,
    readonly problem: string,
  ) {
    super(`at character ${position} (${at}): ${problem}`)
  }
}
