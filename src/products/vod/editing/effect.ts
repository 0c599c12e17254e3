/** Effects of clips: banners of text, and marks that are masked (VOD manual 17.3, "Effect", "FontFace"). */

import { z } from 'zod'
import { decimal, flag, optional, textual } from './structure.js'

/** Where an effect is, or how large: pixels as a whole number, or a fraction of the picture. */
const extent = () =>
  z.unknown().transform((value, context): number => {
    const { success, data } = decimal().safeParse(value)
    if (success && (Number.isInteger(data) ? data >= 8 && data <= 4096 : data > 0 && data < 1)) return data
    context.addIssue({ code: 'custom', message: 'is neither a whole number of pixels from 8 to 4096 nor a fraction between 0 and 1' })
    return z.NEVER
  })

const fontFaceSchema = z.object({ Bold: optional(flag()), Italic: optional(flag()), Underline: optional(flag()) })

/** An effect; `seconds` is what instants are, on the timeline and in the clip. */
export const effectSchema = <Seconds extends z.ZodType>(seconds: () => Seconds) =>
  z
    .object({
      Type: z.enum(['Text', 'DeWatermark']),
      Name: optional(textual()),
      SubType: optional(textual()),
      In: seconds(),
      Out: seconds(),
      TimelineIn: seconds(),
      TimelineOut: seconds(),
      X: optional(extent()),
      Y: optional(extent()),
      Width: optional(extent()),
      Height: optional(extent()),
      FEWidth: optional(decimal({ min: 0 })),
      FEHeight: optional(decimal({ min: 0 })),
      Font: optional(z.enum(['SimSun'])),
      FontFace: optional(fontFaceSchema),
      FontColor: optional(z.string().regex(/^#[0-9a-f]{3,8}$/i, 'is not a colour such as #ffffff')),
      FontSize: optional(decimal({ min: 1, whole: true })),
      FontColorOpacity: optional(decimal({ min: 0, max: 1 })),
      Content: optional(textual()),
    })
    .refine(({ Type, SubType }) => Type !== 'DeWatermark' || SubType === undefined || SubType === 'Delogo_Blur', {
      path: ['SubType'],
      error: 'is not Delogo_Blur, which is the one of DeWatermark',
    })
