/** GIF files that animate: one picture, and rectangles of one colour that are put over it one after the other. */

import type { Colour, Size } from './pixels.js'

/** A picture as it stands in a GIF file: colours, and indexes into them, compressed. */
export interface GifPicture extends Size {
  /** Red, green and blue of 2, 4, … 256 colours. */
  table: Uint8Array
  /** Compressed indexes, with the code size in front, in blocks. */
  blocks: Uint8Array
}

/** A picture at its place in an animation. */
export interface GifFrame {
  picture: GifPicture
  x: number
  y: number
  /** How long it is shown before the next one comes over it, in hundredths of a second. */
  delay: number
}

/** A GIF file that shows frames over and over; the first one fills it. */
export function writeGif({ width, height }: Size, frames: readonly GifFrame[]): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1')
  header.writeUInt16LE(width, 6)
  header.writeUInt16LE(height, 8)
  // Without an end.
  const loop = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1')
  return Buffer.concat([header, loop, ...frames.flatMap(frameBytes), Buffer.from([0x3b])])
}

function frameBytes({ picture: { width, height, table, blocks }, x, y, delay }: GifFrame): Uint8Array[] {
  const bytes = Buffer.alloc(18)
  // Each frame stays when the next one comes.
  bytes.set([0x21, 0xf9, 4, 0b100], 0)
  bytes.writeUInt16LE(Math.min(delay, 0xffff), 4)
  bytes.writeUInt8(0x2c, 8)
  for (const [index, value] of [x, y, width, height].entries()) bytes.writeUInt16LE(value, 9 + 2 * index)
  // The table of colours is the frame's own, and has two to the power of these bits plus one.
  bytes.writeUInt8(0x80 | (Math.log2(table.length / 3) - 1), 17)
  return [bytes, table, blocks]
}

/** A picture of one colour. */
export const flatGifPicture = ({ width, height }: Size, colour: Colour): GifPicture => ({
  width,
  height,
  table: Uint8Array.from([...colour, 0, 0, 0]),
  blocks: Buffer.concat([Buffer.from([CODE_BITS]), ...inBlocks(compressZeros(width * height))]),
})

/** Bits of the indexes: the fewest that the format knows. */
const CODE_BITS = 2
const CLEAR = 1 << CODE_BITS
const END = CLEAR + 1
const FIRST_FREE = CLEAR + 2

/** Before there are more codes than the format has, all is forgotten. */
const MAX_CODES = 4000

/** So many zeros as LZW: each code stands for one zero more than the one before, so that there are few. */
function compressZeros(count: number): Buffer {
  const bits = new BitWriter()
  bits.write(CLEAR, widthAfter(0))
  let codes = 0
  for (let left = count; left > 0; codes++) {
    if (codes === MAX_CODES) {
      bits.write(CLEAR, widthAfter(codes))
      codes = 0
    }
    const zeros = Math.min(codes + 1, left)
    bits.write(zeros === 1 ? 0 : FIRST_FREE + zeros - 2, widthAfter(codes))
    left -= zeros
  }
  bits.write(END, widthAfter(codes))
  return bits.finish()
}

/** Bits of the code that follows so many: it can be any that a reader knows by then. */
const widthAfter = (codes: number): number => Math.max(CODE_BITS + 1, 32 - Math.clz32(FIRST_FREE + Math.max(0, codes - 1)))

/** Numbers of some bits each, one after the other, the lowest bit first. */
class BitWriter {
  readonly #bytes: number[] = []
  #value = 0
  #bits = 0

  write(value: number, bits: number): void {
    this.#value |= value << this.#bits
    this.#bits += bits
    while (this.#bits >= 8) {
      this.#bytes.push(this.#value & 0xff)
      this.#value >>>= 8
      this.#bits -= 8
    }
  }

  finish(): Buffer {
    if (this.#bits > 0) this.#bytes.push(this.#value & 0xff)
    return Buffer.from(this.#bytes)
  }
}

function inBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = []
  for (let start = 0; start < bytes.byteLength; start += 255) {
    const block = bytes.subarray(start, start + 255)
    blocks.push(Buffer.from([block.byteLength]), block)
  }
  return [...blocks, Buffer.from([0])]
}

/** The first picture of a GIF file. */
export function readGifPicture(bytes: Uint8Array): GifPicture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tableEnd = (start: number, flags: number): number => start + (flags & 0x80 ? 3 << ((flags & 0x07) + 1) : 0)
  const afterBlocks = (start: number): number => {
    let offset = start
    while (file.readUInt8(offset) !== 0) offset += 1 + file.readUInt8(offset)
    return offset + 1
  }
  let offset = tableEnd(13, file.readUInt8(10))
  let table = file.subarray(13, offset)
  while (file.readUInt8(offset) === 0x21) offset = afterBlocks(offset + 2)
  const [width, height] = [file.readUInt16LE(offset + 5), file.readUInt16LE(offset + 7)]
  const data = tableEnd(offset + 10, file.readUInt8(offset + 9))
  if (data > offset + 10) table = file.subarray(offset + 10, data)
  return { width, height, table, blocks: file.subarray(data, afterBlocks(data + 1)) }
}
