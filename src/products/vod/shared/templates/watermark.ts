/** Watermarks: images and texts that are put on the picture of what is transcoded (VOD manual 17, "WatermarkConfig"). */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fileSchema } from '../media/file.js'
import { colors } from './colors.js'
import { choice, numeral, numeralWithin, structure, wholeNumber, words } from './structure.js'

export const watermarkTypes = ['Image', 'Text'] as const

/** Pixels, or a share of the picture. */
const length = () => numeralWithin({ min: 8, max: 4096, whole: true }, { above: 0, below: 1 })

/** Where an image is, how large, and when. */
export const imageWatermarkConfig = structure(() => ({
  Dx: length(),
  Dy: length(),
  Width: length(),
  Height: length(),
  ReferPos: choice(['BottomRight', 'BottomLeft', 'TopRight', 'TopLeft']),
  /** Seconds; without it, all the time. */
  Timeline: structure(() => ({
    Start: numeral({ min: 0 }).optional(),
    Duration: z.union([z.literal('ToEND'), numeral({ above: 0 })], { error: 'is neither a number of seconds nor ToEND' }).optional(),
  })).optional(),
}))

/** What a text says, how it looks, and where it is. */
export const textWatermarkConfig = structure(() => ({
  Content: words(1024),
  FontName: choice(['SimSun', 'WenQuanYi Zen Hei', 'WenQuanYi Zen Hei Mono', 'WenQuanYi Zen Hei Sharp', 'Yuanti SC']).optional(),
  FontColor: choice(colors, { anyCase: true }).optional(),
  FontAlpha: numeral({ above: 0, max: 1 }).optional(),
  BorderColor: choice(colors, { anyCase: true }).optional(),
  Top: wholeNumber({ min: 0, max: 4096 }).optional(),
  Left: wholeNumber({ min: 0, max: 4096 }).optional(),
  FontSize: wholeNumber({ above: 4, below: 120 }).optional(),
  /** The manual's range leaves out 0, which is its default. */
  BorderWidth: wholeNumber({ min: 0, max: 4096 }).optional(),
}))

export const watermarkSchema = z.object({
  watermarkId: z.string(),
  name: z.string(),
  type: z.enum(watermarkTypes),
  isDefault: z.boolean(),
  /** The picture of an image watermark. */
  file: fileSchema.optional(),
  /** What an image watermark is like. */
  image: imageWatermarkConfig.optional(),
  /** What a text watermark is like. */
  text: textWatermarkConfig.optional(),
  appId: z.string(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

/** See {@link watermarkSchema}. */
export type Watermark = z.output<typeof watermarkSchema>
