/** Enhancement: style, colours, size, motion (imageenhan manual, chapter 3). */

import { z } from 'zod'
import { inAnyOrder } from '../../../actions/promises.js'
import type { Size } from '../../../media/images/pixels.js'
import { colourise, enhance } from '../../../media/images/recolour.js'
import { enlargeTo, keepArea, pipe, resizeTo, strokes } from '../../../media/images/reshape.js'
import { describeKind } from '../../../params/param-type.js'
import { float, long, oneOf } from '../../../params/scalars.js'
import { defineMediaAction } from '../common/async.js'
import { afterHundredFree } from './billing.js'
import { checkChoice, colourInput, colouringsOf, coloursOf } from './colours.js'
import { defineImageAction, type Image, imageLimits, imageUrl, lessThan, MEGABYTE, moreThan } from './images.js'
import { imageenhan } from './service.js'
import { storeChanged, storeFile } from './store.js'

const PAINTING = imageLimits({
  formats: ['JPEG', 'JPG', 'BMP', 'PNG'],
  maxBytes: 3 * MEGABYTE,
  maxPixels: lessThan(1200, 1200),
  channels: [3],
})

export const extendImageStyle = defineImageAction('ExtendImageStyle', {
  summary: 'Repaints a content image in the colours and strokes of a style image.',
  source: 'imageenhan manual 3.1',
  billing: afterHundredFree(0.02),
  input: () => ({ StyleUrl: imageUrl(), MajorUrl: imageUrl() }),
  images: { StyleUrl: PAINTING, MajorUrl: PAINTING },
  data: () => ({ Url: z.string(), MajorUrl: z.string() }),
  async result({ images: { StyleUrl, MajorUrl }, ...owner }) {
    const shelf = 'luban-vgd-invi/upload/result_'
    const edit = pipe(coloursOf(StyleUrl), strokes(5))
    const Url = await storeChanged(owner, shelf, MajorUrl, { edit, format: 'png' })
    // Whether an image shows a person is not looked at: a test declares it. It is taken to stand in the middle.
    if (!owner.account.assetOf(MajorUrl.url)?.person) return { Url, MajorUrl: '' }
    const { picture } = MajorUrl
    const except = picture ? pipe(edit, keepArea(picture, middleOf(picture))) : edit
    return { Url, MajorUrl: await storeChanged(owner, shelf, MajorUrl, { edit: except, format: 'png' }, 1) }
  },
})

const middleOf = ({ width, height }: Size) => {
  const [left, top] = [Math.floor(width / 4), Math.floor(height / 4)]
  return { left, top, width: Math.ceil(width / 2), height: height - top }
}

const RECOLOURABLE = imageLimits({
  formats: ['JPEG', 'JPG', 'PNG', 'BMP'],
  maxBytes: 3 * MEGABYTE,
  minPixels: moreThan(64, 64),
  maxPixels: lessThan(1200, 1200),
  channels: [3, 4],
})

export const recolorImage = defineImageAction('RecolorImage', {
  summary: 'Recolours an image automatically, from a palette, or after a reference image.',
  source: 'imageenhan manual 3.2',
  billing: afterHundredFree(0.02),
  input: () => ({ Url: imageUrl(), ...colourInput({ listed: false }) }),
  check: checkChoice,
  images: { Url: RECOLOURABLE },
  imagesFor: ({ Mode }) => (Mode === 'REF_PIC' ? { RefUrl: RECOLOURABLE } : {}),
  data: () => ({ ImageList: inAnyOrder(z.array(z.string())) }),
  async result({ input, images: { Url, RefUrl }, ...owner }) {
    const ImageList: string[] = []
    for (const [index, colouring] of colouringsOf(input, Url.url, RefUrl, 1).entries())
      ImageList.push(await storeChanged(owner, 'ivpd-cn-shanghai/upload/result_', Url, { ...colouring, format: 'png' }, index))
    return { ImageList }
  },
})

export const makeSuperResolutionImage = defineImageAction('MakeSuperResolutionImage', {
  summary: 'Enlarges an image one to four times while keeping detail sharp.',
  source: 'imageenhan manual 3.3',
  billing: afterHundredFree(0.04),
  input: () => ({
    Url: imageUrl(),
    Mode: oneOf(['base', 'enhancement']).default('base'),
    UpscaleFactor: long({ min: 1, max: 4 }).default(2),
    // These two are known from the SDK alone.
    OutputFormat: oneOf(['png', 'jpg', 'bmp']).default('png'),
    OutputQuality: long({ min: 1, max: 100 }).default(95),
  }),
  images: {
    Url: imageLimits({
      formats: ['JPEG', 'JPG', 'PNG', 'BMP', 'WEBP'],
      maxBytes: 3 * MEGABYTE,
      minPixels: moreThan(32, 32),
      maxPixels: lessThan(1920, 1080),
    }),
  },
  data: () => ({ Url: z.string() }),
  async result({ input: { Mode, UpscaleFactor, OutputFormat, OutputQuality }, images: { Url }, ...owner }) {
    const size = { width: Url.width * UpscaleFactor, height: Url.height * UpscaleFactor }
    const edit = enlargeTo(size, Mode === 'enhancement')
    const how = { edit, size, format: OutputFormat, quality: OutputQuality }
    return { Url: await storeChanged(owner, 'ivpd-cn-shanghai/upload/ai-gateway_prod', Url, how) }
  },
})

export const generateDynamicImage = defineImageAction('GenerateDynamicImage', {
  summary: 'Animates the sky and the hair of a still image.',
  source: 'imageenhan manual 3.4',
  billing: afterHundredFree(0.1),
  // Bits, the last one for the sky and the one before it for the hair.
  input: () => ({ Url: imageUrl(), Operation: oneOf(['1', '01', '10', '11']) }),
  images: {
    Url: imageLimits({
      formats: ['JPG', 'JPEG', 'BMP', 'PNG'],
      maxBytes: 3 * MEGABYTE,
      minPixels: moreThan(32, 32),
      maxPixels: lessThan(2000, 2000),
    }),
  },
  data: () => ({ Url: z.string() }),
  async result({ images: { Url }, ...owner }) {
    const { width, height } = Url
    const video = { extension: 'avi', contentType: 'video/x-msvideo', content: 'sample.avi', mediaInfo: { width, height, ...MOTION } }
    return { Url: await storeFile(owner, 'vibktprfx-prod-prod-aic-gd-cn-shanghai/photo-style-imitation/dynamicPhotoResult', video) }
  },
})

/** Seconds and frames of the sample that stands for a moving image. */
const MOTION = { duration: 2, frames: 30 } as const

const HD = imageLimits({
  formats: ['PNG', 'JPG', 'JPEG'],
  maxBytes: 3 * MEGABYTE,
  maxBytesExclusive: true,
  minPixels: moreThan(64, 64),
  maxPixels: lessThan(10_000, 10_000),
  channels: [3],
})

/** A number between 0 and 1, which the interface calls a String. */
const degree = () => describeKind(float({ min: 0, max: 1 }), { type: 'String', min: 0, max: 1 })

export const recolorHdImage = defineMediaAction(imageenhan, 'RecolorHDImage', {
  summary: 'Recolours a high-resolution image with adjustable strength while keeping people in their own colours.',
  source: 'imageenhan manual 3.5',
  billing: afterHundredFree(0.04),
  // The manual gives no defaults here; those of RecolorImage hold.
  input: () => ({ Url: imageUrl(), ...colourInput({ listed: true }), Degree: degree() }),
  check: checkChoice,
  files: ({ Url, Mode, RefUrl = '' }) => [
    { param: 'Url', url: Url, limits: HD },
    ...(Mode === 'REF_PIC' ? [{ param: 'RefUrl', url: RefUrl, limits: HD }] : []),
  ],
  async result({ account, job, input, files }) {
    const { Url, RefUrl = '', Degree } = input
    const [file, model] = files
    const image = { ...file, url: Url } as Image
    const ImageList: string[] = []
    const colourings = colouringsOf(input, Url, model && { ...model, url: RefUrl }, Degree)
    for (const [index, colouring] of colourings.entries()) {
      const how = { ...colouring, format: 'jpg' } as const
      ImageList.push(await storeChanged({ account, id: job.id }, 'viapi-cn-shanghai-dha-filter/upload/recoloring-hd', image, how, index))
    }
    return { ImageList }
  },
})

/** The third is not in the manual, but clients use it. */
const modes = ['LogC', 'Rec709', 'ln17_256'] as const

export const enhanceImageColor = defineImageAction('EnhanceImageColor', {
  summary: 'Optimises saturation, brightness and skin tones of an image.',
  source: 'imageenhan manual 3.6',
  billing: afterHundredFree(0.1),
  input: () => ({ ImageURL: imageUrl(), OutputFormat: oneOf(['png', 'jpg']), Mode: oneOf(modes) }),
  images: { ImageURL: imageLimits({ formats: ['JPG', 'PNG', 'BMP'], maxBytes: 3 * MEGABYTE, maxBytesExclusive: true }) },
  data: () => ({ ImageURL: z.string() }),
  async result({ input: { OutputFormat, Mode }, images: { ImageURL }, ...owner }) {
    const size = brought(ImageURL)
    const scaled = size.width !== ImageURL.width || size.height !== ImageURL.height
    const edit = scaled ? pipe(resizeTo(size), enhance(Mode)) : enhance(Mode)
    return {
      ImageURL: await storeChanged(owner, 'algo-app-aic-vd-cn-shanghai-prod/image-recolor', ImageURL, { edit, size, format: OutputFormat }),
    }
  },
})

/** Sides between which EnhanceImageColor works, both exclusive; what is outside is scaled, not refused. */
const SIDES = { over: 64, under: 3840 } as const

/** The size to which an image is brought, in proportion as far as both bounds allow. */
function brought({ width, height }: Size): Size {
  const most = SIDES.under - 1
  const least = SIDES.over + 1
  const factor = Math.min(most / Math.max(width, height), Math.max(1, least / Math.min(width, height)))
  const side = (length: number): number => Math.min(most, Math.max(least, Math.round(length * factor)))
  return { width: side(width), height: side(height) }
}

export const colorizeImage = defineImageAction('ColorizeImage', {
  summary: 'Colours a black-and-white image.',
  source: 'imageenhan manual 3.7',
  billing: afterHundredFree(0.2),
  input: () => ({ ImageURL: imageUrl() }),
  images: {
    ImageURL: imageLimits({ formats: ['JPG', 'JPEG', 'BMP', 'PNG'], maxBytes: 10 * MEGABYTE, maxPixels: lessThan(3000, 3000) }),
  },
  data: () => ({ ImageURL: z.string() }),
  result: async ({ images: { ImageURL }, ...owner }) => ({
    ImageURL: await storeChanged(owner, 'algo-app-aic-vc-cn-shanghai-prod/face-enhancement', ImageURL, { edit: colourise, format: 'jpg' }),
  }),
})
