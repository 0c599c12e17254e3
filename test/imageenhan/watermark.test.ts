/** Blind watermarks: what is encoded can be decoded again. */

import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { flat, landscape, meanColour, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

let scene: Buffer
let logo: Buffer
beforeAll(async () => {
  scene = await landscape(600, 400)
  logo = await sharp(await flat(60, 40, '#ffffff'))
    .composite([{ input: await flat(30, 40, '#d02020'), left: 0, top: 0 }])
    .removeAlpha()
    .png()
    .toBuffer()
})

const TEXT = '阿里云版权所有一二三四五六七八九'

const models = ['', '_plus', '_bold']

/** A world with a landscape and a logo in it. */
async function markWorld(original: Buffer = scene) {
  const world = imageWorld()
  const OriginImageURL = await world.put('scene.png', original)
  const LogoURL = await world.put('logo.png', logo)
  const { data, look, put, codeOf } = world

  /** True if a picture is refused because there is no mark in it, or none that can be read. */
  const isRefused = async (action: string, params: Record<string, string | undefined>): Promise<boolean> => {
    const code = await codeOf(action, params as Record<string, string>)
    if (code !== 'ok') expect(code).toBe('InvalidImage.Content')
    return code !== 'ok'
  }

  const encodeText = async (model: string, output: object = {}, Text = TEXT): Promise<string> =>
    (await data('ImageBlindCharacterWatermark', { FunctionType: `encode_text${model}`, Text, OriginImageURL, ...output })).WatermarkImageURL
  const decodeText = async (model: string, WatermarkImageURL: string, original = OriginImageURL) => {
    const also = model === '' ? { OriginImageURL: original } : {}
    const params = { FunctionType: `decode_text${model}`, WatermarkImageURL, ...also }
    if (await isRefused('ImageBlindCharacterWatermark', params)) return { text: undefined, bytes: new Uint8Array() }
    const { TextImageURL } = await data('ImageBlindCharacterWatermark', params)
    const { bytes } = await look(TextImageURL)
    const { comments = [] } = await sharp(bytes).metadata()
    return { text: comments.find(({ keyword }) => keyword === 'Description')?.text, bytes }
  }
  const encodeLogo = async (model: string, output: object = {}): Promise<string> =>
    (await data('ImageBlindPicWatermark', { FunctionType: `encode_pic${model}`, LogoURL, OriginImageURL, ...output })).WatermarkImageURL
  const decodeLogo = async (model: string, WatermarkImageURL: string, original = OriginImageURL): Promise<Buffer> => {
    const also = model === '' ? { OriginImageURL: original } : {}
    const answer = await data('ImageBlindPicWatermark', { FunctionType: `decode_pic${model}`, WatermarkImageURL, ...also })
    return (await look(answer.LogoURL)).bytes
  }
  /** What a copy of a result is that has gone through other hands. */
  const copied = async (url: string, change: (image: Sharp) => Sharp): Promise<string> =>
    put('copy.png', await change(sharp((await look(url)).bytes)).toBuffer())
  return { ...world, isRefused, OriginImageURL, LogoURL, encodeText, decodeText, encodeLogo, decodeLogo, copied }
}

const pixels = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).removeAlpha().raw().toBuffer()

const outputs = [
  { OutputFileType: 'png' },
  { OutputFileType: 'bmp' },
  { OutputFileType: 'jpg', QualityFactor: 100 },
  { OutputFileType: 'jpg', QualityFactor: 75 },
  { OutputFileType: 'jpg', QualityFactor: 50 },
]

describe.each(models)('the model "%s"', (model) => {
  test.each(outputs)('a text, saved as %o', async (output) => {
    const { encodeText, decodeText, look } = await markWorld()
    const url = await encodeText(model, output)
    expect(await look(url)).toMatchObject({
      format: output.OutputFileType === 'jpg' ? 'jpeg' : output.OutputFileType,
      width: 600,
      height: 400,
    })
    const { text, bytes } = await decodeText(model, url)
    expect(text).toBe(TEXT)
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png' })
  })

  test.each(['png', 'bmp'])('a logo, saved as %s, comes back as it was', async (OutputFileType) => {
    const { encodeLogo, decodeLogo } = await markWorld()
    expect(await pixels(await decodeLogo(model, await encodeLogo(model, { OutputFileType })))).toEqual(await pixels(logo))
  })

  test.each(['jpg', 'jpeg'])('a logo, saved as %s, comes back as a thumbnail', async (OutputFileType) => {
    const { encodeLogo, decodeLogo } = await markWorld()
    const bytes = await decodeLogo(model, await encodeLogo(model, { OutputFileType, QualityFactor: 80 }))
    const { width, height } = await sharp(bytes).metadata()
    expect(width / height).toBeCloseTo(1.5, 0)
    const [red, green] = await meanColour(bytes, { left: 0, top: 0, width: Math.floor(width / 3), height })
    expect(red).toBeGreaterThan(150)
    expect(green).toBeLessThan(100)
    const [, other] = await meanColour(bytes, { left: Math.ceil((2 * width) / 3), top: 0, width: Math.floor(width / 3), height })
    expect(other).toBeGreaterThan(200)
  })
})

test.each([100, 80])('a picture as the logo can be made out again in a JPEG file of quality %i', async (QualityFactor) => {
  const { encodeLogo, decodeLogo, put } = await markWorld()
  const portrait = await landscape(128, 96)
  const LogoURL = await put('portrait.png', portrait)
  const thumbnail = await decodeLogo('_plus', await encodeLogo('_plus', { LogoURL, OutputFileType: 'jpg', QualityFactor }))
  const { width, height } = await sharp(thumbnail).metadata()
  expect(Math.max(width, height)).toBeGreaterThanOrEqual(32)
  const [found, wanted] = await Promise.all([pixels(thumbnail), pixels(await sharp(portrait).resize(width, height).png().toBuffer())])
  const differences = found.map((value, index) => Math.abs(value - (wanted[index] as number)))
  expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(12)
})

test.each([95, 75, 60])('a logo in a picture of pure colours is found again in a JPEG file of quality %i', async (QualityFactor) => {
  const colours = ['#ff0000', '#0000ff', '#00ff00', '#ffffff', '#000000', '#ffff00']
  const bars = await Promise.all(colours.map(async (colour, index) => ({ input: await flat(100, 400, colour), left: 100 * index, top: 0 })))
  const picture = await sharp(await flat(600, 400, '#fff'))
    .composite(bars)
    .removeAlpha()
    .png()
    .toBuffer()
  const { encodeLogo, decodeLogo, put } = await markWorld(picture)
  const LogoURL = await put('portrait.png', await landscape(128, 96))
  const url = await encodeLogo('_plus', { LogoURL, OutputFileType: 'jpg', QualityFactor })
  expect((await sharp(await decodeLogo('_plus', url)).stats()).channels[0]?.stdev).toBeGreaterThan(5)
})

test('nobody sees the mark', async () => {
  const { encodeText, look } = await markWorld()
  const [before, after] = await Promise.all([pixels(scene), pixels((await look(await encodeText('_plus'))).bytes)])
  let largest = 0
  for (const [index, value] of after.entries()) largest = Math.max(largest, Math.abs(value - (before[index] as number)))
  expect(largest).toBeGreaterThan(0)
  expect(largest).toBeLessThanOrEqual(8)
})

describe('a mark is read with the model that wrote it', () => {
  test.each(models)('the text of "%s"', async (model) => {
    const { encodeText, decodeText } = await markWorld()
    const url = await encodeText(model)
    for (const other of models) expect((await decodeText(other, url)).text, other).toBe(other === model ? TEXT : undefined)
  })

  test('the old model compares with the original: its pixels count, not its file', async () => {
    const { encodeText, decodeText, put } = await markWorld()
    const url = await encodeText('')
    const sameAsBefore = await put('same.png', await sharp(scene).png({ compressionLevel: 1 }).toBuffer())
    const another = await put('another.png', await sharp(scene).flip().png().toBuffer())
    expect((await decodeText('', url, sameAsBefore)).text).toBe(TEXT)
    expect((await decodeText('', url, another)).text).toBeUndefined()
  })

  test('a text is not taken for a logo', async () => {
    const { encodeText, isRefused } = await markWorld()
    const params = { FunctionType: 'decode_pic_plus', WatermarkImageURL: await encodeText('_plus') }
    expect(await isRefused('ImageBlindPicWatermark', params)).toBe(true)
  })

  test('nor a logo for a text', async () => {
    const { encodeLogo, decodeText } = await markWorld()
    expect((await decodeText('_plus', await encodeLogo('_plus'))).text).toBeUndefined()
  })

  test.each([
    ['ImageBlindCharacterWatermark', 'decode_text_plus'],
    ['ImageBlindPicWatermark', 'decode_pic_plus'],
  ])('%s: an image without a mark is refused', async (action, FunctionType) => {
    const { isRefused, OriginImageURL } = await markWorld()
    expect(await isRefused(action, { FunctionType, WatermarkImageURL: OriginImageURL })).toBe(true)
  })
})

describe('a text survives', () => {
  test.each<[string, (image: Sharp) => Sharp]>([
    ['being saved as PNG again', (image) => image.png({ compressionLevel: 9 })],
    ['being saved as JPEG of quality 60', (image) => image.jpeg({ quality: 60 })],
    [
      'a stamp on the picture',
      (image) =>
        image
          .composite([{ input: Buffer.from('<svg width="120" height="80"><rect width="120" height="80"/></svg>'), left: 40, top: 30 }])
          .removeAlpha()
          .png(),
    ],
  ])('%s', async (_case, change) => {
    const { encodeText, decodeText, copied } = await markWorld()
    expect((await decodeText('_bold', await copied(await encodeText('_bold'), change))).text).toBe(TEXT)
  })
})

describe('a text does not survive', () => {
  test.each<[string, (image: Sharp) => Sharp]>([
    ['scaling', (image) => image.resize(500, 333).png()],
    ['cropping', (image) => image.extract({ left: 3, top: 5, width: 580, height: 380 }).png()],
    ['turning', (image) => image.rotate(90).png()],
  ])('%s', async (_case, change) => {
    const { encodeText, decodeText, copied } = await markWorld()
    expect((await decodeText('_bold', await copied(await encodeText('_bold'), change))).text).toBeUndefined()
  })
})

test.each([
  ['markup', '<b>&amp; "quoted" </span>'],
  ['blanks', '   '],
  ['letters beyond the first plane', '𠮷野家 🐟'],
  ['a long text', 'long '.repeat(200)],
])('a text of %s', async (_case, text) => {
  const { encodeText, decodeText } = await markWorld()
  expect((await decodeText('_plus', await encodeText('_plus', {}, text))).text).toBe(text)
})

test.each([
  [24, 16, 'a short text', TEXT],
  [6, 6, 'nothing at all', undefined],
])('an image of %d x %d pixels holds %s', async (width, height, _what, expected) => {
  const { encodeText, decodeText } = await markWorld(await landscape(width, height))
  expect((await decodeText('_plus', await encodeText('_plus'))).text).toBe(expected)
})

test('black and white images hold a mark as well', async () => {
  for (const colour of ['#000', '#fff']) {
    const { encodeText, decodeText } = await markWorld(await flat(400, 300, colour))
    expect((await decodeText('_plus', await encodeText('_plus', { OutputFileType: 'jpg', QualityFactor: 80 }))).text, colour).toBe(TEXT)
  }
})

test('a transparent image keeps its transparency', async () => {
  const glass = await sharp({ create: { width: 200, height: 100, channels: 4, background: { r: 90, g: 120, b: 160, alpha: 0.5 } } })
    .png()
    .toBuffer()
  const { encodeText, decodeText, look } = await markWorld(glass)
  const url = await encodeText('_plus')
  const { channels } = await sharp((await look(url)).bytes).stats()
  expect(channels[3]).toMatchObject({ min: 128, max: 128 })
  expect((await decodeText('_plus', url)).text).toBe(TEXT)
})

test('an image of which only the URL is known holds a mark too', async () => {
  const { data, look } = imageWorld()
  const OriginImageURL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/test-team/unknown.jpg'
  const Action = 'ImageBlindCharacterWatermark'
  const { WatermarkImageURL } = await data(Action, { FunctionType: 'encode_text', Text: TEXT, OriginImageURL, OutputFileType: 'jpg' })
  const { TextImageURL } = await data(Action, { FunctionType: 'decode_text', WatermarkImageURL, OriginImageURL })
  expect((await sharp((await look(TextImageURL)).bytes).metadata()).comments).toEqual([{ keyword: 'Description', text: TEXT }])
})
