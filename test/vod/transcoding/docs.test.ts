/** The examples of docs/vod-transcoding.md: each runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { createClient } from '../../../src/client/index.js'
import { emulatorTest } from '../../../src/vitest.js'

const test = emulatorTest()

test('a video is transcoded on demand', async ({ account, cloud, clock, expect }) => {
  const { vod } = createClient({ cloud, ...account.credentials })
  const { UploadJobs } = await vod.UploadMediaByURL({
    UploadURLs: ['http://my.oss-cn-shanghai.aliyuncs.com/a.mp4'],
    TemplateGroupId: 'VOD_NO_TRANSCODE',
  })
  await clock.advance('1m')
  const { URLUploadInfoList } = await vod.GetURLUploadInfos({ JobIds: [UploadJobs[0]?.JobId ?? ''] })
  const VideoId = URLUploadInfoList[0]?.MediaId ?? ''
  const { TranscodeTemplateGroupList } = await vod.ListTranscodeTemplateGroup()
  const group = TranscodeTemplateGroupList.find(({ IsDefault }) => IsDefault === 'Default')
  const TemplateGroupId = group?.TranscodeTemplateGroupId ?? ''

  const { TranscodeTaskId } = await vod.SubmitTranscodeJobs({ VideoId, TemplateGroupId, Priority: '8' })
  await clock.advance('3s')
  const { TranscodeSummaryList } = await vod.GetTranscodeSummary({ VideoIds: [VideoId] })
  expect(TranscodeSummaryList[0]?.TranscodeJobInfoSummaryList).toMatchObject([{ TranscodeProgress: 50 }, { TranscodeProgress: 50 }])
  await clock.advance('2s')
  const { TranscodeTask } = await vod.GetTranscodeTask({ TranscodeTaskId })
  expect(TranscodeTask.TaskStatus).toBe('CompleteAllSucc')
})

test('one template fails, once', async ({ account, cloud, clock, expect }) => {
  const { vod } = createClient({ cloud, ...account.credentials })
  // What every account has from the start is there with its first call.
  await vod.ListTranscodeTemplateGroup()
  const [group] = account.vod.templateGroups.list({ by: { role: 'default' } }).rows
  const TranscodeTemplateId = group?.templates[0]?.TranscodeTemplateId ?? ''
  account.faults.add({
    action: 'SubmitTranscodeJobs',
    when: { TranscodeTemplateId },
    times: 1,
    job: { fail: { code: 'InvalidFile.Decode' } },
  })

  await vod.UploadMediaByURL({ UploadURLs: ['http://my.oss-cn-shanghai.aliyuncs.com/a.mp4'] })
  await clock.advance('1m')
  const [event] = account.events.list().filter(({ type }) => type === 'TranscodeComplete')
  expect(event?.payload).toMatchObject({
    Status: 'success',
    StreamInfos: [{ Status: 'fail', ErrorCode: 'InvalidFile.Decode' }, { Status: 'success' }],
  })
})

test('one at a time, the highest priority first', async ({ account, cloud, clock, expect }) => {
  account.settings.change({
    vod: {
      pipelines: [
        { id: 'default', slots: 1 },
        { id: 'night', slots: 20, state: 'Paused' },
      ],
    },
  })
  const { vod } = createClient({ cloud, ...account.credentials })
  await vod.UploadMediaByURL({ UploadURLs: ['http://my.oss-cn-shanghai.aliyuncs.com/a.mp4'] })
  const fired = await clock.advance('1m')
  const ended = fired.filter(({ what }) => what.endsWith('Transcoding → end')).map(({ at }) => at)
  expect(Date.parse(ended[1] ?? '') - Date.parse(ended[0] ?? '')).toBe(4000)
})

it('stands in docs/vod-transcoding.md as it does here', ({ expect }) => {
  const here = readFileSync(new URL('./docs.test.ts', import.meta.url), 'utf8')
  const page = readFileSync(new URL('../../../docs/vod-transcoding.md', import.meta.url), 'utf8')
  const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(examples).toHaveLength(3)
  for (const example of examples) expect(here).toContain(example)
})
