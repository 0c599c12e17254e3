/** What the chapters of the manual demand of videos, where several demand the same. */

/** The manual does not say which gigabyte it means. */
export const GIGABYTE = 1024 ** 3

/** Containers that chapter 5 (video enhancement) reads. */
export const ENHANCEABLE = ['MP4', 'AVI', 'MKV', 'MOV', 'FLV', 'TS', 'MPG', 'MXF'] as const

/** Output width and height where an Action lets them be chosen: pixels. */
export const OUTPUT_SIDE = { min: 32, max: 2160 } as const
