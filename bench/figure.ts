/** What a measurement says. */

/** One figure, or several of one kind. */
export interface Figure {
  /** `GetVideoInfo` */
  what: string
  /** In this order. */
  values: readonly number[]
  unit: 'µs' | 'ms' | 'MB' | 'MB/s' | 'of the check' | ''
  /** What it is to be, in words. */
  aim?: string
  /** How far values of one measurement lie apart: their quartiles. */
  spread?: readonly [lower: number, upper: number]
}
