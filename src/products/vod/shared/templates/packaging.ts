/** Packaging into adaptive bitrate streams, and subtitles (VOD manual 17.3, "PackageSetting", "SubtitleConfig"). */

import { address, choice, listOf, numeral, structure, words } from './structure.js'

/** A tag of a language (RFC 5646): `en-US`. */
export const language = () =>
  words(35).refine((value) => /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(value), 'is not a language such as en-US')

export const charEncodes = ['auto', 'UTF-8', 'GBK', 'BIG5'] as const

/** A file of subtitles, in OSS. */
export const subtitle = structure(
  () => ({
    SubtitleUrl: address('srt', 'ass'),
    /** Default: UTF-8. */
    CharEncode: choice(charEncodes, { anyCase: true }).optional(),
  }),
  // The table of SubtitleConfig has this name; its example, and all that is about subtitles elsewhere, the other.
  { CharEnc: 'CharEncode' },
)

/** A track of subtitles in what is packaged; its one file is in the bucket that came with the service. */
const subtitleTrack = structure(() => ({
  SubtitleUrlList: listOf(address('vtt'), { min: 1, max: 1 }),
  Language: language(),
  Format: choice(['vtt'], { anyCase: true }),
  /** What players call the track. */
  Name: words(128),
}))

/** `DASHPackage` is named in the manual, and not supported. */
export const packageSetting = structure(() => ({
  PackageType: choice(['HLSPackage']),
  /** Bits per second, at most. */
  PackageConfig: structure(() => ({ BandWidth: numeral({ above: 0, whole: true }) })).optional(),
  SubtitleExtractConfigList: listOf(subtitleTrack, { max: 20 }).optional(),
}))
