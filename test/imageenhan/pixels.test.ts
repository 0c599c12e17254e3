/** Results that are made from the pixels of an image, where the emulator has them. */

import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { flat, landscape, meanColour, type Params, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

let scene: Buffer
beforeAll(async () => {
  scene = await landscape(600, 400)
})

/** A world with the landscape in it. */
async function sceneWorld() {
  const world = imageWorld()
  const scenery = await world.put('scene.png', scene)
  /** The bytes of an Action's only result image. */
  const made = async (action: string, params: Params): Promise<Buffer> => {
    const { ImageURL, ImageUrl, Url, ImageList } = await world.data(action, params)
    return (await world.look(ImageURL ?? ImageUrl ?? Url ?? ImageList[0])).bytes
  }
  return { ...world, scenery, made }
}

/** How far two colours are apart. */
const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, index) => value - (b[index] as number)))

describe('scores', () => {
  const scoreOf = async (action: string, bytes: Uint8Array): Promise<number> => {
    const { put, data } = imageWorld()
    const ImageURL = await put('scored.png', bytes)
    return Object.values(await data(action, { ImageURL }))[0] as number
  }

  test('the more an image is blurred, the less sharp it is', async () => {
    const images = [scene, ...(await Promise.all([1, 3, 9].map((sigma) => sharp(scene).blur(sigma).png().toBuffer())))]
    const scores = await Promise.all(images.map((image) => scoreOf('AssessSharpness', image)))
    expect([...scores].sort((a, b) => b - a)).toEqual(scores)
    expect(new Set(scores).size).toBe(4)
    for (const score of scores) expect(score).toBeGreaterThan(0)
    expect(scores[0]).toBeLessThan(1)
    expect(await scoreOf('AssessSharpness', await flat(200, 200, '#778899'))).toBe(0)
  })

  test('the brighter an image is, the more it is exposed', async () => {
    const images = await Promise.all([0.3, 1, 1.6].map((brightness) => sharp(scene).modulate({ brightness }).png().toBuffer()))
    const [dark, balanced, bright] = (await Promise.all(images.map((image) => scoreOf('AssessExposure', image)))) as [
      number,
      number,
      number,
    ]
    expect(dark).toBeLessThan(balanced - 0.1)
    expect(bright).toBeGreaterThan(balanced + 0.1)
    expect(await scoreOf('AssessExposure', await flat(9, 9, '#000'))).toBe(0)
    expect(await scoreOf('AssessExposure', await flat(9, 9, '#fff'))).toBe(1)
  })

  test('an image with its subject on a third is composed better than one with it in a corner', async () => {
    const withSubject = async (left: number, top: number): Promise<number> => {
      const subject = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#c22' } })
        .png()
        .toBuffer()
      return scoreOf(
        'AssessComposition',
        await sharp(await flat(600, 600, '#cde'))
          .composite([{ input: subject, left, top }])
          .removeAlpha()
          .png()
          .toBuffer(),
      )
    }
    const third = await withSubject(170, 170)
    expect(third).toBeGreaterThanOrEqual(3.8)
    expect(third).toBeLessThanOrEqual(5)
    expect(await withSubject(540, 540)).toBeLessThan(3.8)
  })

  test('a score is the same for the same pixels under another name, and in another format', async () => {
    const bmp = await (async () => {
      const { put, data, look } = imageWorld()
      const { Url } = await data('MakeSuperResolutionImage', { Url: await put('a.png', scene), UpscaleFactor: 1, OutputFormat: 'bmp' })
      return (await look(Url)).bytes
    })()
    for (const action of ['AssessSharpness', 'AssessExposure', 'AssessComposition'])
      expect(await scoreOf(action, bmp), action).toBe(await scoreOf(action, scene))
  })
})

describe('IntelligentComposition', () => {
  test.each([
    [600, 400],
    [33, 33],
    [40, 900],
  ])('%d x %d: boxes inside the image, no two alike, best first', async (width, height) => {
    const { put, data } = imageWorld()
    const ImageURL = await put('a.png', await landscape(width, height))
    const { Elements } = await data('IntelligentComposition', { ImageURL, NumBoxes: 10 })
    expect(new Set(Elements.map((box: object) => JSON.stringify(box))).size).toBe(10)
    let last = 5
    for (const { MinX, MinY, MaxX, MaxY, Score } of Elements) {
      expect(MinX).toBeGreaterThanOrEqual(0)
      expect(MinY).toBeGreaterThanOrEqual(0)
      expect(MinX).toBeLessThan(MaxX)
      expect(MinY).toBeLessThan(MaxY)
      expect(MaxX).toBeLessThan(width)
      expect(MaxY).toBeLessThan(height)
      expect(Score).toBeLessThanOrEqual(last)
      expect(Score).toBeGreaterThanOrEqual(0)
      last = Score
    }
  })

  test('the best box holds the subject', async () => {
    const { put, data } = imageWorld()
    const subject = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#c22' } })
      .png()
      .toBuffer()
    const image = await sharp(await flat(800, 600, '#cde'))
      .composite([{ input: subject, left: 650, top: 440 }])
      .removeAlpha()
      .png()
      .toBuffer()
    const ImageURL = await put('a.png', image)
    const { Elements } = await data('IntelligentComposition', { ImageURL, NumBoxes: 1 })
    const [{ MinX, MinY, MaxX, MaxY, Score }] = Elements
    expect([MinX < 650, MinY < 440, MaxX > 729, MaxY > 519]).toEqual([true, true, true, true])
    expect(Score).toBeGreaterThan((await data('AssessComposition', { ImageURL })).Score)
  })
})

describe('ChangeImageSize', () => {
  test.each([
    [800, 600],
    [300, 300],
    [100, 700],
    [1, 1],
    [601, 7],
  ])('to %d x %d: exactly this size, the original where RetainLocation says', async (Width, Height) => {
    const { put, data, look } = imageWorld()
    // Blue to the left and red to the right, so that the place of the original can be seen.
    const halves = await sharp(await flat(600, 400, '#0000ff'))
      .composite([{ input: await flat(300, 400, '#ff0000'), left: 300, top: 0 }])
      .removeAlpha()
      .png()
      .toBuffer()
    const { Url, RetainLocation } = await data('ChangeImageSize', { Url: await put('a.png', halves), Width, Height })
    const { bytes, ...shown } = await look(Url)
    expect(shown).toMatchObject({ format: 'png', width: Width, height: Height, contentType: 'image/png' })
    expect((await sharp(bytes).metadata()).channels).toBe(3)

    const { X, Y, Width: width, Height: height } = RetainLocation
    expect(X).toBeGreaterThanOrEqual(0)
    expect(Y).toBeGreaterThanOrEqual(0)
    expect(X + width).toBeLessThanOrEqual(Width)
    expect(Y + height).toBeLessThanOrEqual(Height)
    expect(width === Width || height === Height).toBe(true)
    const scale = Math.min(Width / 600, Height / 400)
    expect(Math.abs(width - 600 * scale)).toBeLessThanOrEqual(1)
    expect(Math.abs(height - 400 * scale)).toBeLessThanOrEqual(1)
    if (width < 10) return
    const strip = Math.floor(width / 4)
    expect(await meanColour(bytes, { left: X, top: Y, width: strip, height })).toEqual([0, 0, 255])
    expect(await meanColour(bytes, { left: X + width - strip, top: Y, width: strip, height })).toEqual([255, 0, 0])
  })
})

describe('MakeSuperResolutionImage', () => {
  test.each([1, 2, 3, 4])('enlarges %d times', async (UpscaleFactor) => {
    const { data, look, scenery } = await sceneWorld()
    const { Url } = await data('MakeSuperResolutionImage', { Url: scenery, UpscaleFactor })
    const { bytes, ...shown } = await look(Url)
    expect(shown).toMatchObject({ format: 'png', width: 600 * UpscaleFactor, height: 400 * UpscaleFactor })
    expect(distance(await meanColour(bytes), await meanColour(scene))).toBeLessThan(2)
  })

  test('enhancement is sharper than base', async () => {
    const { made, scenery, put, data } = await sceneWorld()
    const score = async (Mode: string): Promise<number> => {
      const enlarged = await made('MakeSuperResolutionImage', { Url: scenery, Mode, UpscaleFactor: 1 })
      return (await data('AssessSharpness', { ImageURL: await put(`${Mode}.png`, enlarged) })).Sharpness
    }
    expect(await score('enhancement')).toBeGreaterThan(await score('base'))
  })

  test.each([
    ['png', 'png', 'image/png'],
    ['jpg', 'jpeg', 'image/jpeg'],
    ['bmp', 'bmp', 'image/bmp'],
  ])('as %s', async (OutputFormat, format, contentType) => {
    const { data, look, scenery } = await sceneWorld()
    const { Url } = await data('MakeSuperResolutionImage', { Url: scenery, OutputFormat })
    expect(Url).toMatch(new RegExp(`\\.${OutputFormat}\\?`))
    expect(await look(Url)).toMatchObject({ format, contentType, width: 1200, height: 800 })
  })

  test('a lower quality takes less room', async () => {
    const { made, scenery } = await sceneWorld()
    const bytesAt = async (OutputQuality: number): Promise<number> =>
      (await made('MakeSuperResolutionImage', { Url: scenery, OutputFormat: 'jpg', OutputQuality })).byteLength
    expect(await bytesAt(30)).toBeLessThan(await bytesAt(95))
  })
})

describe('colours', () => {
  test('RecolorImage, AUTO: as many images as colour schemes, no two alike', async () => {
    const { data, look, scenery } = await sceneWorld()
    const { ImageList } = await data('RecolorImage', { Url: scenery, ColorCount: 4 })
    const images = await Promise.all((ImageList as string[]).map((url) => look(url)))
    const means = await Promise.all([scene, ...images.map(({ bytes }) => bytes)].map((bytes) => meanColour(bytes)))
    for (const [index, mean] of means.entries())
      for (const other of means.slice(index + 1)) expect(distance(mean, other)).toBeGreaterThan(10)
    for (const image of images) expect(image).toMatchObject({ format: 'png', width: 600, height: 400 })
  })

  test.each([
    ['RecolorImage', 'FF0000', 0],
    ['RecolorImage', '00FF00', 1],
    ['RecolorHDImage', '0000FF', 2],
  ])('%s, TEMPLATE: %s prevails', async (action, Color, channel) => {
    const { made, scenery } = await sceneWorld()
    const mean = await meanColour(await made(action, { Url: scenery, Mode: 'TEMPLATE', ColorTemplate: [{ Color }], Degree: '1' }))
    expect(mean.indexOf(Math.max(...mean))).toBe(channel)
  })

  test('RecolorHDImage: Degree is how much is seen of it', async () => {
    const { made, scenery } = await sceneWorld()
    const original = await meanColour(scene)
    const changeAt = async (Degree: string): Promise<number> =>
      distance(
        original,
        await meanColour(await made('RecolorHDImage', { Url: scenery, Mode: 'TEMPLATE', ColorTemplate: [{ Color: 'FF0000' }], Degree })),
      )
    const [none, half, all] = [await changeAt('0'), await changeAt('0.5'), await changeAt('1')]
    expect(none).toBeLessThan(2)
    expect(half).toBeGreaterThan(20)
    expect(all).toBeGreaterThan(half + 20)
  })

  test.each([
    ['RecolorImage', 'Url', 'RefUrl'],
    ['ImitatePhotoStyle', 'ImageURL', 'StyleUrl'],
    ['ExtendImageStyle', 'MajorUrl', 'StyleUrl'],
  ])('%s: the colours of the reference are taken over', async (action, image, reference) => {
    const { made, scenery, put } = await sceneWorld()
    const sunset = await sharp(scene)
      .recomb([
        [0.9, 0.2, 0.1],
        [0.3, 0.3, 0.1],
        [0.1, 0.2, 0.2],
      ])
      .png()
      .toBuffer()
    const result = await made(action, { [image]: scenery, [reference]: await put('sunset.png', sunset), Mode: 'REF_PIC' })
    const mean = await meanColour(result)
    expect(distance(mean, await meanColour(sunset))).toBeLessThan(15)
    expect(distance(mean, await meanColour(scene))).toBeGreaterThan(40)
  })

  test('ColorizeImage gives a grey image colours', async () => {
    const { made, put } = await sceneWorld()
    const grey = await sharp(scene).greyscale().toColourspace('srgb').png().toBuffer()
    const [red, , blue] = await meanColour(await made('ColorizeImage', { ImageURL: await put('grey.png', grey) }))
    expect(Math.abs(red - blue)).toBeGreaterThan(5)
  })

  test.each(['LogC', 'Rec709', 'ln17_256'])('EnhanceImageColor, %s: stronger colours', async (Mode) => {
    const { made, put } = await sceneWorld()
    const pale = await sharp(scene).modulate({ saturation: 0.4 }).linear(0.5, 60).png().toBuffer()
    const enhanced = await made('EnhanceImageColor', { ImageURL: await put('pale.png', pale), OutputFormat: 'png', Mode })
    const contrast = async (bytes: Buffer): Promise<number> =>
      (await sharp(bytes).stats()).channels.reduce((sum, { stdev }) => sum + stdev, 0)
    expect(await contrast(enhanced)).toBeGreaterThan(await contrast(pale))
  })
})

describe('what is erased', () => {
  /** Stripes, which are lost where something is erased. */
  const stripes = (): Promise<Buffer> => {
    const lines = Array.from({ length: 100 }, (_, index) => `<rect x="${index * 8}" width="4" height="400"/>`).join('')
    return sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400" fill="#fff"/>${lines}</svg>`,
      ),
    )
      .flatten()
      .png()
      .toBuffer()
  }
  /** How much of the stripes is left in a part of an image, from 0 to 1. */
  const left = async (bytes: Buffer, [x, y, width, height]: readonly [number, number, number, number]): Promise<number> => {
    const part = await sharp(bytes).extract({ left: x, top: y, width, height }).png().toBuffer()
    return ((await sharp(part).stats()).channels[0]?.stdev ?? 0) / 128
  }

  test('RemoveImageSubtitles: the lower quarter', async () => {
    const { made, put } = await sceneWorld()
    const result = await made('RemoveImageSubtitles', { ImageURL: await put('a.png', await stripes()) })
    expect(await left(result, [0, 305, 800, 90])).toBeLessThan(0.2)
    expect(await left(result, [0, 0, 800, 295])).toBeGreaterThan(0.9)
  })

  test('RemoveImageSubtitles: the area given, as far as it lies in the image', async () => {
    const { made, put } = await sceneWorld()
    const result = await made('RemoveImageSubtitles', { ImageURL: await put('a.png', await stripes()), BX: 0.5, BY: 0, BW: 1, BH: 0.5 })
    expect(await left(result, [410, 5, 380, 190])).toBeLessThan(0.2)
    expect(await left(result, [0, 0, 390, 200])).toBeGreaterThan(0.9)
    expect(await left(result, [0, 210, 800, 190])).toBeGreaterThan(0.9)
  })

  test.each([
    { BW: 0, BH: 0 },
    { BX: 1, BY: 1 },
  ])('RemoveImageSubtitles: nothing with %o', async (area) => {
    const { made, put } = await sceneWorld()
    expect(
      await left(await made('RemoveImageSubtitles', { ImageURL: await put('a.png', await stripes()), ...area }), [0, 0, 800, 400]),
    ).toBeGreaterThan(0.9)
  })

  test('RemoveImageWatermark: the upper corners', async () => {
    const { made, put } = await sceneWorld()
    const result = await made('RemoveImageWatermark', { ImageURL: await put('a.png', await stripes()) })
    expect(await left(result, [5, 5, 220, 45])).toBeLessThan(0.2)
    expect(await left(result, [575, 5, 220, 45])).toBeLessThan(0.2)
    expect(await left(result, [0, 70, 800, 330])).toBeGreaterThan(0.9)
  })

  test('ErasePerson: what the mask shows white, whatever the size of the mask', async () => {
    const { made, put } = await sceneWorld()
    const mask = await sharp(await flat(400, 200, '#000'))
      .composite([{ input: await flat(100, 200, '#fff'), left: 100, top: 0 }])
      .removeAlpha()
      .png()
      .toBuffer()
    const result = await made('ErasePerson', { ImageURL: await put('a.png', await stripes()), UserMask: await put('mask.png', mask) })
    expect(await left(result, [210, 0, 180, 400])).toBeLessThan(0.4)
    expect(await left(result, [0, 0, 190, 400])).toBeGreaterThan(0.9)
    expect(await left(result, [410, 0, 390, 400])).toBeGreaterThan(0.9)
  })

  test('ErasePerson: nothing of what is erased shines through', async () => {
    const { made, put } = await sceneWorld()
    const spot = { left: 150, top: 100, width: 80, height: 80 }
    const spotted = async (background: string, colour: string): Promise<Buffer> =>
      sharp(await flat(400, 300, background))
        .composite([{ input: await flat(spot.width, spot.height, colour), left: spot.left, top: spot.top }])
        .removeAlpha()
        .png()
        .toBuffer()
    const result = await made('ErasePerson', {
      ImageURL: await put('a.png', await spotted('#3060c0', '#e02020')),
      UserMask: await put('mask.png', await spotted('#000', '#fff')),
    })
    expect(distance(await meanColour(result, spot), [0x30, 0x60, 0xc0])).toBeLessThan(3)
  })

  test('ErasePerson: the whole image, if the mask is white', async () => {
    const { made, put } = await sceneWorld()
    const mask = await put('mask.png', await flat(20, 20, '#fff'))
    expect(await left(await made('ErasePerson', { ImageURL: await put('a.png', await stripes()), UserMask: mask }), [0, 0, 800, 400])).toBe(
      0,
    )
  })

  test('ExtendImageStyle: the person in the middle keeps its colours', async () => {
    const { put, data, look } = await sceneWorld()
    const MajorUrl = await put('person.png', await flat(400, 400, '#3060c0'), { person: true })
    const answer = await data('ExtendImageStyle', { MajorUrl, StyleUrl: await put('style.png', await flat(50, 50, '#c02020')) })
    const { bytes } = await look(answer.MajorUrl)
    const plain: readonly number[] = [0x30, 0x60, 0xc0]
    expect(distance(await meanColour(bytes, { left: 150, top: 150, width: 100, height: 100 }), plain)).toBeLessThan(3)
    expect(distance(await meanColour(bytes, { left: 0, top: 0, width: 50, height: 50 }), plain)).toBeGreaterThan(60)
    expect(
      distance(await meanColour((await look(answer.Url)).bytes, { left: 150, top: 150, width: 100, height: 100 }), plain),
    ).toBeGreaterThan(60)
  })
})

test.each(['000000', 'FFFFFF', 'FF0000', '00FF00', '0000FF', '808080', '7F8081', 'C83C14'])(
  'an unknown image that is painted with %s, as PNG and as JPEG',
  async (Color) => {
    const { data, look } = imageWorld()
    const painted = {
      Url: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/unknown.jpg',
      Mode: 'TEMPLATE',
      ColorTemplate: [{ Color }],
      Degree: 1,
    }
    const wanted = [0, 2, 4].map((place) => Number.parseInt(Color.slice(place, place + 2), 16))
    for (const [action, most] of [
      ['RecolorImage', 0],
      ['RecolorHDImage', 3],
    ] as const) {
      const { bytes } = await look((await data(action, painted)).ImageList[0])
      for (const corner of [
        { left: 0, top: 0 },
        { left: 792, top: 592 },
      ])
        expect(distance(await meanColour(bytes, { ...corner, width: 8, height: 8 }), wanted), action).toBeLessThanOrEqual(most)
    }
  },
)

test.each<[string, Params]>([
  ['ExtendImageStyle', {}],
  ['RecolorImage', { Mode: 'REF_PIC' }],
  ['RecolorHDImage', { Degree: '0.7' }],
  ['ChangeImageSize', { Width: 222, Height: 333 }],
  ['ErasePerson', {}],
  ['ImageBlindPicWatermark', { FunctionType: 'encode_pic', OutputFileType: 'jpg' }],
])('%s: the same bytes from the same image', async (action, params) => {
  const result = async (): Promise<Buffer> => {
    const { scenery, put, data, look } = await sceneWorld()
    const other = await put('other.png', await flat(90, 80, '#a05020'))
    const images = { Url: scenery, MajorUrl: scenery, ImageURL: scenery, OriginImageURL: scenery }
    const answer = await data(action, { ...images, StyleUrl: other, RefUrl: other, UserMask: other, LogoURL: other, ...params })
    return (await look(answer.Url ?? answer.ImageUrl ?? answer.WatermarkImageURL ?? answer.ImageList[0])).bytes
  }
  expect((await result()).equals(await result())).toBe(true)
})

test('images of which only the URL is known: results that differ as they would with pixels', async () => {
  const { data, look } = imageWorld()
  const Url = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/unknown.jpg?x-oss-process=style/small'
  const coloursOf = async (params: Params): Promise<number[][]> => {
    const { ImageList } = await data('RecolorImage', { Url, ...params })
    return Promise.all((ImageList as string[]).map(async (each) => meanColour((await look(each)).bytes)))
  }
  expect(new Set((await coloursOf({ ColorCount: 8 })).map(String)).size).toBe(8)
  expect(await coloursOf({ Mode: 'TEMPLATE', ColorTemplate: [{ Color: '056A6B' }, { Color: 'FF0000' }] })).toEqual([[0x05, 0x6a, 0x6b]])
})

test.each([
  ['1 x 1', 1, 1],
  ['3 x 2000', 3, 2000],
])('an image of %s pixels is worked on like any other', async (_size, width, height) => {
  const { put, look, data } = imageWorld()
  const ImageURL = await put('tiny.png', await flat(width, height, '#446688'))
  for (const action of ['ColorizeImage', 'RemoveImageSubtitles', 'RemoveImageWatermark'])
    expect(await look((await data(action, { ImageURL })).ImageURL), action).toMatchObject({ format: 'jpeg', width, height })
})

test('an image of too many pixels to be worked on has results of the right size all the same', async () => {
  const { put, look, data } = imageWorld()
  const Url = await put('large.png', await flat(1900, 1079, '#446688'))
  const answer = await data('MakeSuperResolutionImage', { Url, UpscaleFactor: 4 })
  expect(await look(answer.Url)).toMatchObject({ format: 'png', width: 7600, height: 4316 })
})
