/** Logos and texts hidden in pictures as blind watermarks. */

import { createHash } from 'node:crypto'
import { open } from './draw.js'
import { COARSE, capacityOf, readMark, writeMark } from './mark.js'
import { pictureOf, readHeader, readPicture, writeImage } from './picture.js'
import type { Picture } from './pixels.js'
import { loadSharp } from './sharp.js'

/**
 * What is needed to read a mark again: the kind of it and, of a kind that compares with the original, the original. Two pictures with
 * the same pixels make the same key, whatever the format of their files.
 */
export function markKey(kind: string, original?: Picture): string {
  return original === undefined ? kind : `${kind} ${createHash('sha1').update(original.data).digest('hex')}`
}

/** A copy of a picture with a text in it. What there is no room for, in a picture of a few pixels, is left out. */
export async function hideText(picture: Picture, text: string, key: string): Promise<Picture> {
  const marked = copyOf(picture)
  const data = Buffer.from(text)
  for (const way of COARSE) if (await writeMark(marked, way, key, data)) break
  await writeMark(marked, 'fine', key, data)
  return marked
}

/** The text that is in a picture, or `undefined` if none was written with this key. */
export async function readText(picture: Picture, key: string): Promise<string | undefined> {
  const data = await readMark(picture, key)
  return data && Buffer.from(data).toString('utf8')
}

/** The ways to write a logo, the one that holds most first. */
const FOR_LOGOS = ['tight', ...COARSE.toReversed()] as const

/** Of JPEG: what whoever is handed a file without loss may save it as, and still have the logo in it. */
const USUAL_QUALITY = 75

/**
 * A copy of a picture with a logo in it, which is as good as can be read again from a JPEG file of a `quality` from 1 to 100. Left out: the picture
 * is saved without loss, and holds the logo as it is as well, if there is room.
 */
export async function hideLogo(picture: Picture, logo: Picture, key: string, quality?: number): Promise<Picture> {
  const marked = (await withThumbnail(picture, logo, key, quality ?? USUAL_QUALITY)) ?? copyOf(picture)
  const whole = quality === undefined ? await packed(logo, capacityOf(picture, 'fine')) : undefined
  if (whole) await writeMark(marked, 'fine', key, whole)
  return marked
}

const copyOf = (picture: Picture): Picture => ({ ...picture, data: Uint8Array.from(picture.data) })

/** A copy of a picture with the largest thumbnail of a logo that survives JPEG of this quality, or `undefined` if none does. */
async function withThumbnail(picture: Picture, logo: Picture, key: string, quality: number): Promise<Picture | undefined> {
  for (const way of FOR_LOGOS) {
    const thumbnail = await packed(logo, capacityOf(picture, way))
    const marked = copyOf(picture)
    if (thumbnail && (await writeMark(marked, way, key, thumbnail)) && (await survives(marked, key, quality))) return marked
  }
  return undefined
}

async function survives(marked: Picture, key: string, quality: number): Promise<boolean> {
  const sharp = await loadSharp()
  const saved = sharp && (await pictureOf(sharp(await writeImage(open(marked, sharp), 'jpg', quality))))
  return saved !== undefined && (await readMark(saved, key)) !== undefined
}

/** The logo that is in a picture, as a PNG file, or `undefined` if none was written with this key. */
export async function readLogo(picture: Picture, key: string): Promise<Uint8Array | undefined> {
  const data = await readMark(picture, key)
  const sharp = await loadSharp()
  // Anybody can write a mark, so that what is read is looked at as any file that a call refers to.
  const header = data && (await readHeader(data))
  const logo = header && (await readPicture(data, header))
  return sharp && typeof logo === 'object' ? writeImage(open(logo, sharp), 'png') : undefined
}

/** Longer sides of the thumbnails that are tried, in pixels. */
const THUMBNAILS = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]

/** Larger logos are not tried as they are. */
const LARGEST_LOGO = 1024

/** The best version of a logo that has at most so many bytes: as it is, else as large a thumbnail as fits. */
async function packed(logo: Picture, room: number): Promise<Uint8Array | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  const side = Math.max(logo.width, logo.height)
  if (side <= LARGEST_LOGO && room >= LEAST_PNG) {
    const whole = await open(logo, sharp).png().toBuffer()
    if (whole.byteLength <= room) return whole
  }
  let best: Uint8Array | undefined
  for (const edge of THUMBNAILS.filter((each) => each < side)) {
    const thumbnail = await open(logo, sharp).resize(edge, edge, { fit: 'inside' }).webp({ quality: 70 }).toBuffer()
    if (thumbnail.byteLength > room) break
    best = thumbnail
  }
  return best
}

/** No PNG file has fewer bytes. */
const LEAST_PNG = 67
