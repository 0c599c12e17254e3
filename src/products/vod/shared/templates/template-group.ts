/** Groups of transcoding templates: what a video is transcoded to. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { streamFormats } from '../media/stream.js'

/** A number as templates have it. */
const numberSchema = z.string().regex(/^\d+(\.\d+)?$/, 'is not a number')

/** Marks that a template puts on what it makes; playback names the lower ones otherwise. */
export const templateDefinitions = ['LD', 'SD', 'HD', 'FHD', 'OD', '2K', '4K', 'SQ', 'HQ'] as const

/** A template as the manual writes it (appendix "TranscodeTemplate"), with the fields that decide what comes out. */
export const templateSchema = z.looseObject({
  TranscodeTemplateId: z.string(),
  TemplateName: z.string(),
  Definition: z.enum(templateDefinitions),
  Container: z.looseObject({ Format: z.enum(streamFormats) }),
  /** Pixels as text; without a side it follows from the other, without both the source's stay. */
  Video: z.looseObject({
    Codec: z.enum(['H.264', 'H.265']).optional(),
    /** True: audio only. */
    Remove: z.enum(['true', 'false']).optional(),
    Width: numberSchema.optional(),
    Height: numberSchema.optional(),
    Fps: numberSchema.optional(),
    /** False: Width and Height are not the long and the short side. */
    LongShortMode: z.enum(['true', 'false']).optional(),
  }),
  EncryptSetting: z.looseObject({ EncryptType: z.literal('AliyunVoDEncryption') }).optional(),
  WatermarkIds: z.array(z.string()).optional(),
  /** Not a field of the manual's: used for sources without a picture only, as the built-in group's sound is. */
  forAudioOnly: z.boolean().optional(),
})

/** See {@link templateSchema}. */
export type Template = z.output<typeof templateSchema>

export const templateGroupSchema = z.object({
  templateGroupId: z.string(),
  name: z.string(),
  isDefault: z.boolean(),
  /** Locked by the service: cannot be changed. */
  locked: z.boolean(),
  /** In the order in which they are worked through; without any, videos are not transcoded. */
  templates: z.array(templateSchema),
  appId: z.string(),
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link templateGroupSchema}. */
export type TemplateGroup = z.output<typeof templateGroupSchema>

/** Id of the built-in group that does not transcode: the source file is what is played. */
export const NO_TRANSCODE = 'VOD_NO_TRANSCODE'
