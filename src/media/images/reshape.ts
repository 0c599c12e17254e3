/** Edits that change size, or part of a picture. */

import { inSlices } from '../../base/slices.js'
import { type Edit, open } from './draw.js'
import { asRaw, pictureOf } from './picture.js'
import { PIXELS_AT_A_TIME, type Picture, type Size } from './pixels.js'
import type { Sharp, SharpLibrary } from './sharp.js'

/** A rectangle in a picture, in pixels. */
export interface Area extends Size {
  left: number
  top: number
}

/** Leaves a picture as it is. */
export const keep: Edit = open

/** Puts another picture in its place. */
export const replaceBy =
  (other: Picture): Edit =>
  (_picture, sharp) =>
    open(other, sharp)

/** Scales to a size, whatever that does to the proportions. */
export const resizeTo =
  ({ width, height }: Size): Edit =>
  (picture, sharp) =>
    open(picture, sharp).resize(width, height, { fit: 'fill' })

/** Enlarges a picture, and sharpens it if asked to. */
export const enlargeTo =
  (size: Size, sharpened: boolean): Edit =>
  async (picture, sharp) => {
    const enlarged = await resizeTo(size)(picture, sharp)
    return sharpened ? enlarged.sharpen({ sigma: 1.2 }) : enlarged
  }

/** First one, then the other. */
export const pipe =
  (first: Edit, second: Edit): Edit =>
  async (picture, sharp) =>
    second(await pictureOf(await first(picture, sharp)), sharp)

/** Puts a picture, scaled to `area`, on a canvas that is filled with its own subject out of focus. */
export const placeOn =
  ({ width, height }: Size, { left, top, ...inner }: Area): Edit =>
  async (picture, sharp) => {
    const scaled = await resizeTo(inner)(picture, sharp)
    if (inner.width === width && inner.height === height) return scaled
    const backdrop = open(picture, sharp).resize(width, height, { fit: 'cover', position: sharp.strategy.attention }).blur(BLUR)
    return paste(await pictureOf(backdrop), await pictureOf(scaled), { left, top }, sharp)
  }

/** Shapes smaller than this many pixels are no longer made out. */
const BLUR = 12

/** Blurs what is inside an area until it cannot be made out. An area without pixels changes nothing. */
export const blurArea =
  (area: Area): Edit =>
  async (picture, sharp) => {
    if (area.width < 1 || area.height < 1) return open(picture, sharp)
    const blurred = await pictureOf(open(picture, sharp).extract(area).blur(BLUR))
    return paste(picture, blurred, area, sharp)
  }

/** Sides of the squares in which what surrounds a hole is looked for, coarse to fine: the finest that still shows some of it counts. */
const FILLINGS = [1, 2, 4, 8, 16, 32, 64]

/** Fills what a mask shows white with what surrounds it; a mask of another size is scaled. */
export const fillMasked =
  (mask: Picture): Edit =>
  async (picture, sharp) => {
    const { width, height, channels, data } = picture
    const fitted = await pictureOf(open(mask, sharp).removeAlpha().resize(width, height, { fit: 'fill' }))
    const masked = (pixel: number): boolean => (fitted.data[pixel * fitted.channels] as number) >= 128
    const holed = new Uint8Array(width * height * 4)
    const eachPixel = (work: (pixel: number) => void): Promise<void> =>
      inSlices(width * height, PIXELS_AT_A_TIME, (from, to) => {
        for (let pixel = from; pixel < to; pixel++) work(pixel)
      })
    await eachPixel((pixel) => {
      if (masked(pixel)) return
      for (let channel = 0; channel < 3; channel++) holed[pixel * 4 + channel] = data[pixel * channels + channel] as number
      holed[pixel * 4 + 3] = 255
    })
    const rest: Picture = { width, height, channels: 4, data: holed }
    const scaled = (each: Picture, size: Size): Promise<Picture> =>
      pictureOf(open(each, sharp).resize(size.width, size.height, { fit: 'fill', kernel: 'linear' }))
    // If all is masked, there is nothing around: the mean of the picture stands for it.
    let filling = await scaled(picture, { width: 1, height: 1 })
    for (const side of FILLINGS) {
      const size = { width: side, height: side }
      filling = await pictureOf(paste(await scaled(filling, size), await scaled(rest, size), { left: 0, top: 0 }, sharp))
    }
    filling = await scaled(filling, picture)
    const filled = Uint8Array.from(data)
    await eachPixel((pixel) => {
      if (!masked(pixel)) return
      for (let channel = 0; channel < 3; channel++)
        filled[pixel * channels + channel] = filling.data[pixel * filling.channels + channel] as number
    })
    return open({ ...picture, data: filled }, sharp)
  }

/** Repaints a picture in strokes of about so many pixels. */
export const strokes =
  (size: number): Edit =>
  (picture, sharp) =>
    open(picture, sharp).median(size)

/** Keeps an area as it is in `original`. */
export const keepArea =
  (original: Picture, area: Area): Edit =>
  async (picture, sharp) =>
    paste(picture, await pictureOf(open(original, sharp).extract(area)), area, sharp)

function paste(below: Picture, above: Picture, { left, top }: Pick<Area, 'left' | 'top'>, sharp: SharpLibrary): Sharp {
  const input = Buffer.from(above.data.buffer, above.data.byteOffset, above.data.byteLength)
  const pasted = open(below, sharp).composite([{ input, left, top, ...asRaw(above) }])
  // The library adds opacity where there was none.
  return below.channels === 3 ? pasted.removeAlpha() : pasted
}
