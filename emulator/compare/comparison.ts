/** What a comparison is asked for, and what comes of it. */

import type { CloudOptions } from '../../src/index.js'
import type { Difference } from './differ.js'

/** How to compare. */
export interface CompareOptions {
  /** What the emulator's cloud is created with: settings, a world, assets. Limits do not apply, and the clock is that of the recording. */
  cloud?: Pick<CloudOptions, 'settings' | 'world' | 'assets' | 'seed' | 'products'>
}

/** A field in which answers to one Action differ. */
export interface FieldDifference extends Difference {
  /** `vod.GetPlayInfo`, `oss.PutObject`. */
  action: string
  /** How many calls differ in it, and the number of the first in the recording. `recorded` and `here` are of that one. */
  calls: number
  first: number
}

/** Calls that could not be compared. */
export interface NotCompared {
  reason: string
  calls: number
  first: number
  /** Their Actions. */
  actions: string[]
}

/** What came of a comparison. */
export interface Comparison {
  /** From where the recording is: `real`, or a URL. */
  upstream: string
  /** How many calls were recorded, and how many of them compared. */
  calls: number
  compared: number
  /** How many accounts the access keys of the recording were taken for. */
  accounts: number
  /** By Action, in the order in which they came up. */
  differences: FieldDifference[]
  notCompared: NotCompared[]
  /** True if the recording ends in the middle of a line. */
  cut: boolean
}
