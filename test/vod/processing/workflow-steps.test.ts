import { describe, expect, test } from 'vitest'
import type { AssetInput } from '../../../src/assets/asset.js'
import type { SettingsInput } from '../../../src/index.js'
import { decode, sample, vodWorld } from '../support.js'

type Steps = NonNullable<NonNullable<NonNullable<SettingsInput['vod']>['workflows']>[number]['steps']>

/** Uploads a film whose file is declared so, and has it worked through by a workflow; steps may name a template of snapshots as `pictures`. */
async function workedThrough(
  steps: (ids: Record<'group' | 'pictures', string>) => Steps,
  { declared = {}, TemplateConfig }: { declared?: Partial<AssetInput>; TemplateConfig?: object } = {},
) {
  const world = vodWorld({ settings: { limits: { enabled: false } } })
  const { account, call, create, put, advance, events } = world
  await call('GetCategories')
  const group = account.vod.templateGroups.list({ by: { role: 'default' } }).rows[0]?.templateGroupId as string
  const snapshots = { SnapshotType: 'NormalSnapshot', SnapshotConfig: { Count: 2, Interval: 1, SpecifiedOffsetTime: 0 } }
  const { VodTemplateId } = (
    await call('AddVodTemplate', { Name: 'mine', TemplateType: 'Snapshot', TemplateConfig: JSON.stringify(snapshots) })
  ).body
  if (TemplateConfig) {
    const { TemplateId } = (
      await call('AddAITemplate', { TemplateName: 'mine', TemplateType: 'AIMediaAudit', TemplateConfig: JSON.stringify(TemplateConfig) })
    ).body
    await call('SetDefaultAITemplate', { TemplateId })
  }
  account.settings.change({ vod: { workflows: [{ id: 'mine', steps: steps({ group, pictures: VodTemplateId }) }] } })
  const ticket = await create({ WorkflowId: 'mine', UserData: '{"Extend":"mark"}' })
  const { Bucket, FileName } = decode(ticket.UploadAddress)
  account.assets.put({ url: `http://${Bucket}.oss-cn-shanghai.aliyuncs.com/${FileName}`, duration: 10, ...declared })
  await put(ticket, sample('sample.mp4'))
  await advance('5m')
  const [run] = account.vod.workflowRuns.list().rows
  return {
    ...world,
    VideoId: ticket.VideoId as string,
    /** What was told since the upload. */
    told: events()
      .slice(2)
      .map(({ EventType, Status }) => `${EventType} ${Status}`),
    steps: run?.steps.map(({ state, outcome }) => outcome ?? state),
  }
}

/** Covers are taken of every upload, whatever its workflow does. */
const ARRIVED = ['VideoAnalysisComplete success', 'SnapshotComplete success']
const STREAMS = ['StreamTranscodeComplete success', 'StreamTranscodeComplete success', 'TranscodeComplete success']
const [SUCCEEDED, FAILED] = ['WorkflowTaskComplete Succeed', 'WorkflowTaskComplete Failed']

const ofAllChapters = ({ group, pictures }: Record<'group' | 'pictures', string>): Steps => [
  { does: 'transcode', templateGroupId: group },
  { does: 'snapshot', templateId: pictures, after: 'transcode', on: 'success' },
  { does: 'review', after: 'snapshot', on: 'success' },
  { does: 'tag', after: 'review', on: 'passed' },
  { does: 'dna', after: 'tag', on: 'success' },
]

const BLOCKING = { AuditRange: ['video'], AuditContent: ['screen'], AuditItem: ['porn'], AuditAutoBlock: 'yes' }

describe('steps of all chapters', () => {
  test('follow one another: analysis, streams, snapshots, review, tags, fingerprints', async () => {
    const { told, steps, events, call, VideoId } = await workedThrough(ofAllChapters)
    expect(told).toEqual([
      ...ARRIVED,
      ...STREAMS,
      'SnapshotComplete success',
      'AIMediaAuditComplete success',
      'AIVideoTagComplete success',
      'AIMediaDNAComplete success',
      SUCCEEDED,
    ])
    expect(steps).toEqual(['success', 'success', 'passed', 'success', 'success'])
    expect((await call('GetMediaAuditResult', { MediaId: VideoId })).body.MediaAuditResult.Suggestion).toBe('pass')
    const jobs = ['AIVideoTagComplete', 'AIMediaDNAComplete'].map((type) => events(type)[0]?.JobId)
    const { AIJobList } = (await call('ListAIJob', { JobIds: jobs.join(',') })).body
    expect(AIJobList.AIJob.map(({ MediaId, Status }: Record<string, string>) => [MediaId, Status])).toEqual([
      [VideoId, 'success'],
      [VideoId, 'success'],
    ])
  })

  test('end at a review that blocks', async () => {
    const findings = { video: [{ scene: 'porn' as const, at: 1 }] }
    const { told, steps, status, VideoId } = await workedThrough(ofAllChapters, { declared: { findings }, TemplateConfig: BLOCKING })
    expect(told).toEqual([...ARRIVED, ...STREAMS, 'SnapshotComplete success', 'AIMediaAuditComplete success', SUCCEEDED])
    expect(steps).toEqual(['success', 'success', 'blocked', 'skipped', 'skipped'])
    expect(await status(VideoId)).toBe('Blocked')
  })

  test('go on elsewhere where a review could not be done', async () => {
    const { told, steps } = await workedThrough(
      ({ pictures }) => [
        { does: 'review' },
        { does: 'tag', after: 'review', on: 'passed' },
        { does: 'snapshot', templateId: pictures, after: 'review', on: 'fail' },
      ],
      { declared: { defect: 'fails every time' } },
    )
    expect(told).toEqual([...ARRIVED, 'AIMediaAuditComplete fail', 'SnapshotComplete success', FAILED])
    expect(steps).toEqual(['fail', 'skipped', 'success'])
  })

  test.each<[what: string, step: Steps[number]]>([['review by a template that is not there', { does: 'review', templateId: 'none' }]])(
    'fail: %s',
    async (_what, step) => {
      const { told, steps } = await workedThrough(() => [step])
      expect([told, steps]).toEqual([['VideoAnalysisComplete success', FAILED, 'SnapshotComplete success'], ['fail']])
    },
  )
})

test('WorkflowTaskComplete agrees with what the steps have told', async () => {
  const { events, account, VideoId } = await workedThrough(({ group, pictures }) => [
    { does: 'distributeSource' },
    { does: 'transcode', templateGroupId: group },
    { does: 'snapshot', name: 'VodSnapshot_123', templateId: pictures, after: 'transcode', on: 'success' },
    { does: 'tag', after: 'transcode', on: 'fail' },
  ])
  const [{ ActivityResults, TaskInput, TaskId, ...told }] = events('WorkflowTaskComplete') as [Record<string, string>]
  expect(told).toEqual({
    EventType: 'WorkflowTaskComplete',
    EventTime: '2026-01-01T00:00:08Z',
    WorkflowId: 'mine',
    Status: 'Succeed',
    VideoId,
    CreateTime: '2026-01-01T00:00:01Z',
    ModifiedTime: '2026-01-01T00:00:08Z',
    FinishTime: '2026-01-01T00:00:08Z',
    UserId: account.accountId,
    Extend: 'mark',
  })
  expect(JSON.parse(TaskInput as string)).toEqual({
    Type: 'Media',
    Media: VideoId,
    Title: 'film',
    StorageLocation: account.vod.videos.get(VideoId)?.storageLocation,
  })
  const results = JSON.parse(ActivityResults as string)
  expect(Object.keys(results)).toEqual(['distributeSource', 'transcode', 'VodSnapshot_123'])
  const { SnapshotInfos } = events('SnapshotComplete').at(-1) as { SnapshotInfos: { JobId: string }[] }
  const JobId = SnapshotInfos[0]?.JobId
  expect(results.VodSnapshot_123).toEqual({
    Status: 'Succeed',
    StartTime: '2026-01-01T00:00:06Z',
    EndTime: '2026-01-01T00:00:08Z',
    ActivityId: 'VodSnapshot',
    ActivityInstanceId: JobId,
    Result: { MediaId: VideoId, JobId },
  })
  expect(results.distributeSource).toEqual({
    Status: 'Succeed',
    StartTime: '2026-01-01T00:00:01Z',
    EndTime: '2026-01-01T00:00:01Z',
    ActivityId: 'VodDistributeSource',
    ActivityInstanceId: `${TaskId}-distributeSource`,
    Result: { MediaId: VideoId },
  })
})
