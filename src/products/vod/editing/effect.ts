/** Effects of clips: banners of text, and marks that are masked (VOD manual 17.3, "Effect", "FontFace"). */

import { z } from 'zod'
import { choice, decimal, structure, textual, truth } from '../shared/templates/structure.js'

/** Where an effect is, or how large: pixels as a whole number, or a fraction of the picture. */
const extent = () =>
  z.unknown().transform((value, context): number => {
    const { success, data } = decimal().safeParse(value)
    if (success && (Number.isInteger(data) ? data >= 8 && data <= 4096 : data > 0 && data < 1)) return data
    context.addIssue({ code: 'custom', message: 'is neither a whole number of pixels from 8 to 4096 nor a fraction between 0 and 1' })
    return z.NEVER
  })

const fontFaceSchema = structure(() => ({ Bold: truth().optional(), Italic: truth().optional(), Underline: truth().optional() }))

/** An effect; `seconds` is what instants are, on the timeline and in the clip. */
export const effectSchema = <Seconds extends z.ZodType>(seconds: () => Seconds) =>
  structure(() => ({
    Type: choice(['Text', 'DeWatermark']),
    Name: textual().optional(),
    SubType: textual().optional(),
    In: seconds(),
    Out: seconds(),
    TimelineIn: seconds(),
    TimelineOut: seconds(),
    X: extent().optional(),
    Y: extent().optional(),
    Width: extent().optional(),
    Height: extent().optional(),
    FEWidth: decimal({ min: 0 }).optional(),
    FEHeight: decimal({ min: 0 }).optional(),
    Font: choice(['SimSun']).optional(),
    FontFace: fontFaceSchema.optional(),
    FontColor: z
      .string()
      .regex(/^#[0-9a-f]{3,8}$/i, 'is not a colour such as #ffffff')
      .optional(),
    FontSize: decimal({ min: 1, whole: true }).optional(),
    FontColorOpacity: decimal({ min: 0, max: 1 }).optional(),
    Content: textual().optional(),
  })).refine(({ Type, SubType }) => Type !== 'DeWatermark' || SubType === undefined || SubType === 'Delogo_Blur', {
    path: ['SubType'],
    error: 'is not Delogo_Blur, which is the one of DeWatermark',
  })
