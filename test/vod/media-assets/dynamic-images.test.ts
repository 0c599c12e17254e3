import { expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains, sample, vodWorld } from '../support.js'

/** A world with a video of which so many animated images have been made. */
async function dynamicWorld(count: number) {
  const world = vodWorld({ settings: { vod: { domains: domains.slice(1) } } })
  const { account, create, call } = world
  const { VideoId } = await create()
  const { bucket } = account.vod.videos.get(VideoId)?.file ?? { bucket: '' }
  for (let number = 1; number <= count; number++) {
    const file = { bucket, key: `${VideoId}/image/dynamic/${number}.gif` }
    const { size } = await account.turn.take(() => account.oss.putObject(bucket, file.key, sample('sample.gif')))
    account.vod.dynamicImages.put({
      dynamicImageId: `image${number}`,
      videoId: VideoId,
      jobId: `job${number}`,
      format: 'gif',
      file,
      size,
      width: 320,
      height: 180,
      fps: 12.5,
      duration: 2,
      createdAt: account.clock.now(),
    })
  }
  const list = async () => (await call('ListDynamicImage', { VideoId })).body.DynamicImageList
  const names = async (): Promise<string[]> => (await list()).map(({ DynamicImageId }: { DynamicImageId: string }) => DynamicImageId)
  return { ...world, VideoId, list, names }
}

test('dynamic images are listed with all numbers as text, and can be downloaded', async () => {
  const { cloud, list, VideoId } = await dynamicWorld(2)
  const images = await list()
  expect(images[0]).toEqual({
    DynamicImageId: 'image1',
    VideoId,
    JobId: 'job1',
    Format: 'gif',
    FileURL: expect.stringMatching(/^http:\/\/safe\.example\.com\/.*1\.gif\?auth_key=/),
    FileSize: String(sample('sample.gif').length),
    Width: '320',
    Height: '180',
    Fps: '12.5',
    Duration: '2',
    CreationTime: '2026-01-01T00:00:00Z',
  })
  expect((await download(cloud, images[1].FileURL)).status).toBe(200)
})

test('DeleteDynamicImage takes those that are named from the video, and leaves their files', async () => {
  const { cloud, call, list, names, VideoId } = await dynamicWorld(12)
  const [{ FileURL }] = await list()
  await call('DeleteDynamicImage', { VideoId, DynamicImageIds: 'image1,image3,none' })
  expect(await names()).toEqual(['image2', ...Array.from({ length: 9 }, (_, index) => `image${index + 4}`)])
  expect((await download(cloud, FileURL)).status).toBe(200)
})

test('without ids it takes all of up to ten, and of more none', async () => {
  const { call, refusal, names, VideoId } = await dynamicWorld(11)
  expect(await refusal('DeleteDynamicImage', { VideoId })).toMatchObject({ status: 400, code: 'InvalidParameter' })
  expect(await names()).toHaveLength(11)
  await call('DeleteDynamicImage', { VideoId, DynamicImageIds: 'image11' })
  await call('DeleteDynamicImage', { VideoId })
  expect(await names()).toEqual([])
})

test('images of another video are not reached', async () => {
  const { call, create, names } = await dynamicWorld(1)
  const other = (await create()).VideoId
  await call('DeleteDynamicImage', { VideoId: other, DynamicImageIds: 'image1' })
  expect(await names()).toEqual(['image1'])
})
