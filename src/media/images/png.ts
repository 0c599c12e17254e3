/** Chunks of PNG files, for what sharp has no call for. */

import { crc32, deflateSync } from 'node:zlib'
import type { Colour } from './pixels.js'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Where the first chunk, which is the header, ends. */
const AFTER_HEADER = SIGNATURE.byteLength + 25

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.byteLength)
  bytes.writeUInt32BE(data.byteLength)
  bytes.write(type, 4, 'latin1')
  bytes.set(data, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.byteLength - 4)
  return bytes
}

/** A PNG file of one colour: a palette of one, and a bit for each pixel. */
export function flatPng(width: number, height: number, colour: Colour): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([1, 3], 8)
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height), { level: 1 })
  const chunks = [chunk('IHDR', header), chunk('PLTE', Uint8Array.from(colour)), chunk('IDAT', pixels), chunk('IEND', new Uint8Array())]
  return Buffer.concat([SIGNATURE, ...chunks])
}

/** Writes a text into a PNG file, where programs show it as its comment of the name `keyword`. */
export function withText(png: Uint8Array, keyword: string, text: string): Buffer {
  // Five zeros: the end of the keyword, not compressed, and no language or translated keyword.
  const note = chunk('iTXt', Buffer.concat([Buffer.from(keyword, 'latin1'), Buffer.alloc(5), Buffer.from(text)]))
  return Buffer.concat([png.subarray(0, AFTER_HEADER), note, png.subarray(AFTER_HEADER)])
}
