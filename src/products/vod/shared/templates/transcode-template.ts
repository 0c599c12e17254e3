/** Transcoding templates as the manual writes them (VOD manual 17.3, "TranscodeTemplate"). What a whole template needs is in template-rules.ts. */

import { z } from 'zod'
import { streamFormats } from '../media/stream.js'
import { packageSetting, subtitle } from './packaging.js'
import { choice, flag, listOf, moment, numeral, structure, words } from './structure.js'

/** `SubtitlePackage` makes no stream, it adds subtitles to what `VideoPackage` templates of its group make. */
export const templateTypes = ['Normal', 'VideoPackage', 'SubtitlePackage'] as const

/** Marks that a template puts on what it makes; playback names the lower ones otherwise. */
export const plainDefinitions = ['LD', 'SD', 'HD', 'FHD', 'OD', '2K', '4K', 'SQ', 'HQ'] as const

/** Marks of the built-in templates of Narrowband HD 1.0. */
export const narrowBandDefinitions = ['LD-NBV1', 'SD-NBV1', 'HD-NBV1', 'FHD-NBV1', '2K-NBV1', '4K-NBV1'] as const

/** `AUTO` is for templates that package. */
export const templateDefinitions = [...plainDefinitions, ...narrowBandDefinitions, 'AUTO'] as const

/** Pixels of a side: without one it follows from the other, without both the source's stay. */
const side = () => numeral({ min: 128, max: 4096, even: true }).optional()

export const videoSettings = structure(() => ({
  Codec: choice(['H.264', 'H.265']).optional(),
  /** True: no picture, audio only. */
  Remove: flag().optional(),
  /** Kbit/s. */
  Bitrate: numeral({ min: 10, max: 50_000 }).optional(),
  Width: side(),
  Height: side(),
  /** Frames per second; default: the source's. */
  Fps: numeral({ above: 0, max: 60 }).optional(),
  /** Frames between two key frames. */
  Gop: numeral({ min: 1, max: 100_000, whole: true }).optional(),
  /** False: Width and Height are not the long and the short side. */
  LongShortMode: flag().optional(),
  /** Quality, the lower the better; with it Bitrate has no effect. */
  Crf: numeral({ min: 0, max: 51 }).optional(),
  /** Has an effect with H.264 only, as Preset. */
  Profile: choice(['baseline', 'main', 'high']).optional(),
  Preset: choice(['veryfast', 'fast', 'medium', 'slow', 'slower']).optional(),
  ScanMode: choice(['interlaced', 'progressive']).optional(),
  /** Kbit. */
  Bufsize: numeral({ min: 1000, max: 128_000 }).optional(),
  /** Kbit/s. */
  Maxrate: numeral({ min: 1000, max: 50_000 }).optional(),
  /** A pixel format as encoders name it; the manual gives two examples and no list. */
  PixFmt: z
    .string()
    .regex(/^[a-z0-9]{1,32}$/, 'is not a pixel format such as yuv420p')
    .optional(),
}))

/** What `dynamic` adjusts the volume to; the manual's table has a number, and its example `auto`. */
const loudness = z.union([z.literal('auto'), numeral({ min: -70, max: -5 })], { error: 'is neither auto nor a number from -70 to -5' })

export const audioSettings = structure(() => ({
  Codec: choice(['AAC', 'MP3'], { anyCase: true }).optional(),
  /** Kbit/s. */
  Bitrate: numeral({ min: 8, max: 1000 }).optional(),
  /** True: no sound. */
  Remove: flag().optional(),
  /** Hz; default: 44100. */
  Samplerate: choice(['22050', '32000', '44100', '48000', '96000']).optional(),
  /** Default: 2. */
  Channels: choice(['1', '2', '4', '5', '6', '8']).optional(),
  /** Has an effect with AAC only. */
  Profile: choice(['aac_low', 'aac_he', 'aac_he_v2', 'aac_ld', 'aac_eld']).optional(),
  Volume: structure(() => ({
    Method: choice(['auto', 'dynamic', 'linear']).optional(),
    /** LUFS; has an effect with `dynamic` only, as the next two. */
    IntegratedLoudnessTarget: loudness.optional(),
    TruePeak: numeral({ min: -9, max: 0 }).optional(),
    LoudnessRangeTarget: numeral({ min: 1, max: 20 }).optional(),
  })).optional(),
}))

const transConfig = structure(() => ({
  TransMode: choice(['onepass', 'twopass', 'CBR']).optional(),
  /** True: what is above the source's is lowered to it. With `…Fail`, which counts more, the transcoding fails. */
  IsCheckReso: flag().optional(),
  IsCheckResoFail: flag().optional(),
  IsCheckVideoBitrate: flag().optional(),
  IsCheckVideoBitrateFail: flag().optional(),
  IsCheckAudioBitrate: flag().optional(),
  IsCheckAudioBitrateFail: flag().optional(),
}))

/** With End, which is the length of the tail that is dropped, Duration has no effect. */
export const clip = structure(() => ({
  TimeSpan: structure(() => ({ Seek: moment(), Duration: moment().optional(), End: moment().optional() })),
}))

/** The path of an output without its extension: `{MediaId}/watermark-{PlayDefinition}`. */
const outputPath = () =>
  z
    .string()
    .max(128, 'has more than 128 characters')
    .regex(/^[0-9A-Za-z{}/_-]+$/, 'holds other characters than letters, digits, {, }, /, - and _')
    .regex(/^\{MediaId\}/, 'does not start with {MediaId}')

/** All that a template can say but its id and definition. Nothing is mandatory here: changes and overrides name what they change. */
export const settings = {
  Type: choice(templateTypes).optional(),
  TemplateName: words(128).optional(),
  Video: videoSettings.optional(),
  Audio: audioSettings.optional(),
  MuxConfig: structure(() => ({
    Segment: structure(() => ({ Duration: numeral({ min: 1, max: 60, whole: true }) })).optional(),
  })).optional(),
  TransConfig: transConfig.optional(),
  TranscodeFileRegular: outputPath().optional(),
  Clip: clip.optional(),
  /** Degrees. */
  Rotate: numeral({ min: 0, max: 360 }).optional(),
  /** Only HLS is encrypted. `Private` is the older name of the same. */
  EncryptSetting: structure(() => ({ EncryptType: choice(['AliyunVoDEncryption', 'Private']) })).optional(),
  PackageSetting: packageSetting.optional(),
  /** Subtitles that become part of the picture. */
  SubtitleList: listOf(subtitle, { max: 20 }).optional(),
  /** `USER_DEFAULT_WATERMARK` stands for the default watermark. */
  WatermarkIds: listOf(words(64)).optional(),
  CopyrightMark: structure(() => ({ Content: words(1024).optional() })).optional(),
  TraceMark: structure(() => ({
    Enable: flag()
      .transform((text) => text === 'true')
      .optional(),
  })).optional(),
} as const

const container = structure(() => ({ Format: choice(streamFormats, { anyCase: true }) }))

const definition = choice(templateDefinitions)

/** A template as a call writes it: one that is to be added, changed, or overridden. */
export const templateRequest = structure(() => ({
  ...settings,
  TranscodeTemplateId: words(64).optional(),
  Definition: definition.optional(),
  Container: container.optional(),
}))

/** See {@link templateRequest}. */
export type TemplateRequest = z.output<typeof templateRequest>

/** A template of a group. */
export const templateSchema = z.object({
  ...settings,
  TranscodeTemplateId: z.string(),
  TemplateName: z.string(),
  Definition: definition,
  Container: container,
  Video: videoSettings.default({}),
  /** Not a field of the manual's: used for sources without a picture only, as the built-in group's sound is. */
  forAudioOnly: z.boolean().optional(),
})

/** See {@link templateSchema}. */
export type Template = z.output<typeof templateSchema>

/** Whether audio and video parameters are those of Narrowband HD 1.0, which cannot be changed. */
export const isNarrowBand = ({ Definition }: { Definition?: Template['Definition'] | undefined }): boolean =>
  (narrowBandDefinitions as readonly string[]).includes(Definition ?? '')
