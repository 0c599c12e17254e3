/** Scores that are computed from the pixels of a picture. */

import { open } from './draw.js'
import type { Picture } from './pixels.js'
import { loadSharp } from './sharp.js'

/** A score with as many digits as the services show. */
const rounded = (score: number): number => Math.round(score * 1e7) / 1e7

/** Sharpness from 0 to 1: how strongly neighbouring pixels differ. `undefined` without sharp. */
export async function sharpnessOf(picture: Picture): Promise<number | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  // The deviation of a Laplacian: near 0 for fog, a few units for a photograph, tens for print.
  const { sharpness } = await open(picture, sharp).removeAlpha().stats()
  return rounded(sharpness / (sharpness + HALF_SHARP))
}

/** The deviation that counts as half sharp. */
const HALF_SHARP = 4

/** Exposure from 0, all black, to 1, all white: the mean brightness. `undefined` without sharp. */
export async function exposureOf(picture: Picture): Promise<number | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  const { channels } = await open(picture, sharp).removeAlpha().stats()
  const [red, green, blue] = channels.map(({ mean }) => mean) as [number, number, number]
  return rounded((0.299 * red + 0.587 * green + 0.114 * blue) / 255)
}
