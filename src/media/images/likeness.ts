/** How alike the pictures of two animated images are, whatever their sizes and colours: each picture is reduced to marks that survive both. */

import { loadSharp } from './sharp.js'

/** A picture is reduced to nine by eight greys; of each and its neighbour to the right it is kept which is the brighter. */
const WIDTH = 9
const HEIGHT = 8

/** Pictures that are looked at, evenly spread; of a longer image, only those at its beginning. */
const MAX_MARKS = 32
const MAX_PAGES = 240

/** Pixels of all pictures together beyond which none is looked at. */
const MAX_PIXELS = 64 * 1024 * 1024

/** Of 64 marks, so many may differ; and so much the brightness, of 255. */
const MAX_DIFFERENCE = { marks: 8, brightness: 24 } as const

/**
 * What is left of the pictures of an animated GIF or WebP, in order: of each, 16 hexadecimal digits of marks and 2 of brightness. `undefined` of what cannot
 * be read, and without sharp.
 */
export async function frameMarks(bytes: Uint8Array): Promise<string[] | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  try {
    const { width = 0, height = 0, pages = 1, format } = await sharp(bytes, { limitInputPixels: false }).metadata()
    const read = Math.min(pages, MAX_PAGES)
    if ((format !== 'gif' && format !== 'webp') || width * height * read > MAX_PIXELS) return undefined
    const image = sharp(bytes, { pages: read, limitInputPixels: MAX_PIXELS })
    const { data, info } = await image
      .resize({ width: WIDTH, height: HEIGHT, fit: 'fill' })
      .flatten({ background: '#000' })
      .greyscale()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const frame = (index: number) => data.subarray(index * WIDTH * HEIGHT * info.channels, (index + 1) * WIDTH * HEIGHT * info.channels)
    const count = Math.min(read, MAX_MARKS)
    return Array.from({ length: count }, (_, index) => marksOf(frame(Math.floor((index * read) / count)), info.channels))
  } catch {
    return undefined
  }
}

function marksOf(greys: Uint8Array, channels: number): string {
  const grey = (x: number, y: number): number => greys[(y * WIDTH + x) * channels] ?? 0
  let marks = ''
  let sum = 0
  for (let y = 0; y < HEIGHT; y++) {
    let row = 0
    for (let x = 0; x < WIDTH; x++) {
      sum += grey(x, y)
      if (x > 0) row = row * 2 + (grey(x, y) > grey(x - 1, y) ? 1 : 0)
    }
    marks += row.toString(16).padStart(2, '0')
  }
  return (
    marks +
    Math.round(sum / (WIDTH * HEIGHT))
      .toString(16)
      .padStart(2, '0')
  )
}

/** How two sequences of pictures are alike: places are those of pictures, from the first to behind the last that the other has, too. */
export interface Likeness {
  /** Share of the pictures of the shorter that the longer has: from 0 to 1. */
  share: number
  own: { from: number; to: number }
  other: { from: number; to: number }
}

/** Compares what {@link frameMarks} has left of two images. */
export function likenessOf(own: readonly string[], other: readonly string[]): Likeness {
  const [ownFrames, otherFrames] = [own.map(frameOf), other.map(frameOf)]
  const places = (frames: Frame[], others: Frame[]) =>
    frames.flatMap((frame, place) => (others.some((each) => alike(frame, each)) ? place : []))
  const [ownPlaces, otherPlaces] = [places(ownFrames, otherFrames), places(otherFrames, ownFrames)]
  const share = own.length <= other.length ? ownPlaces.length / own.length : otherPlaces.length / other.length
  return { share: share || 0, own: spanOf(ownPlaces), other: spanOf(otherPlaces) }
}

interface Frame {
  marks: readonly [number, number]
  brightness: number
}

const frameOf = (text: string): Frame => ({
  marks: [Number.parseInt(text.slice(0, 8), 16), Number.parseInt(text.slice(8, 16), 16)],
  brightness: Number.parseInt(text.slice(16), 16),
})

const alike = (one: Frame, other: Frame): boolean =>
  Math.abs(one.brightness - other.brightness) <= MAX_DIFFERENCE.brightness &&
  bitsOf(one.marks[0] ^ other.marks[0]) + bitsOf(one.marks[1] ^ other.marks[1]) <= MAX_DIFFERENCE.marks

/** How many bits of a number are set. */
function bitsOf(number: number): number {
  let count = 0
  for (let rest = number; rest !== 0; rest &= rest - 1) count++
  return count
}

const spanOf = (places: readonly number[]) => ({ from: places[0] ?? 0, to: (places.at(-1) ?? -1) + 1 })
