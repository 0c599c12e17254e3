/** Pictures: the pixels of images, read from files and written to them. */

import { readBmp, readBmpHeader, writeBmp } from './bmp.js'
import type { OutputFormat } from './format.js'
import type { Colour, Picture, Size } from './pixels.js'
import { loadSharp, type Sharp } from './sharp.js'
import { readSize } from './size.js'

/** What an image file says of itself. */
export interface ImageHeader extends Size {
  /** Upper case: `PNG`, `JPG`, `TIFF`. */
  format: string
  /** Without sharp, known of few files. */
  channels?: number
}

/** Larger pictures are not worked on: the time that it takes should be unnoticeable in a test. */
const MAX_PIXELS = 3000 * 3000

/** True for a picture that can be worked on. */
export const isWorkable = ({ width, height }: Size): boolean => width * height <= MAX_PIXELS

/** The header of an image file, or `undefined` if the bytes are not an image, or a damaged one. */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader | undefined> {
  const read = await readSize(bytes)
  if (read === undefined) return undefined
  const { size } = read
  const format = read.format.toUpperCase()
  if (format === 'BMP') return size && { format, ...size, channels: readBmpHeader(bytes)?.channels ?? 3 }
  const sharp = await loadSharp()
  if (sharp === undefined) return size && { format, ...size }
  try {
    const { width, height, channels } = await sharp(bytes, OPENING).metadata()
    return { format, ...(size ?? { width, height }), channels }
  } catch {
    return undefined
  }
}

/**
 * The pixels of an image file, always as red, green and blue: `broken` if they cannot be read, `undefined` if they are not looked at,
 * because there are too many or because there is no sharp.
 */
export async function readPicture(bytes: Uint8Array, { format, width, height }: ImageHeader): Promise<Picture | 'broken' | undefined> {
  if (!isWorkable({ width, height })) return undefined
  if (format === 'BMP') return (await readBmp(bytes)) ?? 'broken'
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  try {
    return await pictureOf(sharp(bytes, { ...OPENING, limitInputPixels: MAX_PIXELS }))
  } catch {
    return 'broken'
  }
}

// A file that is cut off or damaged is refused; one that only breaks a rule of its format is not.
const OPENING = { failOn: 'error', limitInputPixels: false } as const

/** The pixels that a pipeline ends with. */
export async function pictureOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return { width, height, channels: channels === 4 ? 4 : 3, data }
}

/** How sharp is told of pixels that it is handed. */
export const asRaw = ({ width, height, channels }: Picture) => ({ raw: { width, height, channels } })

/** A picture of one colour. */
export function flatPicture({ width, height }: Size, colour: Colour): Picture {
  return { width, height, channels: 3, data: Buffer.alloc(width * height * 3, Uint8Array.from(colour)) }
}

/** Writes what a pipeline ends with; `quality` from 1 to 100 counts for JPEG. */
export async function writeImage(image: Sharp, format: OutputFormat, quality = 90): Promise<Uint8Array> {
  if (format === 'bmp') return writeBmp(await pictureOf(image))
  if (format === 'jpg') return image.flatten({ background: '#fff' }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer()
  return image.png().toBuffer()
}
