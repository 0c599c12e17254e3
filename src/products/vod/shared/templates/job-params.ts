/** What a transcoding job has otherwise than its templates (VOD manual 17.2, 17.3: "EncryptConfig", "OverrideParams"). */

import { z } from 'zod'
import { charEncodes, language } from './packaging.js'
import { address, choice, listOf, structure, words } from './structure.js'
import { templateRequest } from './transcode-template.js'

/** The key of HLS standard encryption. */
export const encryptConfig = structure(() => ({
  CipherText: words(4096),
  /** Answers the key that CipherText stands for. */
  DecryptKeyUri: address(),
  /** The manual has it mandatory, with a default. */
  KeyServiceType: choice(['KMS']).default('KMS'),
}))

/** See {@link encryptConfig}. */
export type EncryptConfig = z.output<typeof encryptConfig>

/** Id of the template and language find the track whose subtitles are to be others. The manual's table has a list of this, its example one. */
const packageSubtitleSetting = z.preprocess(
  (value) => (Array.isArray(value) ? { PackageSubtitleList: value.flatMap((each) => each?.PackageSubtitleList ?? []) } : value),
  structure(() => ({
    PackageSubtitleList: listOf(structure(() => ({ SubtitlePackageTemplateId: words(64), Language: language(), SubtitleUrl: address() }))),
  })),
)

export const overrideParams = structure(() => ({
  /** Other images and texts for watermarks of the template. */
  Watermarks: listOf(
    structure(() => ({ WatermarkId: words(64), FileUrl: address().optional(), Content: words(1024).optional() })),
  ).optional(),
  SubtitleSetting: structure(() => ({
    SubtitleList: listOf(structure(() => ({ SubtitleUrl: address(), CharEncode: choice(charEncodes, { anyCase: true }) }))),
  })).optional(),
  PackageSubtitleSetting: packageSubtitleSetting.optional(),
  /** Video, Audio, Clip, Rotate and TranscodeFileRegular of templates, by TranscodeTemplateId; what else they say has no effect. */
  TranscodeTemplateList: listOf(templateRequest).optional(),
}))

/** See {@link overrideParams}. */
export type OverrideParams = z.output<typeof overrideParams>
