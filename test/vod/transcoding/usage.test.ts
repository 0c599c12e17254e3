import { expect, test } from 'vitest'
import { transcodeWorld } from './support.js'

test('seconds that were transcoded are counted by the hour, by what they were transcoded to', async () => {
  const { account, uploaded, addGroup, templateIds, submit, advance } = transcodeWorld()
  const [VideoId, group] = [await uploaded(), await addGroup()]
  const [, failing = ''] = templateIds(group)
  account.faults.add({ action: 'SubmitTranscodeJobs', when: { TranscodeTemplateId: failing }, job: { fail: 'TranscodeFail' } })
  await submit(VideoId, group)
  await submit(VideoId, group)
  await advance('1h')
  await submit(VideoId, group)
  await advance('1m')
  const readings = account.usage.meters.read('vod.transcoding')
  const start = Date.parse('2026-01-01T00:00:00Z')
  const counted = readings.map(({ hour, labels, amount }) => [hour - start, labels.specification, amount])
  expect(counted).toEqual([
    [0, 'H264.LD', 4],
    [0, 'H264.SD', 4],
    [0, 'H264.HD', 4],
    [3_600_000, 'H264.LD', 2],
    [3_600_000, 'H264.SD', 2],
    [3_600_000, 'H264.HD', 2],
  ])
  expect(account.usage.meters.read('vod.transcoding', { from: start + 3_600_000 })).toEqual(readings.slice(3))
})

test('animated images are counted as what is transcoded, by their size', async () => {
  const { account, done, uploaded, advance } = transcodeWorld()
  const VideoId = await uploaded()
  const TemplateConfig = JSON.stringify({
    Video: { Width: '1280', Height: '720', Fps: '2' },
    Container: { Format: 'webp' },
    Clip: { TimeSpan: { Seek: '0', Duration: '1.5' } },
  })
  const { VodTemplateId } = await done('AddVodTemplate', { Name: 'moving', TemplateType: 'DynamicImage', TemplateConfig })
  await done('SubmitDynamicImageJob', { VideoId, DynamicImageTemplateId: VodTemplateId })
  await advance('1m')
  const bucket = account.vod.videos.get(VideoId)?.file.bucket
  expect(account.usage.meters.read('vod.transcoding')).toMatchObject([{ labels: { bucket, specification: 'H264.SD' }, amount: 2 }])
})
