/** Logos and texts hidden in pictures as blind watermarks. */

import { createHash } from 'node:crypto'
import { open } from './draw.js'
import { readMark, roomFor, writeMark } from './mark.js'
import { asRaw, type Picture, readHeader, readPicture, writeImage } from './picture.js'
import { loadSharp } from './sharp.js'

/**
 * What is needed to read a mark again: the model that wrote it and, if it is one that compares with the original, the original. Two
 * pictures with the same pixels make the same key, whatever the format of their files.
 */
export function markKey(model: string, original?: Picture): string {
  return original === undefined ? model : `${model} ${createHash('sha1').update(original.data).digest('hex')}`
}

/** A copy of a picture with a text in it. What there is no room for, in a picture of a few pixels, is left out. */
export function hideText(picture: Picture, text: string, key: string): Picture {
  const marked = { ...picture, data: Uint8Array.from(picture.data) }
  const data = Buffer.from(text)
  writeMark(marked, 'coarse', key, data)
  writeMark(marked, 'fine', key, data)
  return marked
}

/** The text that is in a picture, or `undefined` if none was written with this key. */
export function readText(picture: Picture, key: string): string | undefined {
  const data = readMark(picture, key)
  return data && Buffer.from(data).toString('utf8')
}

/** A copy of a picture with a logo in it: a thumbnail that survives JPEG and, where there is room, the logo as it is. */
export async function hideLogo(picture: Picture, logo: Picture, key: string): Promise<Picture> {
  const marked = { ...picture, data: Uint8Array.from(picture.data) }
  for (const way of ['coarse', 'fine'] as const) {
    const data = await packed(logo, roomFor(picture, way))
    if (data) writeMark(marked, way, key, data)
  }
  return marked
}

/** The logo that is in a picture, as a PNG file, or `undefined` if none was written with this key. */
export async function readLogo(picture: Picture, key: string): Promise<Uint8Array | undefined> {
  const data = readMark(picture, key)
  const sharp = await loadSharp()
  // Anybody can write a mark, so that what is read is looked at as any file that a call refers to.
  const header = data && (await readHeader(data))
  const logo = header && (await readPicture(data, header))
  return sharp && typeof logo === 'object' ? writeImage(open(logo, sharp), 'png') : undefined
}

/** Longer sides of the thumbnails that are tried, in pixels. */
const THUMBNAILS = [512, 384, 256, 192, 128, 96, 64, 48, 32, 24, 16, 8]

/** Larger logos are not tried as they are. */
const LARGEST_LOGO = 1024

/** The best version of a logo that has at most so many bytes: as it is, else as large a thumbnail as fits. */
async function packed(logo: Picture, room: number): Promise<Uint8Array | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  const image = () => sharp(logo.data, asRaw(logo))
  if (Math.max(logo.width, logo.height) <= LARGEST_LOGO && room > 100) {
    const whole = await image().png().toBuffer()
    if (whole.byteLength <= room) return whole
  }
  for (const side of THUMBNAILS) {
    const thumbnail = await image().resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 70 }).toBuffer()
    if (thumbnail.byteLength <= room) return thumbnail
  }
  return undefined
}
