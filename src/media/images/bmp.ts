/** BMP, which sharp neither reads nor writes: uncompressed images of 1, 4, 8, 24 or 32 bits a pixel. */

import { inSlices } from '../../base/slices.js'
import { type Picture, rowsAtATime } from './pixels.js'

const FILE_HEADER = 14
const INFO_HEADER = 40

/** What the headers of a BMP file say. */
export interface BmpHeader {
  width: number
  height: number
  channels: 3 | 4
}

interface Layout extends BmpHeader {
  bits: number
  /** The first row is the upper one; as a rule it is the lower one. */
  topDown: boolean
  /** Where the palette and the pixels begin. */
  paletteAt: number
  pixelsAt: number
  /** Bytes of a row, which is filled up to four. */
  stride: number
}

const strideOf = (width: number, bits: number): number => Math.ceil((width * bits) / 32) * 4

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength)

/** The header, or `undefined` if the file is cut off, compressed or not of one of the usual kinds. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader | undefined {
  const layout = layoutOf(bytes)
  return layout && { width: layout.width, height: layout.height, channels: layout.channels }
}

function layoutOf(bytes: Uint8Array): Layout | undefined {
  if (bytes.byteLength < FILE_HEADER + INFO_HEADER) return undefined
  const view = viewOf(bytes)
  const headerSize = view.getUint32(14, true)
  const width = view.getInt32(18, true)
  const rows = view.getInt32(22, true)
  const bits = view.getUint16(28, true)
  const compression = view.getUint32(30, true)
  // Bit fields are read in the order that all programs write: blue, green, red, alpha.
  const plain = compression === 0 || (compression === 3 && bits === 32)
  if (headerSize < INFO_HEADER || width <= 0 || rows === 0 || !plain || ![1, 4, 8, 24, 32].includes(bits)) return undefined
  const height = Math.abs(rows)
  const stride = strideOf(width, bits)
  const pixelsAt = view.getUint32(10, true)
  if (pixelsAt + stride * height > bytes.byteLength) return undefined
  // Only headers of the fourth kind and later say that the fourth byte is opacity; in others it is filling.
  const channels = bits === 32 && compression === 3 && headerSize >= 56 && view.getUint32(66, true) !== 0 ? 4 : 3
  return { width, height, channels, bits, topDown: rows < 0, paletteAt: FILE_HEADER + headerSize, pixelsAt, stride }
}

/** The pixels, or `undefined` as for {@link readBmpHeader}. */
export async function readBmp(bytes: Uint8Array): Promise<Picture | undefined> {
  const layout = layoutOf(bytes)
  if (layout === undefined) return undefined
  const { width, height, channels, bits, topDown, paletteAt, pixelsAt, stride } = layout
  const data = new Uint8Array(width * height * channels)
  const at = (index: number): number => bytes[index] ?? 0
  const readRow = (y: number): void => {
    const row = pixelsAt + (topDown ? y : height - 1 - y) * stride
    for (let x = 0, to = y * width * channels; x < width; x++, to += channels) {
      const bit = x * bits
      const colour = bits > 8 ? row + bit / 8 : paletteAt + 4 * ((at(row + (bit >> 3)) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1))
      data[to] = at(colour + 2)
      data[to + 1] = at(colour + 1)
      data[to + 2] = at(colour)
      if (channels === 4) data[to + 3] = at(colour + 3)
    }
  }
  await inSlices(height, rowsAtATime(width), (from, to) => {
    for (let y = from; y < to; y++) readRow(y)
  })
  return { width, height, channels, data }
}

/** Headers and palette of a file whose pixels follow. */
export function bmpHeaders(
  width: number,
  height: number,
  bits: 1 | 24,
  palette: readonly (readonly [number, number, number])[] = [],
): Buffer {
  const headers = Buffer.alloc(FILE_HEADER + INFO_HEADER + palette.length * 4)
  const pixels = strideOf(width, bits) * height
  headers.write('BM', 'latin1')
  headers.writeUInt32LE(headers.byteLength + pixels, 2)
  headers.writeUInt32LE(headers.byteLength, 10)
  headers.writeUInt32LE(INFO_HEADER, 14)
  headers.writeInt32LE(width, 18)
  headers.writeInt32LE(height, 22)
  headers.writeUInt16LE(1, 26)
  headers.writeUInt16LE(bits, 28)
  headers.writeUInt32LE(pixels, 34)
  for (const [index, [red, green, blue]] of palette.entries()) headers.set([blue, green, red], FILE_HEADER + INFO_HEADER + index * 4)
  return headers
}

/** A BMP file of one colour. */
export function flatBmp(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  return Buffer.concat([bmpHeaders(width, height, 1, [colour, colour]), Buffer.alloc(strideOf(width, 1) * height)])
}

/** A BMP file of 24 bits a pixel; opacity is left out. */
export async function writeBmp({ width, height, channels, data }: Picture): Promise<Buffer> {
  const stride = strideOf(width, 24)
  const pixels = Buffer.alloc(stride * height)
  const writeRow = (y: number): void => {
    let from = y * width * channels
    let to = (height - 1 - y) * stride
    for (let x = 0; x < width; x++, from += channels, to += 3) {
      pixels[to] = data[from + 2] as number
      pixels[to + 1] = data[from + 1] as number
      pixels[to + 2] = data[from] as number
    }
  }
  await inSlices(height, rowsAtATime(width), (from, to) => {
    for (let y = from; y < to; y++) writeRow(y)
  })
  return Buffer.concat([bmpHeaders(width, height, 24), pixels])
}
