/**
 * Pictures of videos. Nothing decodes a video here, so that one picture, the sample's, stands for every moment of every video, in whatever size is
 * asked for. Where it cannot be scaled, because there is no sharp or there are too many pixels, a picture of one colour takes its place.
 */

import { sampleBytes } from '../../base/fixtures.js'
import { draw, open } from './draw.js'
import { isWorkable, pictureOf, readPicture } from './picture.js'
import type { Colour, Picture, Size } from './pixels.js'
import { loadSharp, type SharpLibrary } from './sharp.js'
import { drawSheet, type Grid, sheetSize } from './sheet.js'

/** The file of fixtures/media whose picture stands for all. */
const SAMPLE = { name: 'cover.jpg', format: 'JPG', width: 320, height: 180 } as const

/** The same in the sizes that are asked for most: of the sample videos, and of what nobody understands. */
const SAMPLES = [SAMPLE, { ...SAMPLE, name: 'cover_hd.jpg', width: 1280, height: 720 }] as const

/** Name of the file of fixtures/media with a picture of just this size, if there is one. */
export const frameSample = ({ width, height }: Size): string | undefined =>
  SAMPLES.find((sample) => sample.width === width && sample.height === height)?.name

/** 1 to 100: as good as a thumbnail has to be. */
const QUALITY = 75

/** Of pictures that are not drawn. */
export const FLAT_COLOUR: Colour = [72, 96, 120]

/** The pixels of a picture of a video, or `undefined` where it cannot be scaled. */
export async function framePixels(size: Size): Promise<Picture | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined || !isWorkable(size)) return undefined
  const sample = await readPicture(sampleBytes(SAMPLE.name), SAMPLE)
  if (typeof sample !== 'object') return undefined
  return pictureOf(open(sample, sharp).resize({ ...size, fit: 'fill' }))
}

/** A JPEG file with a picture of a video. */
export async function frameImage(size: Size): Promise<Uint8Array> {
  return jpeg(await framePixels(size), size)
}

async function colourNamed(name: string, sharp: SharpLibrary): Promise<Colour> {
  const { data } = await pictureOf(sharp({ create: { width: 1, height: 1, channels: 3, background: name } }))
  const [red = 0, green = 0, blue = 0] = data
  return [red, green, blue]
}

/** A JPEG file with `count` pictures of a video, laid out in a grid; `background` is the name of a colour in CSS. */
export async function sheetImage(count: number, grid: Grid, background: string): Promise<Uint8Array> {
  const size = sheetSize(grid)
  const sharp = await loadSharp()
  const frame = isWorkable(size) ? await framePixels(grid.cell) : undefined
  const picture = sharp && frame && drawSheet(frame, count, grid, await colourNamed(background, sharp))
  return jpeg(picture, size)
}

const jpeg = (picture: Picture | undefined, size: Size): Promise<Uint8Array> =>
  draw({ picture, edit: (all, sharp) => open(all, sharp), size, format: 'jpg', quality: QUALITY, colour: FLAT_COLOUR })
