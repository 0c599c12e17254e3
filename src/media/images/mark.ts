/**
 * Blind watermarks: data in an image that nobody sees and that can be read again. There are three kinds of them; an image can carry a fine one
 * beside one of the others:
 *
 * - **coarse**: bits in the brightness of 8 x 8 pixels, each of them in five places, or in fewer if there is no room for more. Survives
 *   JPEG down to a quality of about 50 and small damages; holds a short text or a thumbnail. Does not survive scaling, cropping,
 *   turning, or a change of brightness.
 * - **tight**: the same in 4 x 4 pixels, each bit once. Survives JPEG of the best quality, and holds a larger thumbnail.
 * - **fine**: bits in the lowest bit of every channel. Survives lossless copies only (PNG, BMP), and holds a whole logo.
 *
 * What is read is checked by a sum over data and key, so that a mark that was written with another key, or damaged, is not taken for one.
 */

import { crc32 } from 'node:zlib'
import { inSlices } from '../../base/slices.js'
import type { Picture, Size } from './pixels.js'

/** Where bits can be kept in a picture. */
interface Carrier {
  /** How many there is room for. */
  room: (picture: Picture) => number
  read: (picture: Picture, index: number) => number
  write: (picture: Picture, index: number, bit: number) => void
}

/** Bytes before the data: three for its length, four for the sum. */
const HEAD = 7

/** Bytes that are written or read before others may go first. */
const BYTES_AT_A_TIME = 16

/** Writes data into a picture, in place; false if there is no room for it in this way. */
export async function writeMark(picture: Picture, way: Way, key: string, data: Uint8Array): Promise<boolean> {
  if (data.byteLength > capacityOf(picture, way)) return false
  const bytes = Buffer.alloc(HEAD + data.byteLength)
  bytes.writeUIntBE(data.byteLength, 0, 3)
  bytes.writeUInt32BE(sumOf(key, data), 3)
  bytes.set(data, HEAD)
  const { write } = carriers[way]
  await inSlices(bytes.byteLength, BYTES_AT_A_TIME, (from, to) => {
    for (let bit = from * 8; bit < to * 8; bit++) write(picture, bit, ((bytes[bit >> 3] as number) >> (7 - (bit & 7))) & 1)
  })
  return true
}

/** How many bytes of data a picture has room for; negative if not even for none. */
export const capacityOf = (picture: Picture, way: Way): number => Math.min(Math.floor(carriers[way].room(picture) / 8) - HEAD, 0xffffff)

/** The data that was written into a picture with this key, in whatever way: the finest that can still be read, or `undefined`. */
export async function readMark(picture: Picture, key: string): Promise<Uint8Array | undefined> {
  for (const way of ['fine', 'tight', ...COARSE] as const) {
    const data = await readFrom(picture, way, key)
    if (data) return data
  }
  return undefined
}

async function readFrom(picture: Picture, way: Way, key: string): Promise<Uint8Array | undefined> {
  const room = capacityOf(picture, way)
  if (room < 0) return undefined
  const { read } = carriers[way]
  const readByte = (byte: number): number => {
    let value = 0
    for (let bit = 0; bit < 8; bit++) value = (value << 1) | read(picture, byte * 8 + bit)
    return value
  }
  const head = Buffer.from(Array.from({ length: HEAD }, (_, byte) => readByte(byte)))
  const length = head.readUIntBE(0, 3)
  if (length > room) return undefined
  const data = Buffer.alloc(length)
  await inSlices(length, BYTES_AT_A_TIME, (from, to) => {
    for (let byte = from; byte < to; byte++) data[byte] = readByte(HEAD + byte)
  })
  return sumOf(key, data) === head.readUInt32BE(3) ? data : undefined
}

const sumOf = (key: string, data: Uint8Array): number => crc32(data, crc32(key))

/** The lowest bits of red, green and blue, pixel after pixel. */
const fine: Carrier = {
  room: ({ width, height }) => width * height * 3,
  read: (picture, index) => (picture.data[placeOf(picture, index)] as number) & 1,
  write(picture, index, bit) {
    const place = placeOf(picture, index)
    picture.data[place] = ((picture.data[place] as number) & 0xfe) | bit
  },
}

const placeOf = ({ channels }: Picture, index: number): number => Math.floor(index / 3) * channels + (index % 3)

/** A block's mean brightness is brought to a multiple of this, an even one for 0 and an odd one for 1. */
const STEP = 4

/** A square of pixels. */
interface Block {
  index: number
  /** Pixels per side. */
  side: number
}

const blocksOf = ({ width, height }: Size, side: number): number => Math.floor(width / side) * Math.floor(height / side)

/** The mean brightness of blocks; each bit stands in several, as far apart as can be, of which the majority counts. */
function means(side: number, copies: number): Carrier {
  const room = (picture: Picture): number => Math.floor(blocksOf(picture, side) / copies)
  const blocks = (picture: Picture, index: number): Block[] =>
    Array.from({ length: copies }, (_, copy) => ({ index: index + copy * room(picture), side }))
  return {
    room,
    read(picture, index) {
      let ones = 0
      for (const block of blocks(picture, index)) ones += Math.round(brightnessOf(picture, block) / STEP) & 1
      return ones > copies / 2 ? 1 : 0
    },
    write(picture, index, bit) {
      for (const block of blocks(picture, index)) shade(picture, block, nearest(brightnessOf(picture, block), bit))
    },
  }
}

/** Brings the mean brightness of a block to a target. */
function shade(picture: Picture, block: Block, target: number): void {
  // Pixels that are black or white already do not take part, so that it can take a few rounds.
  for (let round = 0; round < 8; round++) {
    const missing = target - brightnessOf(picture, block)
    if (Math.abs(missing) < 0.25) return
    const change = Math.sign(missing) * Math.max(1, Math.round(Math.abs(missing)))
    eachPixel(picture, block, (place) => {
      for (let channel = place; channel < place + 3; channel++)
        picture.data[channel] = Math.min(255, Math.max(0, (picture.data[channel] as number) + change))
    })
  }
}

/** The multiple of the step nearest to a brightness that stands for a bit, away from pure black and white. */
function nearest(brightness: number, bit: number): number {
  const multiple = 2 * Math.round((brightness / STEP - bit) / 2) + bit
  return STEP * Math.min(Math.max(multiple, bit === 1 ? 1 : 2), bit === 1 ? 63 : 62)
}

function brightnessOf(picture: Picture, block: Block): number {
  const { data } = picture
  let sum = 0
  eachPixel(picture, block, (place) => {
    sum += 0.299 * (data[place] as number) + 0.587 * (data[place + 1] as number) + 0.114 * (data[place + 2] as number)
  })
  return sum / block.side ** 2
}

/** Visits the places of a block's pixels in the data. */
function eachPixel({ width, channels }: Picture, { index, side }: Block, visit: (place: number) => void): void {
  const columns = Math.floor(width / side)
  const left = (index % columns) * side
  const top = Math.floor(index / columns) * side
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) visit((y * width + x) * channels)
  }
}

/** The coarse ways, the one that survives most first. */
export const COARSE = ['fivefold', 'threefold', 'single'] as const

// JPEG works with blocks of 8 x 8 pixels.
const carriers = { fine, tight: means(4, 1), fivefold: means(8, 5), threefold: means(8, 3), single: means(8, 1) }

/** A way to write a mark. */
export type Way = keyof typeof carriers
