/** Pictures of text. */

import { flatImage } from './flat.js'
import { withText } from './png.js'
import { loadSharp } from './sharp.js'

const WIDTH = 800
const MARGIN = 20

/** So much is drawn: a picture of more would have no end. */
const MAX_CHARACTERS = 2000

/**
 * A PNG file that shows a text, black on white, in whatever fonts the machine has. The text stands in the file as well, as its comment
 * `Description`, so that a program can tell it without reading the picture.
 */
export async function textImage(full: string): Promise<Uint8Array> {
  const text = full.toWellFormed()
  return withText(
    (await drawn(text.slice(0, MAX_CHARACTERS).toWellFormed())) ?? flatImage({ width: WIDTH, height: 100 }, 'png', [255, 255, 255]),
    'Description',
    text,
  )
}

async function drawn(text: string): Promise<Uint8Array | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  // The text is markup to the library: what a caller sends must not be.
  const markup = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  try {
    const ink = await sharp({ text: { text: markup, font: 'sans', dpi: 150, width: WIDTH - 2 * MARGIN, wrap: 'word-char' } })
      .png()
      .toBuffer()
    const margins = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background: '#000' }
    // White on black so far.
    return await sharp(ink).extend(margins).negate().png().toBuffer()
  } catch {
    // Blanks leave no ink, which the library takes for an error.
    return undefined
  }
}
