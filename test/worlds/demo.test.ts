/** The world `demo`, as its users find it. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { worldFiles } from '../../scripts/worlds/files.js'
import { download } from '../support/cloud.js'
import { domains, vodWorld } from '../vod/support.js'

/** With domains, through which segments of playlists can be had. */
const demo = () => vodWorld({ world: 'demo', settings: { limits: { enabled: false }, vod: { domains } } })

test.each(Object.entries(worldFiles()))('%s is what the script writes; if not, run "npm run worlds"', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('has media in all states', async () => {
  const { call } = demo()
  const statuses = async (SearchType: string, member: string) => {
    const { MediaList } = (await call('SearchMedia', { SearchType, Fields: 'Status', PageSize: 100 })).body
    const counts: Record<string, number> = {}
    for (const media of MediaList) counts[media[member].Status] = (counts[media[member].Status] ?? 0) + 1
    return counts
  }
  expect({
    video: await statuses('video', 'Video'),
    audio: await statuses('audio', 'Audio'),
    image: await statuses('image', 'Image'),
    attached: await statuses('attached', 'AttachedMedia'),
  }).toEqual({
    video: {
      Normal: 25,
      Blocked: 2,
      TranscodeFail: 2,
      Checking: 1,
      ProduceFail: 1,
      UploadFail: 2,
      Transcoding: 2,
      UploadSucc: 1,
      Uploading: 2,
    },
    audio: { Normal: 6, TranscodeFail: 1, Uploading: 1 },
    image: { Normal: 7, UploadFail: 1, Uploading: 1 },
    attached: { Normal: 6 },
  })
})

test('every medium that is Normal can be played or looked at, its covers and segments too', async () => {
  const { cloud, call } = demo()
  const dead: string[] = []
  const load = async (url: string): Promise<Buffer> => {
    const { status, body } = await download(cloud, url)
    if (status !== 200) dead.push(`${status} ${url}`)
    return Buffer.from(body as Uint8Array)
  }
  const all = async (SearchType: string, Fields: string) =>
    (await call('SearchMedia', { SearchType, Fields, Match: "Status = 'Normal'", PageSize: 100 })).body.MediaList
  let streams = 0
  for (const { MediaId, Video } of [...(await all('video', 'CoverURL,Snapshots')), ...(await all('audio', 'AudioId'))]) {
    for (const url of [Video?.CoverURL, ...(Video?.Snapshots ?? [])]) if (url) await load(url)
    const { body } = await call('GetPlayInfo', { VideoId: MediaId, ResultType: 'Multiple' })
    for (const { PlayURL, Size, Format } of body.PlayInfoList.PlayInfo) {
      streams++
      const bytes = await load(PlayURL)
      if (Format !== 'm3u8') expect(bytes.byteLength).toBe(Size)
      else for (const line of String(bytes).split('\n')) if (line.includes('.ts')) await load(new URL(line, PlayURL).href)
    }
  }
  for (const { Image } of await all('image', 'URL')) await load(Image.URL)
  for (const { AttachedMedia } of await all('attached', 'URL')) await load(AttachedMedia.URL)
  expect(dead).toEqual([])
  expect(streams).toBeGreaterThan(40)
})

test('sizes of records and of files agree', async () => {
  const { account } = demo()
  await account.clock.advance(1)
  const { videos, images, attachedMedia } = account.vod
  const sizes = [...videos.list().rows, ...images.list().rows, ...attachedMedia.list().rows].map(({ file, size }) => [
    file.key,
    account.oss.object(file.bucket, file.key)?.size,
    size,
  ])
  expect(sizes.filter(([, stored, told]) => stored !== told)).toEqual([])
})

test('categories are a tree, and media are in them', async () => {
  const { call } = demo()
  const { SubCategories } = (await call('GetCategories', { SortBy: 'CreationTime:Asc' })).body
  const tree = SubCategories.Category.map(({ CateName, SubTotal }: Record<string, unknown>) => [CateName, SubTotal])
  expect(tree).toEqual([
    ['新闻', 0],
    ['教程', 2],
    ['综艺', 0],
    ['音乐', 0],
    ['图片', 0],
  ])
  const { MediaList } = (await call('SearchMedia', { Fields: 'CateName', Match: "Title = '多机位'" })).body
  expect(MediaList[0].Video).toEqual({ CateName: '进阶' })
})

test('times lie before the time of the clock', async () => {
  const { call } = vodWorld({ world: 'demo', clock: { mode: 'manual', now: Date.UTC(2030, 5, 1) } })
  const { MediaList } = (await call('SearchMedia', { PageSize: 1 })).body
  expect(MediaList[0].CreationTime).toBe('2030-05-31T23:02:00Z')
})

test('accounts of one cloud do not see, or hinder, each other', async () => {
  const { cloud, call, account } = demo()
  const other = cloud.createAccount({ world: 'demo' })
  const [{ MediaId: VideoIds }] = (await call('SearchMedia')).body.MediaList
  await call('DeleteVideo', { VideoIds })
  const total = async (of: typeof account) => (await call('SearchMedia', {}, { account: of })).body.Total
  expect([await total(account), await total(other), await total(cloud.createAccount())]).toEqual([37, 38, 0])
})
