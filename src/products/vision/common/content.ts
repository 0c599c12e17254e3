/** The bytes of input files, where the emulator has them: of an object in the emulated OSS, or of a declared asset with a file. */

import { readFile, stat } from 'node:fs/promises'
import type { Account } from '../../../account/types.js'
import { readHeader, readPicture } from '../../../media/images/picture.js'
import type { Picture } from '../../../media/images/pixels.js'
import { type InputFile, type Media, type MediaProblem, objectAt, openMedia } from './media.js'

/** Larger files are not read: no Action takes images of as much, and of a video only its size counts. */
const MAX_BYTES = 16 * 1024 * 1024

/** An input file that has been opened. */
export interface OpenedFile extends Media {
  /** Its pixels, where the emulator has them and the limits ask for them. */
  picture?: Picture
}

/** Opens an input file as `openMedia` does, and looks at its bytes where there are any: what an image says of itself counts. */
export async function openFile(account: Account, { url, limits }: Pick<InputFile, 'url' | 'limits'>): Promise<OpenedFile | MediaProblem> {
  const content = await contentAt(account, url)
  if (content === 'unreadable') return { fault: 'download', reason: 'refers to an asset whose file cannot be read' }
  if (content === undefined) return openMedia(account, url, limits)
  const { size, bytes = NOTHING } = content
  const header = await readHeader(bytes)
  if (limits.pixels && bytes.byteLength > 0 && header === undefined) return { fault: 'decode', reason: 'is not an image, or a damaged one' }
  const media = openMedia(account, url, limits, { bytes: size, ...header })
  if ('fault' in media || !limits.pixels || header === undefined) return media
  const picture = await readPicture(bytes, header)
  if (picture === 'broken') return { fault: 'decode', reason: 'is damaged' }
  return picture === undefined ? media : { ...media, picture }
}

const NOTHING = new Uint8Array()

/** Size and bytes behind a URL: without bytes if there are too many, `undefined` if the emulator has only the URL. */
async function contentAt(account: Account, url: string): Promise<{ size: number; bytes?: Uint8Array } | 'unreadable' | undefined> {
  const object = objectAt(account, url)
  if (object) {
    const { size, content } = object
    return size > MAX_BYTES ? { size } : { size, bytes: await content.bytes() }
  }
  const file = account.assetOf(url)?.file
  if (file === undefined) return undefined
  try {
    const found = await stat(file)
    if (!found.isFile()) return 'unreadable'
    return found.size > MAX_BYTES ? { size: found.size } : { size: found.size, bytes: await readFile(file) }
  } catch {
    return 'unreadable'
  }
}
