/** Format and size of images, as their first bytes say. */

import type { Size } from './pixels.js'

/** Formats that are told apart: those that Actions take. The library's readers of some others can be kept busy for hours by a few megabytes. */
const FORMATS = ['png', 'jpg', 'webp', 'gif', 'tiff', 'bmp'] as const

/** Bytes that tell the formats apart. */
const SIGNATURE_BYTES = 64

/**
 * Bytes within which a file has its size. Those of JPEG are looked at one by one; of its files, only some with large embedded previews have it
 * later. TIFF may have it anywhere.
 */
const HEADER_BYTES = { png: 64, jpg: 128 * 1024, webp: 64, gif: 64, tiff: Number.POSITIVE_INFINITY, bmp: 64 }

/** A format that is told apart. */
export type ImageFormat = (typeof FORMATS)[number]

/** Loaded when they are first needed. */
const loadReaders = async () => {
  const [{ PNG: png }, { JPG: jpg }, { WEBP: webp }, { GIF: gif }, { TIFF: tiff }, { BMP: bmp }] = await Promise.all([
    import('image-size/types/png'),
    import('image-size/types/jpg'),
    import('image-size/types/webp'),
    import('image-size/types/gif'),
    import('image-size/types/tiff'),
    import('image-size/types/bmp'),
  ])
  return { png, jpg, webp, gif, tiff, bmp }
}

/** What the bytes of an image say of it: no size if it is not where it should be, and `undefined` if they are none of the formats. */
export async function readSize(bytes: Uint8Array): Promise<{ format: ImageFormat; size?: Size } | undefined> {
  const readers = await loadReaders()
  // Readers look at whatever lies behind the bytes as well: of a copy, that is nothing.
  const head = Uint8Array.from(bytes.subarray(0, SIGNATURE_BYTES))
  const format = FORMATS.find((each) => valid(readers[each], head))
  if (format === undefined) return undefined
  try {
    const { width, height } = readers[format].calculate(new Uint8Array(bytes.subarray(0, HEADER_BYTES[format])))
    return { format, size: { width, height } }
  } catch {
    return { format }
  }
}

/** Readers also throw at what they do not take. */
function valid(reader: { validate: (bytes: Uint8Array) => boolean }, bytes: Uint8Array): boolean {
  try {
    return reader.validate(bytes)
  } catch {
    return false
  }
}
