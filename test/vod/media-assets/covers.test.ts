/** Covers that the caller has chosen: they can be opened, wherever they are the account's own. */

import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains, sample, vodWorld } from '../support.js'

const [open, safe] = domains

/** A world with a video that can be played, and an uploaded image to be its cover. */
async function coverWorld(options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld(options)
  const { call, upload, put, advance } = world
  const VideoId = await upload()
  const image = (await call('CreateUploadImage', { ImageType: 'cover' })).body
  await put(image, sample('sample.png'))
  await advance('1m')
  const choose = (CoverURL: string) => call('UpdateVideoInfo', { VideoId, CoverURL })
  /** The cover as each Action answers it. */
  const covers = async (params: Record<string, string | number> = {}): Promise<Record<string, string>> => ({
    GetVideoInfo: (await call('GetVideoInfo', { VideoId })).body.Video.CoverURL,
    GetVideoInfos: (await call('GetVideoInfos', { VideoIds: VideoId })).body.VideoList[0].CoverURL,
    GetVideoList: (await call('GetVideoList')).body.VideoList.Video[0].CoverURL,
    SearchMedia: (await call('SearchMedia', { Fields: 'CoverURL' })).body.MediaList[0].Video.CoverURL,
    GetPlayInfo: (await call('GetPlayInfo', { VideoId, ...params })).body.VideoBase.CoverURL,
    GetVideoPlayAuth: (await call('GetVideoPlayAuth', { VideoId })).body.VideoMeta.CoverURL,
  })
  return { ...world, image, choose, covers }
}

describe.each([['GetVideoInfo'], ['GetVideoInfos'], ['GetVideoList'], ['SearchMedia'], ['GetPlayInfo'], ['GetVideoPlayAuth']])(
  '%s',
  (action) => {
    test.each([
      [
        'under a domain with URL authentication',
        { vod: { domains: [safe] } },
        'ImageURL',
        /^http:\/\/safe\.example\.com\/image\/.*\.png\?auth_key=/,
      ],
      ['under a domain without', { vod: { domains: [open] } }, 'ImageURL', /^http:\/\/vod\.example\.com\/image\/.*\.png$/],
      ['under a domain that is not the default one', { vod: { domains: [open, safe] } }, 'other', /^http:\/\/safe\..*\.png\?auth_key=/],
      ['in OSS', { vod: {} }, 'ImageURL', /^http:\/\/outin-.*\.png\?Expires=/],
      ['in OSS, of an account with a domain', { vod: { domains: [safe] } }, 'FileURL', /^http:\/\/outin-.*\.png\?Expires=/],
    ])('answers an address that can be opened: %s', async (_where, settings, field, form) => {
      const { cloud, image, choose, covers } = await coverWorld({ settings: settings as never })
      await choose(field === 'other' ? image.ImageURL.replace('vod.', 'safe.') : image[field])
      const address = (await covers())[action] ?? ''
      expect(address).toMatch(form)
      expect((await download(cloud, address)).status).toBe(200)
    })
  },
)

test.each([
  'https://elsewhere.example.org/cover.jpg',
  'http://safe.example.com/cover.jpg?auth_key=1-0-0-0123',
  'http://safe.example.com/cover.jpg#top',
  'http://foreign.oss-cn-shanghai.aliyuncs.com/cover.jpg',
])('%s stays as it is', async (address) => {
  const { choose, covers } = await coverWorld({ settings: { vod: { domains: [safe] } } as never })
  await choose(address)
  expect([...new Set(Object.values(await covers()))]).toEqual([address])
})

test.each([{ domains: [] }, { domains: [safe] }])('where everything is under one address, too: %j', async (vod) => {
  const { cloud, image, choose, covers } = await coverWorld({ publicUrl: 'http://127.0.0.1:4010', settings: { vod } as never })
  for (const address of [image.ImageURL, image.FileURL]) {
    await choose(address)
    for (const each of Object.values(await covers())) expect([each, (await download(cloud, each)).status]).toEqual([each, 200])
  }
})

test('the scheme stays, and an address lasts as long as GetPlayInfo is asked for', async () => {
  const { cloud, image, choose, covers, advance } = await coverWorld({ settings: { vod: { domains: [safe] } } as never })
  await choose(image.ImageURL.replace('http:', 'https:'))
  const { GetPlayInfo = '' } = await covers({ AuthTimeout: 60 })
  expect(GetPlayInfo).toMatch(/^https:\/\/safe\.example\.com\//)
  await advance('59s')
  expect((await download(cloud, GetPlayInfo)).status).toBe(200)
  await advance('2s')
  expect((await download(cloud, GetPlayInfo)).status).toBe(403)
})

test('events tell the cover as it was given', async () => {
  const { image, choose, events } = await coverWorld({ settings: { vod: { domains: [safe] } } as never })
  await choose(image.ImageURL)
  expect(events('MediaBaseChangeComplete').at(-1)).toMatchObject({
    MediaContent: { CoverURL: JSON.stringify({ NewValue: image.ImageURL }) },
  })
})
