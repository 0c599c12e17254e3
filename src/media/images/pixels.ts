/** Pixels in memory. */

/** Pixels that are worked on before others may go first: see `inSlices`. */
export const PIXELS_AT_A_TIME = 50_000

/** The same as rows of a picture. */
export const rowsAtATime = (width: number): number => Math.max(1, Math.floor(PIXELS_AT_A_TIME / width))

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Width and height in pixels. */
export interface Size {
  width: number
  height: number
}

/** Pixels, row by row from the top, a byte per channel; the fourth channel is opacity. */
export interface Picture extends Size {
  channels: 3 | 4
  data: Uint8Array
}
