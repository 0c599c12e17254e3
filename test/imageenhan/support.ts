/** A world with pictures, and what the manual says of the Actions of imageenhan: example calls, parameters, input images. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Region } from 'sharp'
import { afterAll, afterEach } from 'vitest'
import type { ParamValue } from '../../src/http/flatten-params.js'
import type { Asset, Cloud, Reply } from '../../src/index.js'
import { download, testCloud } from '../support/cloud.js'

export type Params = { readonly [name: string]: ParamValue }

/** Worlds for the tests of a file: clouds end with each test, files of images with the last. */
export function useImageWorlds() {
  const folder = mkdtempSync(join(tmpdir(), 'imageenhan-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  let files = 0

  const clouds = new Set<Cloud>()
  afterEach(() => {
    for (const cloud of clouds) cloud.dispose()
    clouds.clear()
  })

  /** A cloud with functions that declare images, call Actions and look at what came of them. */
  function imageWorld(options: Parameters<typeof testCloud>[0] = {}) {
    const bugs: unknown[] = []
    const world = testCloud({ onBug: (error) => bugs.push(error), ...options })
    const { call, account, cloud } = world
    clouds.add(cloud)
    const declare = (url: string, facts: Partial<Asset>): Promise<unknown> => account.putAssets([{ ...facts, url }])
    /** Declares an image with these bytes, and returns its URL. */
    const put = async (name: string, bytes: Uint8Array, facts: Partial<Asset> = {}): Promise<string> => {
      const file = join(folder, `${files++}-${name}`)
      writeFileSync(file, bytes)
      const url = `http://pictures.oss-cn-shanghai.aliyuncs.com/${name}`
      await declare(url, { ...facts, file })
      return url
    }
    /** Code with which a call is refused, or `ok`. An error that no service documents is thrown. */
    const codeOf = async (action: string, params: Params): Promise<string> => {
      const { status, body } = await call(`imageenhan.${action}`, params)
      if (bugs.length > 0) throw bugs[0]
      return status === 200 ? 'ok' : body.Code
    }
    /** `Data` of a call that succeeds; of an asynchronous one, what its job made. */
    // biome-ignore lint/suspicious/noExplicitAny: the data have a shape per Action
    const data = async (action: string, params: Params): Promise<any> => {
      const { status, body } = await call(`imageenhan.${action}`, params)
      if (status !== 200) throw new Error(JSON.stringify({ body, bugs }))
      if (body.Data) return body.Data
      await account.clock.advance(5000)
      const job = await call('imageenhan.GetAsyncJobResult', { JobId: body.RequestId })
      if (job.body.Data.Status !== 'PROCESS_SUCCESS') throw new Error(JSON.stringify(job.body))
      return JSON.parse(job.body.Data.Result)
    }
    /** The bytes of a result, and what they say of themselves. */
    const look = async (url: string) => {
      const reply = await download(cloud, url)
      const bytes = await bytesOf(reply)
      const { status, headers } = reply
      if (status !== 200) throw new Error(String(bytes))
      const isBmp = bytes.toString('latin1', 0, 2) === 'BM'
      const isAvi = bytes.toString('latin1', 8, 12) === 'AVI '
      const shown = isBmp
        ? { format: 'bmp', width: bytes.readInt32LE(18), height: bytes.readInt32LE(22) }
        : isAvi
          ? { format: 'avi', width: bytes.readUInt32LE(64), height: bytes.readUInt32LE(68) }
          : await sharp(bytes).metadata()
      return { bytes, contentType: headers['content-type'], format: shown.format, width: shown.width, height: shown.height }
    }
    return { ...world, declare, put, codeOf, data, look }
  }

  return { imageWorld }
}

/** The body of a reply, whether it comes at once or piece by piece. */
export async function bytesOf({ body, stream }: Reply): Promise<Buffer> {
  const pieces: Uint8Array[] = stream ? [] : [Buffer.from(body)]
  for await (const piece of stream ?? []) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Mean of red, green and blue of an image file. */
export async function meanColour(bytes: Uint8Array, region?: Region): Promise<[number, number, number]> {
  const image = sharp(bytes).removeAlpha()
  const { channels } = await sharp(await (region ? image.extract(region) : image).png().toBuffer()).stats()
  return channels.map(({ mean }) => mean) as [number, number, number]
}

/** An image file of one colour. */
export const flat = (
  width: number,
  height: number,
  background: string,
  format: 'png' | 'jpeg' | 'webp' | 'tiff' = 'png',
): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()

/** A drawn landscape: sky, sun, hills and fine grass; as PNG. */
export async function landscape(width: number, height: number): Promise<Buffer> {
  const grass = Array.from(
    { length: 120 },
    (_, blade) => `<path d="M${blade * 5} 400 l2 -${20 + ((blade * 37) % 30)} l2 40" fill="#2f4f2f"/>`,
  )
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 600 400" preserveAspectRatio="none">
    <rect width="600" height="400" fill="#79b4e0"/><circle cx="420" cy="110" r="45" fill="#f2d060"/>
    <path d="M0 400 L150 190 L300 400Z" fill="#4c6b4c"/><path d="M200 400 L380 230 L600 400Z" fill="#6a8a56"/>${grass.join('')}</svg>`
  return sharp(Buffer.from(drawing)).flatten().png().toBuffer()
}

/** Where the manual's examples have their images. */
export const fileUrl = (path: string): string => `http://viapi-test.oss-cn-shanghai.aliyuncs.com/viapi-3.0domepic/imageenhan/${path}`

/** A bound of width and height; `closed`: what lies on it is inside. */
type Bound = readonly [width: number, height: number, kind: 'open' | 'closed']

/** What the manual demands of an image. */
interface FileRules {
  formats: string
  maxBytes: number
  /** True: a file of exactly `maxBytes` is too large. */
  below?: true
  min?: Bound
  max?: Bound
  channels?: readonly number[]
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
  /** Parameters that take further rules, which have tests of their own. */
  others?: readonly string[]
  /** Demands on the image in a parameter; these are the parameters that hold URLs. */
  files: Readonly<Record<string, FileRules>>
  /** Result images in `Data`: format, width and height for an example image of 800 x 600, which is what an unknown one is taken to be. */
  images?: Readonly<Record<string, readonly [format: string, width: number, height: number]>>
  /** Numbers in `Data`, and what they lie between. */
  scores?: Readonly<Record<string, readonly [min: number, max: number]>>
  /** How many images are in `Data.ImageList`, and their format. */
  list?: readonly [count: number, format: string]
}

const MB = 1024 ** 2
const SHARE = [0, 1] as const

export const manual: Readonly<Record<string, Manual>> = {
  ExtendImageStyle: {
    example: { StyleUrl: fileUrl('ExtendImageStyle/ExtendImageStyle6.jpg'), MajorUrl: fileUrl('ExtendImageStyle/ExtendImageStyle1.jpg') },
    required: ['StyleUrl', 'MajorUrl'],
    files: {
      StyleUrl: { formats: 'JPEG JPG BMP PNG', maxBytes: 3 * MB, max: [1200, 1200, 'open'], channels: [3] },
      MajorUrl: { formats: 'JPEG JPG BMP PNG', maxBytes: 3 * MB, max: [1200, 1200, 'open'], channels: [3] },
    },
    images: { Url: ['png', 800, 600] },
  },
  RecolorImage: {
    example: { ColorCount: 3, Url: fileUrl('RecolorImage/RecolorImage-REF_PIC1.jpg') },
    required: ['Url'],
    integers: { ColorCount: [1, 8] },
    enums: { Mode: ['AUTO', 'TEMPLATE', 'REF_PIC'] },
    others: ['RefUrl', 'ColorTemplate.1.Color'],
    files: {
      Url: {
        formats: 'JPEG JPG PNG BMP',
        maxBytes: 3 * MB,
        min: [64, 64, 'open'],
        max: [1200, 1200, 'open'],
        channels: [3, 4],
      },
    },
    list: [3, 'png'],
  },
  MakeSuperResolutionImage: {
    example: { Url: fileUrl('MakeSuperResolutionImage/MakeSuperResolutionImage5.png'), Mode: 'base', UpscaleFactor: 2 },
    required: ['Url'],
    integers: { UpscaleFactor: [1, 4], OutputQuality: [1, 100] },
    enums: { Mode: ['base', 'enhancement'], OutputFormat: ['png', 'jpg', 'bmp'] },
    files: { Url: { formats: 'JPEG JPG PNG BMP WEBP', maxBytes: 3 * MB, min: [32, 32, 'open'], max: [1920, 1080, 'open'] } },
    images: { Url: ['png', 1600, 1200] },
  },
  GenerateDynamicImage: {
    example: {
      Operation: '11',
      Url: 'https://vigen-invi.oss-cn-shanghai.aliyuncs.com/temp/xl/dynamicPhoto/viapi_test_images/xxxx.jpg',
    },
    required: ['Url', 'Operation'],
    enums: { Operation: ['1', '01', '10', '11'] },
    files: { Url: { formats: 'JPG JPEG BMP PNG', maxBytes: 3 * MB, min: [32, 32, 'open'], max: [2000, 2000, 'open'] } },
    images: { Url: ['avi', 240, 136] },
  },
  RecolorHDImage: {
    example: {
      Url: fileUrl('RecolorHDImage/RecolorHDImage-auto1.jpg'),
      Mode: 'REF_PIC',
      RefUrl: fileUrl('RecolorHDImage/RecolorHDImage-REF_PIC6.jpg'),
      ColorCount: 2,
      Degree: '0.4',
      ColorTemplate: '[{"Color":"[3F6A6B,0A0A6F]"}]',
    },
    required: ['Url', 'Degree'],
    integers: { ColorCount: [1, 8] },
    floats: { Degree: SHARE },
    enums: { Mode: ['AUTO', 'TEMPLATE', 'REF_PIC'] },
    others: ['ColorTemplate.1.Color'],
    files: {
      Url: { formats: 'PNG JPG JPEG', maxBytes: 3 * MB, below: true, min: [64, 64, 'open'], max: [10_000, 10_000, 'open'], channels: [3] },
      RefUrl: {
        formats: 'PNG JPG JPEG',
        maxBytes: 3 * MB,
        below: true,
        min: [64, 64, 'open'],
        max: [10_000, 10_000, 'open'],
        channels: [3],
      },
    },
    list: [1, 'jpeg'],
  },
  EnhanceImageColor: {
    example: { ImageURL: fileUrl('EnhanceImageColor/EnhanceImageColor1.jpg'), OutputFormat: 'png', Mode: 'LogC' },
    required: ['ImageURL', 'OutputFormat', 'Mode'],
    enums: { OutputFormat: ['png', 'jpg'], Mode: ['LogC', 'Rec709', 'ln17_256'] },
    files: { ImageURL: { formats: 'JPG PNG BMP', maxBytes: 3 * MB, below: true } },
    images: { ImageURL: ['png', 800, 600] },
  },
  ColorizeImage: {
    example: { ImageURL: fileUrl('ColorizeImage/ColorizeImage1.jpg') },
    required: ['ImageURL'],
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG', maxBytes: 10 * MB, max: [3000, 3000, 'open'] } },
    images: { ImageURL: ['jpeg', 800, 600] },
  },
  ChangeImageSize: {
    example: { Height: 600, Url: fileUrl('ChangeImageSize/ChangeImageSize5.jpg'), Width: 800 },
    required: ['Width', 'Height', 'Url'],
    integers: { Width: [1, 10_000], Height: [1, 10_000] },
    files: { Url: { formats: 'JPEG JPG PNG BMP WEBP', maxBytes: 3.5 * MB, max: [2000, 2000, 'closed'], channels: [3] } },
    images: { Url: ['png', 800, 600] },
  },
  IntelligentComposition: {
    example: { ImageURL: fileUrl('IntelligentComposition/IntelligentComposition3.jpg'), NumBoxes: 5 },
    required: ['ImageURL'],
    others: ['NumBoxes'],
    files: { ImageURL: { formats: 'JPEG JPG PNG BMP WEBP', maxBytes: 3 * MB, below: true, min: [32, 32, 'open'] } },
  },
  ImitatePhotoStyle: {
    example: {
      StyleUrl: fileUrl('ImitatePhotoStyle/ImitatePhotoStyle7.jpg'),
      ImageURL: fileUrl('ImitatePhotoStyle/ImitatePhotoStyle1.jpg'),
    },
    required: ['StyleUrl', 'ImageURL'],
    files: {
      StyleUrl: { formats: 'JPG JPEG PNG', maxBytes: 3 * MB, below: true, min: [32, 32, 'open'], max: [3000, 3000, 'open'] },
      ImageURL: { formats: 'JPG JPEG PNG', maxBytes: 3 * MB, below: true, min: [32, 32, 'open'], max: [3000, 3000, 'open'] },
    },
    images: { ImageURL: ['jpeg', 800, 600] },
  },
  RemoveImageSubtitles: {
    example: { ImageURL: fileUrl('RemoveImageSubtitles/RemoveImageSubtitles1.jpg') },
    required: ['ImageURL'],
    floats: { BX: SHARE, BY: SHARE, BW: SHARE, BH: SHARE },
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG WEBP', maxBytes: 3 * MB } },
    images: { ImageURL: ['jpeg', 800, 600] },
  },
  RemoveImageWatermark: {
    example: { ImageURL: fileUrl('RemoveImageWatermark/RemoveImageWatermark3.jpg') },
    required: ['ImageURL'],
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG WEBP', maxBytes: 3 * MB } },
    images: { ImageURL: ['jpeg', 800, 600] },
  },
  ImageBlindPicWatermark: {
    example: {
      FunctionType: 'encode_pic',
      LogoURL: 'https://viapi-test.oss-cn-shanghai.aliyuncs.com/test-team/xxxxx.jpg',
      WatermarkImageURL: 'https://viapi-doc.oss-cn-shanghai.aliyuncs.com/imageenhan/xxxxx.jpg',
      OutputFileType: 'jpg',
      QualityFactor: 100,
      OriginImageURL: 'https://viapi-test.oss-cn-shanghai.aliyuncs.com/test-team/xxxxx.jpg',
    },
    required: ['FunctionType', 'LogoURL', 'OriginImageURL'],
    integers: { QualityFactor: [1, 100] },
    enums: { OutputFileType: ['jpeg', 'png', 'jpg', 'bmp'] },
    others: ['FunctionType', 'WatermarkImageURL'],
    files: {
      LogoURL: { formats: 'JPEG JPG PNG BMP', maxBytes: 3 * MB, min: [5, 5, 'open'] },
      OriginImageURL: { formats: 'JPEG JPG PNG BMP', maxBytes: 3 * MB, min: [5, 5, 'open'] },
    },
    images: { WatermarkImageURL: ['jpeg', 800, 600] },
  },
  ImageBlindCharacterWatermark: {
    example: {
      FunctionType: 'encode_text',
      Text: '阿里云版权所有一二三四五六七八九',
      WatermarkImageURL: 'https://viapi-doc.oss-cn-shanghai.aliyuncs.com/imageenhan/xxxxx.jpg',
      OutputFileType: 'jpg',
      QualityFactor: 100,
      OriginImageURL: 'https://viapi-test.oss-cn-shanghai.aliyuncs.com/test-team/xxxxx.jpg',
    },
    required: ['FunctionType', 'Text', 'OriginImageURL'],
    integers: { QualityFactor: [1, 100] },
    enums: { OutputFileType: ['png', 'jpg', 'bmp'] },
    others: ['FunctionType', 'WatermarkImageURL'],
    files: { OriginImageURL: { formats: 'JPEG JPG PNG BMP', maxBytes: 3 * MB, min: [5, 5, 'open'] } },
    images: { WatermarkImageURL: ['jpeg', 800, 600] },
  },
  ErasePerson: {
    example: { ImageURL: fileUrl('ErasePerson/ErasePerson1.jpg'), UserMask: fileUrl('ErasePerson/ErasePerson6.jpg') },
    required: ['ImageURL', 'UserMask'],
    files: {
      ImageURL: { formats: 'JPG JPEG BMP PNG WEBP TIF', maxBytes: 3 * MB, min: [5, 5, 'open'], max: [2048, 2048, 'open'] },
      UserMask: { formats: 'JPG JPEG BMP PNG WEBP TIF', maxBytes: 3 * MB, min: [5, 5, 'open'], max: [2048, 2048, 'open'], channels: [3] },
    },
    images: { ImageUrl: ['png', 800, 600] },
  },
  AssessComposition: {
    example: { ImageURL: fileUrl('AssessComposition/AssessComposition1.jpg') },
    required: ['ImageURL'],
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG WEBP', maxBytes: 3 * MB, below: true, min: [32, 32, 'open'] } },
    scores: { Score: [0, 5] },
  },
  AssessExposure: {
    example: { ImageURL: fileUrl('AssessExposure/AssessExposure1.jpg') },
    required: ['ImageURL'],
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG', maxBytes: 3 * MB, below: true, max: [1000, 1000, 'open'] } },
    scores: { Exposure: [0, 1] },
  },
  AssessSharpness: {
    example: { ImageURL: fileUrl('AssessSharpness/AssessSharpness1.jpg') },
    required: ['ImageURL'],
    files: { ImageURL: { formats: 'JPG JPEG BMP PNG', maxBytes: 3 * MB, below: true, max: [1000, 1000, 'open'] } },
    scores: { Sharpness: [0, 1] },
  },
}

/** Rows `[Action, what the manual says]`, for tables of tests. */
export const actions = Object.entries(manual)

/** The example call of an Action with something changed; what is undefined is left out. */
export const exampleOf = (action: string, changes: Params = {}): Params => {
  // A flat name takes the place of the JSON document that the example has.
  const flatNames = Object.keys(changes).map((name) => name.split('.', 1)[0] as string)
  const kept = Object.entries(manual[action]?.example ?? {}).filter(([name]) => !flatNames.includes(name))
  return { ...Object.fromEntries(kept), ...changes }
}
