/** Making result images: from the pixels of the input where the emulator has them, else of one colour. */

import { flatImage } from './flat.js'
import type { OutputFormat } from './format.js'
import { asRaw, isWorkable, writeImage } from './picture.js'
import type { Colour, Picture, Size } from './pixels.js'
import { loadSharp, type Sharp, type SharpLibrary } from './sharp.js'

/** Changes a picture. */
export type Edit = (picture: Picture, sharp: SharpLibrary) => Sharp | Promise<Sharp>

/** A result image. */
export interface Drawing {
  /** What is changed; without it the result is of one colour. */
  picture: Picture | undefined
  edit: Edit
  /** Size of the result: what `edit` makes of the picture's. */
  size: Size
  format: OutputFormat
  /** 1 to 100, for JPEG. */
  quality?: number
  /** Of a result without a picture. */
  colour: Colour
}

/** The bytes of a result image; the same drawing gives the same bytes. */
export async function draw({ picture, edit, size, format, quality, colour }: Drawing): Promise<Uint8Array> {
  const sharp = await loadSharp()
  if (sharp === undefined || picture === undefined || !isWorkable(size)) return flatImage(size, format, colour)
  return writeImage(await edit(picture, sharp), format, quality)
}

/** Begins a pipeline with a picture. */
export const open = (picture: Picture, sharp: SharpLibrary): Sharp => sharp(picture.data, asRaw(picture))
