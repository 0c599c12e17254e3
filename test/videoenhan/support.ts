/** A world with jobs of videoenhan, and what the manual says of its Actions: example calls, parameters, input files. */

import type { ParamValue } from '../../src/http/flatten-params.js'
import type { Asset } from '../../src/index.js'
import { type CallOptions, testCloud } from '../support/cloud.js'

export type Params = { readonly [name: string]: ParamValue }

/** How long a job takes that nothing holds up, and longer than any takes: milliseconds. */
const USUAL = 5000
const LONG = 2 * 3_600_000

/** A cloud with a function that submits a job and sees it through. */
export function jobWorld(options: Parameters<typeof testCloud>[0] = {}) {
  const world = testCloud(options)
  const { call, account } = world
  const declare = (url: string, facts: Partial<Asset>): Promise<unknown> => account.putAssets([{ ...facts, url }])
  /** Calls an Action; what it is refused with, or what GetAsyncJobResult says of its job in the end. */
  const outcome = async (
    action: string,
    params: Params,
    callOptions?: CallOptions,
    // biome-ignore lint/suspicious/noExplicitAny: the data have a shape per outcome
  ): Promise<any> => {
    const { status, body } = await call(`videoenhan.${action}`, params, callOptions)
    if (status !== 200) return { refused: body.Code as string, message: body.Message as string }
    const poll = async () => (await call('videoenhan.GetAsyncJobResult', { JobId: body.RequestId })).body.Data
    await account.clock.advance(USUAL)
    const data = await poll()
    if (data.Status !== 'PROCESSING') return data
    await account.clock.advance(LONG)
    return poll()
  }
  /** What a job made; throws for one that failed. */
  const made = async (action: string, params: Params): Promise<Record<string, string>> => {
    const data = await outcome(action, params)
    if (data.Status !== 'PROCESS_SUCCESS') throw new Error(JSON.stringify(data))
    return JSON.parse(data.Result)
  }
  return { ...world, declare, outcome, made }
}

/** Where the manual's examples have their files. */
export const fileUrl = (path: string): string => `http://viapi-test.oss-cn-shanghai.aliyuncs.com/viapi-3.0domepic/videoenhan/${path}`

/** Width and height strictly (`open`) or at most (`closed`) between bounds. */
interface PixelRange {
  from: readonly [width: number, height: number]
  to: readonly [width: number, height: number]
  bounds: 'open' | 'closed'
}

/** What the manual says of one Action. */
interface Manual {
  /** Its example call, which is right in every respect. */
  example: Params
  required: readonly string[]
  /** Whole numbers and their limits. */
  integers?: Readonly<Record<string, readonly [min: number, max: number]>>
  /** Numbers and their limits. */
  floats?: Readonly<Record<string, readonly [min: number, max: number]>>
  enums?: Readonly<Record<string, readonly string[]>>
  booleans?: readonly string[]
  urls: readonly string[]
  /** Parameters that take further rules, which have tests of their own. */
  others?: readonly string[]
  /** What stands in the result. */
  result: readonly string[]
  /** Demands on the file in a parameter. */
  files: Readonly<Record<string, { formats: string; maxBytes: number; pixels?: PixelRange; atMost1080p?: true }>>
}

const GB = 1024 ** 3
const MB = 1024 ** 2
const VIDEO_8 = 'MP4 AVI MKV MOV FLV TS MPG MXF'
const SIDE = [32, 2160] as const
const BIT_RATE = [8, 200] as const
const SHARE = [0, 1] as const

export const manual: Readonly<Record<string, Manual>> = {
  AbstractEcommerceVideo: {
    example: { VideoUrl: fileUrl('AbstractEcommerceVideo/AbstractEcommerceVideo1.mp4'), Duration: '5.0', Width: 480, Height: 480 },
    required: ['VideoUrl', 'Duration'],
    integers: { Width: SIDE, Height: SIDE },
    urls: ['VideoUrl'],
    others: ['Duration'],
    result: ['VideoCoverUrl', 'VideoUrl'],
    files: { VideoUrl: { formats: 'MP4 AVI MKV MOV', maxBytes: GB } },
  },
  AbstractFilmVideo: {
    example: { VideoUrl: fileUrl('AbstractFilmVideo/AbstractFilmVideo1.mp4'), Length: 5 },
    required: ['VideoUrl', 'Length'],
    urls: ['VideoUrl'],
    others: ['Length'],
    result: ['VideoUrl'],
    files: { VideoUrl: { formats: 'MP4 AVI MOV FLV MXF', maxBytes: GB } },
  },
  EraseVideoSubtitles: {
    example: {
      VideoUrl: fileUrl('EraseVideoSubtitles/EraseVideoSubtitles1.mp4'),
      BX: '0.0',
      BY: '0.75',
      BW: '1.0',
      BH: '0.25',
    },
    required: ['VideoUrl'],
    floats: { BX: SHARE, BY: SHARE, BW: SHARE, BH: SHARE },
    urls: ['VideoUrl'],
    result: ['VideoUrl'],
    files: { VideoUrl: { formats: 'MP4', maxBytes: GB, atMost1080p: true } },
  },
  EraseVideoLogo: {
    example: { VideoUrl: fileUrl('EraseVideoLogo/EraseVideoLogo1.mp4'), Boxes: '[{"W":1.0,"H":1.0,"Y":0.0,"X":0.0}]' },
    required: ['VideoUrl'],
    floats: { 'Boxes.1.W': SHARE, 'Boxes.1.H': SHARE, 'Boxes.1.Y': SHARE, 'Boxes.1.X': SHARE },
    urls: ['VideoUrl'],
    result: ['VideoUrl'],
    files: { VideoUrl: { formats: 'MP4', maxBytes: GB, atMost1080p: true } },
  },
  ChangeVideoSize: {
    example: {
      VideoUrl: fileUrl('ChangeVideoSize/ChangeVideoSize1.mp4'),
      Width: 600,
      Height: 1000,
      CropType: 'smart',
      FillType: 'image',
      Tightness: '0.5',
      R: 0,
      G: 0,
      B: 0,
    },
    required: ['VideoUrl', 'Width', 'Height'],
    integers: { Width: SIDE, Height: SIDE, R: [0, 255], G: [0, 255], B: [0, 255] },
    floats: { Tightness: SHARE },
    enums: { CropType: ['smart', 'fill', 'cut'], FillType: ['image', 'color', 'stretch'] },
    urls: ['VideoUrl'],
    result: ['VideoCoverUrl', 'VideoUrl'],
    files: { VideoUrl: { formats: 'MP4 AVI MOV FLV', maxBytes: GB } },
  },
  MergeVideoFace: {
    example: {
      VideoURL: fileUrl('MergeVideoFace/MergeVideoFace1.mp4'),
      PostURL: '',
      ReferenceURL: fileUrl('MergeVideoFace/MergeVideoFace-pic1.png'),
    },
    required: ['VideoURL', 'ReferenceURL'],
    urls: ['VideoURL', 'PostURL', 'ReferenceURL'],
    result: ['VideoURL'],
    files: {
      VideoURL: {
        formats: 'MP4 AVI MKV MOV FLV TS MPG',
        maxBytes: 120 * MB,
        pixels: { from: [360, 360], to: [1920, 1280], bounds: 'open' },
      },
      ReferenceURL: { formats: 'JPEG JPG PNG BMP', maxBytes: 3 * MB, pixels: { from: [128, 128], to: [2000, 2000], bounds: 'open' } },
      PostURL: { formats: 'JPEG JPG PNG BMP', maxBytes: 3 * MB, pixels: { from: [128, 128], to: [2000, 2000], bounds: 'open' } },
    },
  },
  EnhanceVideoQuality: {
    example: {
      VideoURL: 'https://invi-label.oss-cn-shanghai.aliyuncs.com/label/temp/faceswap/test_for_api/xxxx.mp4',
      OutPutWidth: 200,
      OutPutHeight: 200,
      FrameRate: 50,
      HDRFormat: 'PQ',
      MaxIlluminance: 600,
      Bitrate: 20,
    },
    required: ['VideoURL'],
    integers: { OutPutWidth: [180, 7680], OutPutHeight: [180, 4320], FrameRate: [1, 120], Bitrate: BIT_RATE },
    enums: { HDRFormat: ['PQ', 'HLG'] },
    urls: ['VideoURL'],
    others: ['MaxIlluminance'],
    result: ['VideoURL'],
    files: { VideoURL: { formats: VIDEO_8, maxBytes: GB } },
  },
  SuperResolveVideo: {
    example: { VideoUrl: fileUrl('SuperResolveVideo/SuperResolveVideo2.mp4'), BitRate: 5 },
    required: ['VideoUrl'],
    integers: { BitRate: [1, 100] },
    urls: ['VideoUrl'],
    result: ['VideoUrl'],
    files: { VideoUrl: { formats: VIDEO_8, maxBytes: GB, pixels: { from: [360, 360], to: [1920, 1080], bounds: 'open' } } },
  },
  InterpolateVideoFrame: {
    example: { VideoURL: fileUrl('InterpolateVideoFrame/InterpolateVideoFrame3.mp4'), FrameRate: 70, Bitrate: 30 },
    required: ['VideoURL'],
    integers: { FrameRate: [1, 120], Bitrate: BIT_RATE },
    urls: ['VideoURL'],
    result: ['VideoURL'],
    files: { VideoURL: { formats: VIDEO_8, maxBytes: GB, pixels: { from: [360, 360], to: [1920, 1080], bounds: 'closed' } } },
  },
  ToneSdrVideo: {
    example: {
      VideoURL: 'https://invi-label.oss-cn-shanghai.aliyuncs.com/label/temp/faceswap/test_for_api/xxxx.mp4',
      Bitrate: 30,
      RecolorModel: 'auto_l2',
    },
    required: ['VideoURL'],
    integers: { Bitrate: BIT_RATE },
    enums: { RecolorModel: ['auto_l1', 'auto_l2'] },
    urls: ['VideoURL'],
    result: ['VideoURL'],
    files: { VideoURL: { formats: VIDEO_8, maxBytes: GB, pixels: { from: [360, 360], to: [3840, 2160], bounds: 'closed' } } },
  },
  AdjustVideoColor: {
    example: {
      VideoUrl: fileUrl('AdjustVideoColor/AdjustVideoColor1.mp4'),
      VideoBitrate: 20,
      VideoCodec: 'h264',
      VideoFormat: 'mp4',
      Mode: 'LogC',
    },
    required: ['VideoUrl'],
    integers: { VideoBitrate: BIT_RATE },
    enums: { VideoCodec: ['h264', 'hevc', 'prores'], VideoFormat: ['mp4', 'mov'], Mode: ['LogC', 'Rec709'] },
    urls: ['VideoUrl'],
    result: ['VideoUrl'],
    files: { VideoUrl: { formats: VIDEO_8, maxBytes: GB } },
  },
  ConvertHdrVideo: {
    example: {
      VideoURL: 'https://invi-label.oss-cn-shanghai.aliyuncs.com/label/temp/faceswap/test_for_api/xxxx.mp4',
      HDRFormat: 'HLG',
      MaxIlluminance: 1000,
      Bitrate: 30,
    },
    required: ['VideoURL'],
    integers: { MaxIlluminance: [500, 1000], Bitrate: BIT_RATE },
    enums: { HDRFormat: ['PQ', 'HLG'] },
    urls: ['VideoURL'],
    result: ['VideoURL'],
    files: { VideoURL: { formats: VIDEO_8, maxBytes: GB, pixels: { from: [360, 360], to: [3840, 2160], bounds: 'closed' } } },
  },
  GenerateVideo: {
    example: {
      Scene: 'costume',
      Width: 640,
      Height: 640,
      Style: 'fast',
      Duration: '10.0',
      DurationAdaption: true,
      TransitionStyle: 'brush',
      SmartEffect: true,
      PuzzleEffect: true,
      Mute: true,
      FileList: `[{"Type":"video","FileUrl":"${fileUrl('GenerateVideo/1-video1.mp4')}","FileName":"1-video1.mp4"}]`,
    },
    required: ['FileList'],
    integers: { Width: SIDE, Height: SIDE },
    enums: {
      Scene: ['costume', 'general', 'keeporder'],
      Style: ['normal', 'fast', 'slow'],
      TransitionStyle: 'basic slow fast normal ink glitch shift mosaic shutter zoom mask brush wind smog'.split(' '),
    },
    booleans: ['DurationAdaption', 'SmartEffect', 'PuzzleEffect', 'Mute'],
    urls: [],
    others: ['Duration', 'FileList.1.Type', 'FileList.1.FileUrl', 'FileList.1.FileName'],
    result: ['VideoCoverUrl', 'VideoUrl'],
    files: {},
  },
}

/** Rows `[Action, what the manual says]`, for tables of tests. */
export const actions = Object.entries(manual)

/** The example call of an Action with something changed; what is undefined is left out. */
export const exampleOf = (action: string, changes: Params = {}): Params => {
  // A flat name takes the place of the JSON document that the example has.
  const flat = Object.keys(changes).map((name) => name.split('.', 1)[0] as string)
  const kept = Object.entries(manual[action]?.example ?? {}).filter(([name]) => !flat.includes(name))
  return { ...Object.fromEntries(kept), ...changes }
}
