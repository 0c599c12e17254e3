/** Editing: size, crops, light, subtitles, logos, people (imageenhan manual, chapter 4; its watermarks are in watermark.ts). */

import { z } from 'zod'
import { bestCrops } from '../../../media/images/composition.js'
import type { Size } from '../../../media/images/pixels.js'
import { type Area, blurArea, fillMasked, keep, pipe, placeOn } from '../../../media/images/reshape.js'
import { float, integer } from '../../../params/scalars.js'
import { afterHundredFree } from './billing.js'
import { coloursOf } from './colours.js'
import { defineImageAction, imageLimits, imageUrl, lessThan, MEGABYTE, moreThan } from './images.js'
import { interestIn } from './interest.js'
import { storeChanged } from './store.js'

/** Sides of a result: the manual gives no limits, but what a call can ask for must have one. */
const RESULT_SIDE = { min: 1, max: 10_000, ownLimit: true } as const

/** Pixels of a result, all in memory at once: as many as a square of 8000 has. */
const MAX_RESULT_PIXELS = 64_000_000

export const changeImageSize = defineImageAction('ChangeImageSize', {
  summary: 'Fits an image to a given size.',
  source: 'imageenhan manual 4.1',
  billing: afterHundredFree(0.02),
  input: () => ({ Width: integer(RESULT_SIDE), Height: integer(RESULT_SIDE), Url: imageUrl() }),
  check({ Width, Height }) {
    if (Width * Height <= MAX_RESULT_PIXELS) return undefined
    const reason = `makes ${Width * Height} pixels of the result, and at most ${MAX_RESULT_PIXELS} are made; this is a limit of the emulator, not of the service`
    return { param: 'Height', violation: 'value', reason }
  },
  images: {
    Url: imageLimits({
      formats: ['JPEG', 'JPG', 'PNG', 'BMP', 'WEBP'],
      maxBytes: 3.5 * MEGABYTE,
      maxPixels: { width: 2000, height: 2000 },
      channels: [3],
    }),
  },
  data: () => ({
    Url: z.string(),
    RetainLocation: z.object({ Width: z.number(), Height: z.number(), X: z.number(), Y: z.number() }),
  }),
  async result({ input: { Width, Height }, images: { Url }, ...owner }) {
    const size = { width: Width, height: Height }
    const place = inside(Url, size)
    const how = { edit: placeOn(size, place), size, format: 'png' } as const
    return {
      Url: await storeChanged(owner, 'ivpd-cn-shanghai/upload/result_filter', Url, how),
      RetainLocation: { Width: place.width, Height: place.height, X: place.left, Y: place.top },
    }
  },
})

/**
 * Where the original is in the result. The manual describes it as the original's place in the result and its size there, scaled in
 * proportion, and its example has it smaller than the result: so the whole original is kept, in the middle.
 */
function inside({ width, height }: Size, canvas: Size): Area {
  const scale = Math.min(canvas.width / width, canvas.height / height)
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale))
  const placed = { width: scaled(width), height: scaled(height) }
  return {
    ...placed,
    left: Math.floor((canvas.width - placed.width) / 2),
    top: Math.floor((canvas.height - placed.height) / 2),
  }
}

/** How many boxes can be asked for; what is outside is taken for the nearest. */
const BOXES = { min: 1, max: 10 } as const

export const intelligentComposition = defineImageAction('IntelligentComposition', {
  summary: 'Proposes crop boxes that give an image a better composition, each with a score.',
  source: 'imageenhan manual 4.2',
  billing: afterHundredFree(0.01),
  input: () => ({ NumBoxes: integer().default(5), ImageURL: imageUrl() }),
  images: {
    ImageURL: imageLimits({
      formats: ['JPEG', 'JPG', 'PNG', 'BMP', 'WEBP'],
      maxBytes: 3 * MEGABYTE,
      maxBytesExclusive: true,
      minPixels: moreThan(32, 32),
    }),
  },
  data: () => ({
    Elements: z.array(z.object({ MinX: z.number(), Score: z.number(), MaxY: z.number(), MaxX: z.number(), MinY: z.number() })),
  }),
  async result({ input: { NumBoxes }, images: { ImageURL } }) {
    const count = Math.min(BOXES.max, Math.max(BOXES.min, NumBoxes))
    const crops = bestCrops(await interestIn(ImageURL), ImageURL, count)
    return {
      Elements: crops.map(({ area: { left, top, width, height }, score }) => ({
        MinX: left,
        MinY: top,
        MaxX: left + width - 1,
        MaxY: top + height - 1,
        Score: score,
      })),
    }
  },
})

const PHOTO = imageLimits({
  formats: ['JPG', 'JPEG', 'PNG'],
  maxBytes: 3 * MEGABYTE,
  maxBytesExclusive: true,
  minPixels: moreThan(32, 32),
  maxPixels: lessThan(3000, 3000),
})

export const imitatePhotoStyle = defineImageAction('ImitatePhotoStyle', {
  summary: 'Transfers light and colour of a reference image to a target image without changing its structure.',
  source: 'imageenhan manual 4.3',
  billing: afterHundredFree(0.02),
  input: () => ({ StyleUrl: imageUrl(), ImageURL: imageUrl() }),
  images: { StyleUrl: PHOTO, ImageURL: PHOTO },
  data: () => ({ ImageURL: z.string() }),
  async result({ images: { StyleUrl, ImageURL }, ...owner }) {
    const how = { edit: coloursOf(StyleUrl), format: 'jpg' } as const
    return { ImageURL: await storeChanged(owner, 'vibktprfx-prod-prod-aic-gd-cn-shanghai/photo-style-imitation', ImageURL, how) }
  },
})

/** A share of the image's width or height. */
const share = () => float({ min: 0, max: 1 })

const CAPTIONED = imageLimits({ formats: ['JPG', 'JPEG', 'BMP', 'PNG', 'WEBP'], maxBytes: 3 * MEGABYTE })

export const removeImageSubtitles = defineImageAction('RemoveImageSubtitles', {
  summary: 'Removes standard subtitles from an image.',
  source: 'imageenhan manual 4.4',
  billing: afterHundredFree(0.01),
  // The lower quarter, unless told otherwise.
  input: () => ({
    ImageURL: imageUrl(),
    BX: share().default(0),
    BY: share().default(0.75),
    BW: share().default(1),
    BH: share().default(0.25),
  }),
  images: { ImageURL: CAPTIONED },
  data: () => ({ ImageURL: z.string() }),
  async result({ input: { BX, BY, BW, BH }, images: { ImageURL }, ...owner }) {
    const edit = blurArea(part(ImageURL, [BX, BY, BW, BH]))
    return { ImageURL: await storeChanged(owner, 'algo-app-aic-vd-cn-shanghai-prod/image-desubtitle', ImageURL, { edit, format: 'jpg' }) }
  },
})

export const removeImageWatermark = defineImageAction('RemoveImageWatermark', {
  summary: 'Removes common marks such as station or platform logos from an image.',
  source: 'imageenhan manual 4.5',
  billing: afterHundredFree(0.01),
  input: () => ({ ImageURL: imageUrl() }),
  images: { ImageURL: CAPTIONED },
  data: () => ({ ImageURL: z.string() }),
  async result({ images: { ImageURL }, ...owner }) {
    // The corners where stations and platforms put their marks.
    const upperLeft = blurArea(part(ImageURL, [0, 0, 0.3, 0.15]))
    const upperRight = blurArea(part(ImageURL, [0.7, 0, 0.3, 0.15]))
    const how = { edit: pipe(upperLeft, upperRight), format: 'jpg' } as const
    return { ImageURL: await storeChanged(owner, 'algo-app-aic-vd-cn-shanghai-prod/image-delogo', ImageURL, how) }
  },
})

/** The pixels of a part of an image, given as shares of its width and height; what lies outside of the image does not count. */
function part({ width, height }: Size, [x, y, w, h]: readonly [number, number, number, number]): Area {
  const [left, top] = [Math.round(x * width), Math.round(y * height)]
  return {
    left,
    top,
    width: Math.min(width, Math.round((x + w) * width)) - left,
    height: Math.min(height, Math.round((y + h) * height)) - top,
  }
}

const ERASABLE = {
  formats: ['JPG', 'JPEG', 'BMP', 'PNG', 'WEBP', 'TIF'],
  maxBytes: 3 * MEGABYTE,
  minPixels: moreThan(5, 5),
  maxPixels: lessThan(2048, 2048),
}

export const erasePerson = defineImageAction('ErasePerson', {
  summary: 'Removes people inside a masked area of an image and fills in the background.',
  source: 'imageenhan manual 4.8',
  billing: afterHundredFree(0.06),
  input: () => ({ ImageURL: imageUrl(), UserMask: imageUrl() }),
  images: { ImageURL: imageLimits(ERASABLE), UserMask: imageLimits({ ...ERASABLE, channels: [3] }) },
  // Spelt ImageUrl here, and ImageURL in the request.
  data: () => ({ ImageUrl: z.string() }),
  async result({ images: { ImageURL, UserMask }, ...owner }) {
    const edit = UserMask.picture ? fillMasked(UserMask.picture) : keep
    return { ImageUrl: await storeChanged(owner, 'algo-app-isr-lab-cn-shanghai-prod/remove-person', ImageURL, { edit, format: 'png' }) }
  },
})
