/** Scores (imageenhan manual, chapter 5). */

import { z } from 'zod'
import { scoreWhole } from '../../../media/images/composition.js'
import { exposureOf, sharpnessOf } from '../../../media/images/measure.js'
import { afterHundredFree, SHARPNESS_PRICES } from './billing.js'
import { defineImageAction, type Image, imageLimits, imageUrl, lessThan, MEGABYTE, moreThan } from './images.js'
import { interestIn } from './interest.js'
import { fakerFor } from './store.js'

/** A made-up score of an image of which the emulator has only the URL. */
const assumedScore = (image: Image): number => fakerFor(image).number.float({ min: 0.2, max: 0.8, fractionDigits: 7 })

export const assessComposition = defineImageAction('AssessComposition', {
  summary: 'Scores the composition of an image.',
  source: 'imageenhan manual 5.1',
  billing: afterHundredFree(0.002),
  input: () => ({ ImageURL: imageUrl() }),
  images: {
    ImageURL: imageLimits({
      formats: ['JPG', 'JPEG', 'BMP', 'PNG', 'WEBP'],
      maxBytes: 3 * MEGABYTE,
      maxBytesExclusive: true,
      minPixels: moreThan(32, 32),
    }),
  },
  data: () => ({ Score: z.number() }),
  result: async ({ images: { ImageURL } }) => ({ Score: scoreWhole(await interestIn(ImageURL)) }),
})

const SCORED = imageLimits({
  formats: ['JPG', 'JPEG', 'BMP', 'PNG'],
  maxBytes: 3 * MEGABYTE,
  maxBytesExclusive: true,
  maxPixels: lessThan(1000, 1000),
})

export const assessExposure = defineImageAction('AssessExposure', {
  summary: 'Scores the exposure of an image.',
  source: 'imageenhan manual 5.2',
  billing: afterHundredFree(0.002),
  input: () => ({ ImageURL: imageUrl() }),
  images: { ImageURL: SCORED },
  data: () => ({ Exposure: z.number() }),
  result: async ({ images: { ImageURL } }) => ({
    Exposure: (ImageURL.picture && (await exposureOf(ImageURL.picture))) ?? assumedScore(ImageURL),
  }),
})

export const assessSharpness = defineImageAction('AssessSharpness', {
  summary: 'Scores the sharpness of an image.',
  source: 'imageenhan manual 5.3',
  billing: SHARPNESS_PRICES,
  input: () => ({ ImageURL: imageUrl() }),
  images: { ImageURL: SCORED },
  data: () => ({ Sharpness: z.number() }),
  result: async ({ images: { ImageURL } }) => ({
    Sharpness: (ImageURL.picture && (await sharpnessOf(ImageURL.picture))) ?? assumedScore(ImageURL),
  }),
})
