/** Slices of time, and days: those of China, where the service is. */

import { toChinaIso } from '../../../../base/times.js'

/** How far China's time is ahead of UTC, in milliseconds. */
const AHEAD = 8 * 3_600_000

/** Seconds of a day. */
const DAY = 86_400

/** When the slice of `interval` seconds began in which an instant is; days begin at midnight in China. */
export function startOfSlice(at: number, interval: number): number {
  const length = interval * 1000
  return Math.floor((at + AHEAD) / length) * length - AHEAD
}

/** When the day began in which an instant is. */
export const startOfDay = (at: number): number => startOfSlice(at, DAY)

/** `20260102`: a day in China, by an instant in it. */
export const writeDay = (at: number): string => toChinaIso(at).slice(0, 10).replaceAll('-', '')
