/** Blind watermarks (imageenhan manual, chapters 4.6 and 4.7): logos and texts that are written into an image, and read again. */

import { z } from 'zod'
import { whenKnown } from '../../../actions/promises.js'
import { refuse } from '../../../base/errors.js'
import { flatImage } from '../../../media/images/flat.js'
import type { OutputFormat } from '../../../media/images/format.js'
import { hideLogo, hideText, markKey, readLogo, readText } from '../../../media/images/hidden.js'
import { flatPicture, isWorkable } from '../../../media/images/picture.js'
import type { Picture } from '../../../media/images/pixels.js'
import { keep, replaceBy } from '../../../media/images/reshape.js'
import { loadSharp } from '../../../media/images/sharp.js'
import { textImage } from '../../../media/images/text.js'
import { integer, oneOf, text } from '../../../params/scalars.js'
import type { BrokenRule } from '../common/async.js'
import { afterHundredFree } from './billing.js'
import { imageErrors } from './errors.js'
import { defineImageAction, type Image, imageLimits, imageUrl, MEGABYTE, moreThan } from './images.js'
import { colourOf, type Owner, storeChanged, storeImage } from './store.js'

const SHELF = 'algo-app-taobao-mm-cn-shanghai-prod/pixelai-portrait-beauty'

const MARKED = imageLimits({ formats: ['JPEG', 'JPG', 'PNG', 'BMP'], maxBytes: 3 * MEGABYTE, minPixels: moreThan(5, 5) })

/** What FunctionType says: `encode_pic_plus` writes a mark of the kind `pic_plus`, which `decode_pic_plus` reads. */
const functionOf = (FunctionType: string) => {
  const [, verb, kind = ''] = /^(encode|decode)_(\w+)$/.exec(FunctionType) as RegExpExecArray
  // The old models read a mark by comparing with the original; the new ones do without.
  return { encodes: verb === 'encode', kind, compares: !kind.includes('_') }
}

/** The parameters that FunctionType demands and forbids. */
interface Given {
  FunctionType: string
  OriginImageURL?: string | undefined
  WatermarkImageURL?: string | undefined
  LogoURL?: string | undefined
  Text?: string | undefined
}

/**
 * FunctionType decides which parameters must be given and which must not. The manual wants WatermarkImageURL left out for encode_, but
 * its own examples send it: it is passed over.
 */
const checkFunction =
  (mark: 'LogoURL' | 'Text') =>
  (input: Given): BrokenRule | undefined => {
    const { encodes, compares } = functionOf(input.FunctionType)
    const needed = encodes
      ? (['OriginImageURL', mark] as const)
      : ['WatermarkImageURL' as const, ...(compares ? ['OriginImageURL' as const] : [])]
    const forbidden = encodes ? [] : [mark, ...(compares ? [] : ['OriginImageURL' as const])]
    const when = `with FunctionType=${input.FunctionType}`
    const missing = needed.find((param) => input[param] === undefined)
    if (missing) return { param: missing, violation: 'missing', reason: `is needed ${when}` }
    const surplus = forbidden.find((param) => input[param])
    return surplus && { param: surplus, violation: 'value', reason: `must not be given ${when}` }
  }

/** The images that a call with this FunctionType works on. */
const imagesFor = ({ FunctionType }: Given) => {
  const { encodes, compares } = functionOf(FunctionType)
  return {
    ...((encodes || compares) && { OriginImageURL: MARKED }),
    ...(!encodes && { WatermarkImageURL: MARKED }),
  }
}

/** The pixels of an image; one that the emulator has only the URL of is taken to be of one colour. */
const pixelsOf = (image: Image): Picture | undefined =>
  image.picture ?? (isWorkable(image) ? flatPicture(image, colourOf(image)) : undefined)

/** What decides whether a mark can be read again. */
const keyFor = (FunctionType: string, original: Image | undefined): string => {
  const { kind, compares } = functionOf(FunctionType)
  return markKey(kind, compares && original ? pixelsOf(original) : undefined)
}

/** Stores an image with a mark. Without its pixels or without a way to write them, there is no mark in it. */
async function storeMarked(
  owner: Owner,
  original: Image,
  { OutputFileType, QualityFactor }: { OutputFileType: string; QualityFactor: number },
  hide: (picture: Picture, quality: number | undefined) => Picture | Promise<Picture>,
): Promise<string> {
  const format = (OutputFileType === 'jpeg' ? 'jpg' : OutputFileType) as OutputFormat
  const picture = pixelsOf(original)
  const edit = picture ? replaceBy(await hide(picture, format === 'jpg' ? QualityFactor : undefined)) : keep
  return storeChanged(owner, SHELF, { ...original, ...(picture && { picture }) }, { edit, format, quality: QualityFactor })
}

/** What stands for a logo that the emulator has only the URL of, or that is too large to be looked at. */
const UNKNOWN_LOGO = { width: 64, height: 64 } as const

/** The manual has a mark read with the function that belongs to the one that wrote it, and no code for when there is none. */
const refuseUnmarked = (FunctionType: string): never =>
  refuse(imageErrors, 'InvalidImage.Content', {
    param: 'WatermarkImageURL',
    reason: `holds no mark that ${FunctionType} can read: none was written, it was written with another function or for another original, or it is lost`,
  })

/** Sizes of what is shown of an image that the emulator has only the URL of. */
const NO_LOGO = { width: 256, height: 256 } as const
const NO_TEXT = { width: 800, height: 100 } as const

export const imageBlindPicWatermark = defineImageAction('ImageBlindPicWatermark', {
  summary: 'Adds an invisible picture watermark to an image or recovers it.',
  source: 'imageenhan manual 4.6',
  billing: afterHundredFree(0.02),
  input: () => ({
    FunctionType: oneOf(['encode_pic', 'encode_pic_plus', 'encode_pic_bold', 'decode_pic', 'decode_pic_plus', 'decode_pic_bold']),
    LogoURL: imageUrl().optional(),
    WatermarkImageURL: imageUrl().optional(),
    OutputFileType: oneOf(['jpeg', 'png', 'jpg', 'bmp']).default('png'),
    QualityFactor: integer({ min: 1, max: 100 }).default(100),
    OriginImageURL: imageUrl().optional(),
  }),
  check: checkFunction('LogoURL'),
  images: {},
  imagesFor: (input) => ({ ...imagesFor(input), ...(functionOf(input.FunctionType).encodes && { LogoURL: MARKED }) }),
  data: () => ({ WatermarkImageURL: whenKnown(z.string()), LogoURL: whenKnown(z.string()) }),
  async result({ input, images: { OriginImageURL, WatermarkImageURL, LogoURL }, ...owner }) {
    const key = keyFor(input.FunctionType, OriginImageURL)
    if (OriginImageURL && LogoURL) {
      const logo = LogoURL.picture ?? flatPicture(UNKNOWN_LOGO, colourOf(LogoURL))
      const hide = (picture: Picture, quality?: number) => hideLogo(picture, logo, key, quality)
      return { WatermarkImageURL: await storeMarked(owner, OriginImageURL, input, hide) }
    }
    const image = WatermarkImageURL as Image
    const logo = image.picture && (await readLogo(image.picture, key))
    // Without the library that reads images, no logo can be told from none.
    if (image.picture && logo === undefined && (await loadSharp())) refuseUnmarked(input.FunctionType)
    return { LogoURL: await storeImage(owner, SHELF, 'png', logo ?? flatImage(NO_LOGO, 'png', colourOf(image))) }
  },
})

export const imageBlindCharacterWatermark = defineImageAction('ImageBlindCharacterWatermark', {
  summary: 'Adds an invisible text watermark to an image or recovers it as a picture of the text.',
  source: 'imageenhan manual 4.7',
  billing: afterHundredFree(0.02),
  input: () => ({
    FunctionType: oneOf(['encode_text', 'encode_text_plus', 'encode_text_bold', 'decode_text', 'decode_text_plus', 'decode_text_bold']),
    // The manual sets no limit to its length.
    Text: text({ maxLength: 10_000, ownLimit: true, codes: { length: 'InvalidParameter.TooLarge' } }).optional(),
    WatermarkImageURL: imageUrl().optional(),
    OutputFileType: oneOf(['png', 'jpg', 'bmp']).default('png'),
    QualityFactor: integer({ min: 1, max: 100 }).default(100),
    OriginImageURL: imageUrl().optional(),
  }),
  check: checkFunction('Text'),
  images: {},
  imagesFor,
  data: () => ({ WatermarkImageURL: z.string().optional(), TextImageURL: z.string().optional() }),
  async result({ input, images: { OriginImageURL, WatermarkImageURL }, ...owner }) {
    const { FunctionType, Text } = input
    const key = keyFor(FunctionType, OriginImageURL)
    if (OriginImageURL && Text !== undefined)
      return { WatermarkImageURL: await storeMarked(owner, OriginImageURL, input, (picture) => hideText(picture, Text, key)) }
    const image = WatermarkImageURL as Image
    const found = image.picture && (await readText(image.picture, key))
    if (image.picture && found === undefined) refuseUnmarked(FunctionType)
    const content = found === undefined ? flatImage(NO_TEXT, 'png', [255, 255, 255]) : await textImage(found)
    return { TextImageURL: await storeImage(owner, SHELF, 'png', content) }
  },
})
