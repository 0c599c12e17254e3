/** Animated images of videos: a picture, and a bar along its lower edge that grows from frame to frame. */

import { open } from './draw.js'
import { FLAT_COLOUR, framePixels } from './frames.js'
import { flatGifPicture, readGifPicture, writeGif } from './gif.js'
import type { Colour, Size } from './pixels.js'
import { loadSharp, type Sharp } from './sharp.js'
import { flatWebpPicture, readWebpPicture, writeWebp } from './webp.js'

/** Formats of animated images. */
export type AnimationFormat = 'gif' | 'webp'

/** An animated image. */
export interface Animation extends Size {
  format: AnimationFormat
  /** How many there are; at least one. */
  frames: number
  /** Frames per second. */
  fps: number
}

const BAR: Colour = [255, 255, 255]

/** Larger ones are of one colour: finding the colours of a GIF would take seconds. */
const MAX_PIXELS = 1280 * 720

/** The bar's height is this share of the picture's. */
const BAR_SHARE = 1 / 20

/** Where the piece is that a frame adds to the bar; left and width are even numbers, because WebP wants them so. */
function pieceOf({ width, height, frames }: Animation, frame: number): Size & { x: number; y: number } {
  const edge = (number: number): number => 2 * Math.floor((number * width) / frames / 2)
  const x = Math.min(edge(frame), 2 * Math.floor((width - 1) / 2))
  const y = 2 * Math.floor((height * (1 - BAR_SHARE)) / 2)
  return { x, y, width: Math.min(Math.max(edge(frame + 1) - x, 2), width - x), height: height - y }
}

/** How many units of time each frame is shown, so that no rounding adds up; at least one. */
const delayOf = ({ fps }: Animation, frame: number, unitsPerSecond: number): number => {
  const at = (number: number): number => Math.round((number * unitsPerSecond) / fps)
  return Math.max(1, at(frame + 1) - at(frame))
}

/** The bytes of an animated image; it has as many frames as it says. */
export async function animate(animation: Animation): Promise<Uint8Array> {
  return animation.format === 'gif' ? animatedGif(animation) : animatedWebp(animation)
}

async function animatedGif(animation: Animation): Promise<Uint8Array> {
  const still = await encoded(animation, (image) => image.gif({ effort: 1, dither: 0 }))
  const first = still ? readGifPicture(still) : flatGifPicture(animation, FLAT_COLOUR)
  const frames = framesOf(animation, 100, first, (size) => flatGifPicture(size, BAR))
  return writeGif(animation, frames)
}

async function animatedWebp(animation: Animation): Promise<Uint8Array> {
  const still = await encoded(animation, (image) => image.webp({ effort: 0 }))
  const first = still ? readWebpPicture(still, animation) : flatWebpPicture(animation, FLAT_COLOUR)
  const frames = framesOf(animation, 1000, first, (size) => flatWebpPicture(size, BAR))
  return writeWebp(animation, frames)
}

/** The picture that the animation begins with, as sharp writes it, or `undefined` where it does not. */
async function encoded(size: Size, write: (image: Sharp) => Sharp): Promise<Uint8Array | undefined> {
  const sharp = await loadSharp()
  const picture = size.width * size.height <= MAX_PIXELS ? await framePixels(size) : undefined
  return picture && sharp && write(open(picture, sharp)).toBuffer()
}

/** The first picture, and then a piece of the bar in each frame. */
function framesOf<Picture>(animation: Animation, unitsPerSecond: number, first: Picture, piece: (size: Size) => Picture) {
  // Most pieces are of one size.
  const pieces = new Map<number, Picture>()
  return Array.from({ length: animation.frames }, (_, frame) => {
    const delay = delayOf(animation, frame, unitsPerSecond)
    if (frame === 0) return { picture: first, x: 0, y: 0, delay }
    const { x, y, ...size } = pieceOf(animation, frame)
    const picture = pieces.get(size.width) ?? piece(size)
    pieces.set(size.width, picture)
    return { picture, x, y, delay }
  })
}
