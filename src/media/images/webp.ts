/** WebP files that animate: one picture, and rectangles of one colour that are put over it one after the other. */

import type { Colour, Size } from './pixels.js'

/** A picture as it stands in a WebP file. */
export interface WebpPicture extends Size {
  /** The chunk with its pixels: `VP8 ` or `VP8L`, header included. */
  chunk: Uint8Array
}

/** A picture at its place in an animation. */
export interface WebpFrame {
  picture: WebpPicture
  /** Even, as the format wants it. */
  x: number
  y: number
  /** How long it is shown before the next one comes over it, in milliseconds. */
  delay: number
}

/** A WebP file that shows frames over and over; the first one fills it. */
export function writeWebp({ width, height }: Size, frames: readonly WebpFrame[]): Buffer {
  const canvas = Buffer.alloc(10)
  // It animates.
  canvas.writeUInt8(0b10)
  canvas.writeUIntLE(width - 1, 4, 3)
  canvas.writeUIntLE(height - 1, 7, 3)
  // A black background, and no end.
  const animation = Buffer.from([0, 0, 0, 255, 0, 0])
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunkOf('VP8X', canvas),
    chunkOf('ANIM', animation),
    ...frames.map((frame) => chunkOf('ANMF', frameBytes(frame))),
  ])
  return chunkOf('RIFF', body)
}

function frameBytes({ picture: { width, height, chunk }, x, y, delay }: WebpFrame): Buffer {
  const header = Buffer.alloc(16)
  for (const [index, value] of [x / 2, y / 2, width - 1, height - 1, Math.min(delay, 0xffffff)].entries())
    header.writeUIntLE(value, 3 * index, 3)
  // It covers what is below it, and stays when the next one comes.
  header.writeUInt8(0b10, 15)
  return Buffer.concat([header, chunk])
}

function chunkOf(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(8 + data.byteLength + (data.byteLength % 2))
  bytes.write(type, 'latin1')
  bytes.writeUInt32LE(data.byteLength, 4)
  bytes.set(data, 8)
  return bytes
}

/** A picture of one colour, without loss: of each channel there is one value only, so that its pixels take no bits at all. */
export function flatWebpPicture({ width, height }: Size, [red, green, blue]: Colour): WebpPicture {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt8(0x2f)
  bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 1)
  // Neither transforms nor a cache of colours, and one set of codes for the whole picture.
  const none = '000'
  const codes = [green, red, blue, 255].map((value) => `101${lowestFirst(value)}`).join('')
  const noDistance = '1000'
  const bits = none + codes + noDistance
  const packed = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt([...byte].reverse().join(''), 2))
  return { width, height, chunk: chunkOf('VP8L', Buffer.from([...bytes, ...packed])) }
}

const lowestFirst = (byte: number): string => [...byte.toString(2).padStart(8, '0')].reverse().join('')

/** The picture of a WebP file that does not animate. */
export function readWebpPicture(bytes: Uint8Array, { width, height }: Size): WebpPicture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let offset = 12; offset < file.byteLength; ) {
    const size = file.readUInt32LE(offset + 4)
    const end = offset + 8 + size + (size % 2)
    if (['VP8 ', 'VP8L'].includes(file.toString('latin1', offset, offset + 4))) return { width, height, chunk: file.subarray(offset, end) }
    offset = end
  }
  throw new RangeError('the WebP file has no picture')
}
