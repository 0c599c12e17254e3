/**
 * Images of one colour, which stand for results whose input the emulator has only the URL of. They are written without any library,
 * take no time and little room whatever their size, and are the same on every machine.
 */

import { flatBmp } from './bmp.js'
import type { OutputFormat } from './format.js'
import type { Colour, Size } from './pixels.js'
import { flatPng } from './png.js'

/** An image file of one colour. */
export function flatImage({ width, height }: Size, format: OutputFormat, colour: Colour): Uint8Array {
  if (format === 'png') return flatPng(width, height, colour)
  return format === 'bmp' ? flatBmp(width, height, colour) : flatJpg(width, height, colour)
}

/**
 * A JPEG file of one colour. Brightness and tint stand in the first blocks; all that follow say "as before", which the code tables
 * below write as zeros.
 */
function flatJpg(width: number, height: number, colour: Colour): Buffer {
  const segment = (marker: number, data: readonly number[]): Buffer =>
    Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data])
  const components = [1, 2, 3]
  const first = brightnessAndTint(colour).map(firstBlock).join('')
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  // Never eight ones in a row, so that no byte is 255, which would begin a marker.
  const start = Buffer.from((first.match(/.{1,8}/g) ?? []).map((bits) => Number.parseInt(bits.padEnd(8, '0'), 2)))
  // Two bits for each of the three components of a block.
  const rest = Buffer.alloc(Math.max(0, Math.ceil((first.length + (blocks - 1) * 6) / 8) - Math.ceil(first.length / 8)))
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Steps of 8, so that the first coefficient of a block is its mean.
    segment(0xdb, [0, ...new Array(64).fill(8)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, ...components.flatMap((id) => [id, 0x11, 0])]),
    // The code tables: how many codes of 1 to 16 bits there are, then what they stand for.
    segment(0xc4, [0x00, 1, 0, 0, 0, 8, ...new Array(11).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    segment(0xc4, [0x10, 1, ...new Array(15).fill(0), 0]),
    segment(0xda, [3, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    start,
    rest,
    Buffer.from([0xff, 0xd9]),
  ])
}

/** Y, Cb and Cr as JFIF defines them, each less 128. */
function brightnessAndTint([red, green, blue]: Colour): number[] {
  const exact = [
    0.299 * red + 0.587 * green + 0.114 * blue - 128,
    -0.168736 * red - 0.331264 * green + 0.5 * blue,
    0.5 * red - 0.418688 * green - 0.081312 * blue,
  ]
  return exact.map((value) => Math.max(-128, Math.min(127, Math.round(value))))
}

/** The bits of a block that is all of one value: how many bits the value has, the value, and that nothing follows. */
function firstBlock(value: number): string {
  if (value === 0) return '00'
  const size = Math.abs(value).toString(2).length
  const bits = value > 0 ? value : value + (1 << size) - 1
  return `${(0b10000 + size - 1).toString(2)}${bits.toString(2).padStart(size, '0')}0`
}
