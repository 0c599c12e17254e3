/** Making videos from material (videoenhan manual, chapter 6). */

import { boolean, float, integer, oneOf, text } from '../../../params/scalars.js'
import { repeatedObject, url } from '../../../params/structures.js'
import { perMinute } from '../../../usage/billing.js'
import { type BrokenRule, defineMediaAction } from '../common/async.js'
import { checkFormat, extensionOf, type Media, madeFrom } from '../common/media.js'
import { GIGABYTE, OUTPUT_SIDE } from './limits.js'
import { videoenhan } from './service.js'
import { buckets, byChinaHour, type OutputTarget, storeCover, storeVideo } from './store.js'

/**
 * What GenerateVideo takes of each type of file: how many, in which formats (the manual has one list for all), and the format that a
 * name without suffix stands for.
 */
const material = {
  video: { most: 5, formats: ['MP4', 'AVI', 'MKV', 'MOV'], suffixless: 'MP4' },
  image: { most: 40, formats: ['JPG', 'PNG', 'BMP'], suffixless: undefined },
  audio: { most: 1, formats: ['MP3', 'WAV'], suffixless: 'MP3' },
} as const

/** Files of all types. */
const MAX_FILES = Object.values(material).reduce((sum, { most }) => sum + most, 0)

type MaterialType = keyof typeof material

const types = Object.keys(material) as MaterialType[]

/** One file of the material. */
interface MaterialFile {
  Type: MaterialType
  FileUrl: string
  FileName: string
}

/** The videos count for no more than this many seconds in all; what goes beyond is dropped. */
const MAX_VIDEO_SECONDS = 180

/** Seconds: a year. The manual sets no upper bound, but numbers without end would spoil every sum. */
const LONGEST = 365 * 86_400

const place: OutputTarget = { bucket: buckets.video, name: byChinaHour('video-gen') }

export const generateVideo = defineMediaAction(videoenhan, 'GenerateVideo', {
  summary: 'Makes a short marketing video from videos, images and music.',
  source: 'videoenhan manual 6.1',
  input: () => ({
    Scene: oneOf(['costume', 'general', 'keeporder']).default('costume'),
    Width: integer(OUTPUT_SIDE).optional(),
    Height: integer(OUTPUT_SIDE).optional(),
    Style: oneOf(['normal', 'fast', 'slow']).default('normal'),
    Duration: float({ max: LONGEST, ownLimit: true }).default(20),
    DurationAdaption: boolean().optional(),
    // The manual announces 15 styles and lists these 14.
    TransitionStyle: oneOf([
      'basic',
      'slow',
      'fast',
      'normal',
      'ink',
      'glitch',
      'shift',
      'mosaic',
      'shutter',
      'zoom',
      'mask',
      'brush',
      'wind',
      'smog',
    ]).optional(),
    SmartEffect: boolean().default(true),
    PuzzleEffect: boolean().default(false),
    Mute: boolean().default(false),
    FileList: repeatedObject({ Type: oneOf(types), FileUrl: url(), FileName: text() }, { maxItems: MAX_FILES }),
  }),
  files: ({ FileList }) =>
    FileList.map(({ Type, FileUrl }, index) => ({
      param: `FileList.${index + 1}.FileUrl`,
      url: FileUrl,
      limits: { formats: material[Type].formats, maxBytes: GIGABYTE },
    })),
  billing: perMinute('output', 0.8),
  check({ Duration, DurationAdaption, FileList }) {
    // No length at all only matters where the length is used.
    if (!DurationAdaption && Duration <= 0) return { param: 'Duration', violation: 'value', reason: 'is not more than 0' }
    return checkCounts(FileList) ?? checkNames(FileList, [])
  },
  checkMedia: ({ input: { FileList }, files }) => checkNames(FileList, files),
  output({ input: { Width, Height, Duration, DurationAdaption, FileList }, media, files }) {
    return madeFrom(media, {
      width: Width ?? Height ?? 750,
      height: Height ?? Width ?? 750,
      duration: DurationAdaption ? adapted(FileList, files) : Duration,
      framesPerSecond: 25,
    })
  },
  // The manual's example has the two URLs the other way round.
  async result(finished) {
    return { VideoCoverUrl: await storeCover(finished, place), VideoUrl: await storeVideo(finished, place) }
  },
})

function checkCounts(list: readonly MaterialFile[]): BrokenRule | undefined {
  const broken = (reason: string): BrokenRule => ({ param: 'FileList', violation: 'value', reason })
  for (const type of types) {
    const count = list.filter(({ Type }) => Type === type).length
    const { most } = material[type]
    if (count > most) return broken(`has ${count} files of type ${type}, and at most ${most} are allowed`)
  }
  return list.every(({ Type }) => Type === 'audio') ? broken('has neither a video nor an image') : undefined
}

/** Every file needs a name with its suffix but MP4 videos and MP3 music; what format a file has is known once it is opened. */
function checkNames(list: readonly MaterialFile[], files: readonly Media[]): BrokenRule | undefined {
  for (const [index, { Type, FileName }] of list.entries()) {
    const { formats, suffixless } = material[Type]
    const suffix = extensionOf(FileName)
    if (suffix !== undefined && checkFormat(suffix, formats) === undefined) continue
    const format = files[index]?.format ?? suffixless
    if (suffixless === undefined || format !== suffixless)
      return {
        param: `FileList.${index + 1}.FileName`,
        violation: 'value',
        reason: `does not end in ${formats.map((each) => `.${each.toLowerCase()}`).join(', ')}; only MP4 videos and MP3 music need no suffix`,
      }
  }
  return undefined
}

/** Seconds that an image is shown. */
const IMAGE_SECONDS = 3

/** A length that suits the material; the manual does not say how it is found. */
function adapted(list: readonly MaterialFile[], files: readonly Media[]): number {
  const seconds = { video: 0, image: 0, audio: 0 }
  for (const [index, { Type }] of list.entries()) seconds[Type] += Type === 'image' ? IMAGE_SECONDS : (files[index]?.duration ?? 0)
  return Math.min(seconds.video, MAX_VIDEO_SECONDS) + seconds.image
}
