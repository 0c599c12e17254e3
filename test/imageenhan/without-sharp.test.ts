/** Everything works where sharp is not installed, with results of the right format and size. */

import { imageSize } from 'image-size'
import { expect, test, vi } from 'vitest'
import { testCloud } from '../support/cloud.js'

vi.mock('sharp', () => {
  throw new Error('Cannot find package "sharp"')
})

const URL_ = (name: string): string => `http://pictures.oss-cn-shanghai.aliyuncs.com/${name}`

const world = () => {
  const { call, account, cloud } = testCloud()
  const data = async (action: string, params: Parameters<typeof call>[1]) => {
    const { status, body } = await call(`imageenhan.${action}`, params)
    return status === 200 ? body.Data : body.Code
  }
  const look = async (url: string) => {
    const { host, pathname, search } = new URL(url)
    const reply = await cloud.handle({
      method: 'GET',
      host,
      path: pathname,
      query: search.slice(1),
      headers: { host },
      body: new Uint8Array(),
    })
    const { type, width, height } = imageSize(reply.body as Uint8Array)
    return { type, width, height }
  }
  return { data, look, account }
}

const SAMPLE = 'fixtures/media/sample.png'
const SAMPLE_SIZE = { width: 320, height: 180 }

test('sharp is not there', async () => {
  await expect(import('sharp')).rejects.toThrow()
})

test.each<[string, object, string, object]>([
  ['ColorizeImage', { ImageURL: URL_('a.png') }, 'ImageURL', { type: 'jpg', ...SAMPLE_SIZE }],
  ['EnhanceImageColor', { ImageURL: URL_('a.png'), OutputFormat: 'jpg', Mode: 'LogC' }, 'ImageURL', { type: 'jpg', ...SAMPLE_SIZE }],
  ['EnhanceImageColor', { ImageURL: URL_('a.png'), OutputFormat: 'png', Mode: 'LogC' }, 'ImageURL', { type: 'png', ...SAMPLE_SIZE }],
  ['MakeSuperResolutionImage', { Url: URL_('a.png'), UpscaleFactor: 3 }, 'Url', { type: 'png', width: 960, height: 540 }],
  ['MakeSuperResolutionImage', { Url: URL_('a.png'), OutputFormat: 'bmp' }, 'Url', { type: 'bmp', width: 640, height: 360 }],
  ['ChangeImageSize', { Url: URL_('a.png'), Width: 123, Height: 45 }, 'Url', { type: 'png', width: 123, height: 45 }],
  ['ErasePerson', { ImageURL: URL_('a.png'), UserMask: URL_('a.png') }, 'ImageUrl', { type: 'png', ...SAMPLE_SIZE }],
  [
    'ImageBlindPicWatermark',
    { FunctionType: 'encode_pic', OriginImageURL: URL_('a.png'), LogoURL: URL_('a.png'), OutputFileType: 'jpg' },
    'WatermarkImageURL',
    { type: 'jpg', ...SAMPLE_SIZE },
  ],
  ['ImageBlindPicWatermark', { FunctionType: 'decode_pic_plus', WatermarkImageURL: URL_('a.png') }, 'LogoURL', { type: 'png' }],
  ['ImageBlindCharacterWatermark', { FunctionType: 'decode_text_plus', WatermarkImageURL: URL_('a.png') }, 'TextImageURL', { type: 'png' }],
])('%s %o', async (action, params, field, expected) => {
  const { data, look, account } = world()
  await account.putAssets([{ url: URL_('a.png'), file: SAMPLE }])
  expect(await look((await data(action, params as never))[field])).toMatchObject(expected)
})

test('RecolorImage: as many images as colour schemes', async () => {
  const { data } = world()
  expect((await data('RecolorImage', { Url: URL_('a.png'), ColorCount: 3 })).ImageList).toHaveLength(3)
})

test('what a file says of itself counts: its size in pixels and its format', async () => {
  const { data, account } = world()
  await account.putAssets([{ url: URL_('a.png'), file: SAMPLE, width: 5000 }])
  await account.putAssets([{ url: URL_('b.png'), file: 'fixtures/media/sample.gif' }])
  await account.putAssets([{ url: URL_('c.png'), file: 'package.json' }])
  expect(await data('AssessSharpness', { ImageURL: URL_('a.png') })).toEqual({ Sharpness: expect.any(Number) })
  expect(await data('AssessSharpness', { ImageURL: URL_('b.png') })).toBe('InvalidImage.Content')
  expect(await data('AssessSharpness', { ImageURL: URL_('c.png') })).toBe('InvalidImage.Content')
})

test('scores are the same whenever an image is looked at', async () => {
  for (const action of ['AssessSharpness', 'AssessExposure', 'AssessComposition', 'IntelligentComposition']) {
    const { data } = world()
    const first = await data(action, { ImageURL: URL_('a.png') })
    expect(await data(action, { ImageURL: URL_('a.png') }), action).toEqual(first)
    expect(await data(action, { ImageURL: URL_('b.png') }), action).not.toEqual(first)
  }
})
