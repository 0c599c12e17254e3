/** What a measurement says, and what it is to say. */

import type { Spread } from './statistics.js'

/** A text in the languages of the pages; one that is the same in both, such as the name of an Action, stands for itself. */
export type Words = string | { readonly en: string; readonly zh: string }

/** What a figure is to be. Where it has several values, the last one is meant, which is the one of the most. */
export interface Aim {
  at: 'least' | 'most'
  value: number
}

/** One figure, or several of one kind. */
export interface Figure {
  /** `GetVideoInfo` */
  what: Words
  /** In this order: quartiles of several measurements, or what was measured once. */
  values: readonly (Spread | number)[]
  unit: 'µs' | 'ms' | 'MB' | 'MB/s' | '×'
  aim?: Aim
}

export const atLeast = (value: number): { aim: Aim } => ({ aim: { at: 'least', value } })
export const atMost = (value: number): { aim: Aim } => ({ aim: { at: 'most', value } })

/** The value that counts: the median, where there are several measurements. */
export const middleOf = (value: Spread | number): number => (typeof value === 'number' ? value : value[1])

/** What share of its aim a figure reaches: 1 and more is all of it. `undefined` if it has none. */
export function shareOfAim({ values, aim }: Figure): number | undefined {
  if (aim === undefined) return undefined
  const value = middleOf(values.at(-1) ?? Number.NaN)
  return aim.at === 'least' ? value / aim.value : aim.value / value
}
