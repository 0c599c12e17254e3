import { describe, expect, test } from 'vitest'
import type { CloudOptions, SettingsInput } from '../../../src/index.js'
import { vodWorld } from '../support.js'
import { filmWorld } from './film.js'

type Steps = NonNullable<NonNullable<NonNullable<SettingsInput['vod']>['workflows']>[number]['steps']>

/** Settings with one workflow, whose steps may name what the world has: a group and templates. */
const workflows = (steps: Steps, rest: object = {}) => ({ vod: { workflows: [{ id: 'mine', steps, ...rest }] } })

/** A world with a film, a workflow, and what its steps name: `group`, `pictures`, `animation`. */
async function workflowWorld(steps: Steps, options: CloudOptions = {}) {
  const world = await filmWorld({}, options)
  const { account, call, advance, template, events, VideoId } = world
  const group = account.vod.templateGroups.list({ by: { role: 'default' } }).rows[0]?.templateGroupId ?? ''
  const SnapshotConfig = { Count: 3, Interval: 1, SpecifiedOffsetTime: 0 }
  const pictures = template({ snapshot: { SnapshotType: 'NormalSnapshot', SnapshotConfig } })
  const dynamicImage = {
    Video: { Width: '128', Height: '128', Fps: '2' },
    Container: { Format: 'webp' },
    Clip: { TimeSpan: { Seek: '0', Duration: '1' } },
  }
  const animation = template({ dynamicImage })
  const ids: Record<string, string> = { group, pictures, animation }
  const named = steps.map((step) => Object.fromEntries(Object.entries(step).map(([name, value]) => [name, ids[value] ?? value]))) as Steps
  account.settings.change(workflows(named))
  const before = events().length
  return {
    ...world,
    /** Has the film worked through; answers the events, in order, and how each step has ended. */
    async run(forTime = '1m') {
      const { status, body } = await call('SubmitWorkflowJob', { WorkflowId: 'mine', MediaId: VideoId })
      expect([status, body]).toEqual([200, { RequestId: expect.any(String) }])
      await advance(forTime)
      const [run] = account.vod.workflowRuns.list({ descending: true }).rows
      return {
        told: events()
          .slice(before)
          .map(({ EventType, Status }) => `${EventType} ${Status}`),
        steps: run?.steps.map(({ state, outcome }) => outcome ?? state),
        isComplete: run?.completedAt !== undefined,
      }
    },
  }
}

const STREAMS = ['StreamTranscodeComplete success', 'StreamTranscodeComplete success', 'TranscodeComplete success']
const [SUCCEEDED, FAILED] = ['WorkflowTaskComplete Succeed', 'WorkflowTaskComplete Failed']

describe('SubmitWorkflowJob', () => {
  test('works through steps side by side, each with the events of its own', async () => {
    const { run, list, call, VideoId } = await workflowWorld([
      { does: 'transcode', templateGroupId: 'group' },
      { does: 'snapshot', templateId: 'pictures' },
      { does: 'dynamicImage', templateId: 'animation' },
    ])
    const { told, steps, isComplete } = await run()
    expect(told).toEqual(['SnapshotComplete success', 'DynamicImageComplete success', ...STREAMS, SUCCEEDED])
    expect([steps, isComplete]).toEqual([['success', 'success', 'success'], true])
    expect((await list('NormalSnapshot')).Total).toBe(3)
    expect((await call('ListDynamicImage', { VideoId })).body.DynamicImageList).toHaveLength(1)
    expect((await call('GetPlayInfo', { VideoId })).body.PlayInfoList.PlayInfo).toHaveLength(3)
  })

  test('or one after the other', async () => {
    const { run } = await workflowWorld([
      { does: 'transcode', templateGroupId: 'group' },
      { does: 'snapshot', templateId: 'pictures', after: 'transcode', on: 'success' },
      { does: 'snapshot', name: 'more', templateId: 'pictures', after: 'snapshot' },
      { does: 'dynamicImage', templateId: 'animation', after: 'transcode', on: 'fail' },
    ])
    const { told, steps, isComplete } = await run()
    expect(told).toEqual([...STREAMS, 'SnapshotComplete success', 'SnapshotComplete success', SUCCEEDED])
    expect([steps, isComplete]).toEqual([['success', 'success', 'success', 'skipped'], true])
  })

  test('goes another way where a step fails, and skips what comes after what was skipped', async () => {
    const { run, account } = await workflowWorld([
      { does: 'snapshot', templateId: 'pictures' },
      { does: 'transcode', templateGroupId: 'group', after: 'snapshot', on: 'success' },
      { does: 'dynamicImage', templateId: 'animation', after: 'snapshot', on: 'fail' },
      { does: 'snapshot', name: 'never', templateId: 'pictures', after: 'transcode' },
    ])
    account.faults.add({ action: 'SubmitSnapshotJob', job: { fail: 'InternalError' } })
    const { told, steps } = await run()
    expect(told).toEqual(['SnapshotComplete fail', 'DynamicImageComplete success', FAILED])
    expect(steps).toEqual(['fail', 'skipped', 'success', 'skipped'])
  })

  test('a step whose template is gone fails', async () => {
    const { run } = await workflowWorld([
      { does: 'snapshot', templateId: 'animation' },
      { does: 'dynamicImage', templateId: 'pictures' },
      { does: 'transcode', templateGroupId: 'none' },
    ])
    expect(await run()).toEqual({ told: [FAILED], steps: ['fail', 'fail', 'fail'], isComplete: true })
  })

  test('waits for a step as long as it takes', async () => {
    const { run, account } = await workflowWorld([
      { does: 'snapshot', templateId: 'pictures' },
      { does: 'dynamicImage', templateId: 'animation', after: 'snapshot' },
    ])
    account.faults.add({ action: 'SubmitSnapshotJob', job: { hold: true } })
    expect(await run('30m')).toEqual({ told: [], steps: ['running', 'waiting'], isComplete: false })
    await account.jobs.releaseAll()
    await account.clock.advance('1m')
    expect(account.vod.workflowRuns.list().rows[0]?.completedAt).toBeDefined()
  })

  test('ends without its video where that is deleted meanwhile', async () => {
    const { run, call, VideoId, account, events } = await workflowWorld([
      { does: 'snapshot', templateId: 'pictures' },
      { does: 'dynamicImage', templateId: 'animation', after: 'snapshot' },
    ])
    await run('1s')
    await call('DeleteVideo', { VideoIds: VideoId })
    await account.clock.advance('1m')
    expect(events('WorkflowTaskComplete')).toEqual([])
    const [made] = account.vod.workflowRuns.list().rows
    expect([made?.steps.map(({ outcome }) => outcome), made?.completedAt !== undefined]).toEqual([['success', 'fail'], true])
  })

  test('a copy of the account goes on with its own run', async () => {
    const { run, account } = await workflowWorld([
      { does: 'snapshot', templateId: 'pictures' },
      { does: 'dynamicImage', templateId: 'animation', after: 'snapshot' },
    ])
    await run('1s')
    const copy = await account.fork()
    await copy.clock.advance('1m')
    const endings = [copy, account].map(({ vod }) => vod.workflowRuns.list().rows.map(({ steps }) => steps.map(({ state }) => state)))
    expect(endings).toEqual([[['ended', 'ended']], [['running', 'waiting']]])
  })
})

describe('an upload by a workflow', () => {
  const pictures = { SnapshotType: 'NormalSnapshot', SnapshotConfig: { Count: 2, Interval: 1, SpecifiedOffsetTime: 0 } }

  test('has its steps begin once the file has been analysed', async () => {
    const { account, call, upload, advance, events } = vodWorld()
    const { VodTemplateId } = (
      await call('AddVodTemplate', { Name: 'mine', TemplateType: 'Snapshot', TemplateConfig: JSON.stringify(pictures) })
    ).body
    account.settings.change(
      workflows([{ does: 'distributeSource' }, { does: 'snapshot', templateId: VodTemplateId, after: 'distributeSource' }]),
    )
    const VideoId = await upload({ WorkflowId: 'mine' })
    expect((await call('GetPlayInfo', { VideoId })).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD' }])
    await advance('1m')
    expect((await call('GetPlayInfo', { VideoId })).body.PlayInfoList.PlayInfo).toHaveLength(1)
    expect((await call('ListSnapshots', { VideoId, SnapshotType: 'NormalSnapshot' })).body.MediaSnapshot.Total).toBe(2)
    expect(events().map(({ EventType }) => EventType)).toEqual([
      'MediaBaseChangeComplete',
      'FileUploadComplete',
      'VideoAnalysisComplete',
      'SnapshotComplete',
      'WorkflowTaskComplete',
      // The covers, which are taken of every upload.
      'SnapshotComplete',
    ])
  })

  test('plays its source not before the step that says so', async () => {
    const { account, call, refusal, upload, advance, status } = vodWorld()
    const { VodTemplateId } = (
      await call('AddVodTemplate', { Name: 'mine', TemplateType: 'Snapshot', TemplateConfig: JSON.stringify(pictures) })
    ).body
    account.settings.change(
      workflows([
        { does: 'snapshot', templateId: VodTemplateId },
        { does: 'distributeSource', after: 'snapshot', on: 'success' },
      ]),
    )
    const VideoId = await upload({ WorkflowId: 'mine' })
    await advance('1s')
    expect([await status(VideoId), (await refusal('GetPlayInfo', { VideoId })).status]).toEqual(['UploadSucc', 403])
    await advance('1m')
    expect((await call('GetPlayInfo', { VideoId })).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD' }])
  })

  test('with a transcoding step ends as TranscodeFail where the file is damaged', async () => {
    const { account, call, upload, advance, status } = vodWorld()
    await call('GetCategories')
    const templateGroupId = account.vod.templateGroups.list({ by: { role: 'default' } }).rows[0]?.templateGroupId
    account.settings.change({ vod: { workflows: [{ id: 'mine', templateGroupId }] } })
    const VideoId = await upload({ WorkflowId: 'mine' }, new Uint8Array())
    await advance('1m')
    expect(await status(VideoId)).toBe('TranscodeFail')
  })
})

describe('settings', () => {
  test.each<[name: string, steps: object[], problem: RegExp]>([
    ['that nothing does', [{ does: 'polish' }], /does/],
    ['that lacks what it needs', [{ does: 'transcode' }], /templateGroupId/],
    ['after one that is not there', [{ does: 'distributeSource', after: 'transcode' }], /none of the steps before it/],
    ['after itself', [{ does: 'distributeSource', after: 'distributeSource' }], /none of the steps before it/],
    ['with a condition about nothing', [{ does: 'distributeSource', on: 'success' }], /not after which it comes/],
    ['of the same name as another', [{ does: 'distributeSource' }, { does: 'distributeSource' }], /another name/],
    ['with a member that nobody knows', [{ does: 'distributeSource', next: [] }], /next/],
    ['one too many', Array.from({ length: 21 }, (_, index) => ({ does: 'distributeSource', name: `step${index}` })), /20/],
  ])('refuse a step %s', (_name, steps, problem) => {
    const { account } = vodWorld()
    expect(() => account.settings.change({ vod: { workflows: [{ id: 'mine', steps }] } } as never)).toThrow(problem)
    expect(account.settings.values.vod.workflows).toBeUndefined()
  })

  test.each([
    [{ workflows: [{ id: 'mine' }, { id: 'mine' }] }, /two workflows of one id/],
    [{ pipelines: [{ id: 'mine' }, { id: 'mine' }] }, /two pipelines of one id/],
    [{ resourceGroups: [{ id: 'rg-mine' }, { id: 'rg-mine', status: 'Deleting' }] }, /two groups of one id/],
    [{ domains: [{ name: 'a.example.com' }, { name: 'A.example.com' }] }, /two domains of one name/],
    [
      { storages: [{ location: 'own-bucket.oss-cn-shanghai.aliyuncs.com' }, { location: 'OWN-bucket.oss-cn-shanghai.aliyuncs.com' }] },
      /two storages of/,
    ],
  ] as const)('%j are refused', (vod, problem) => {
    const { account } = vodWorld()
    expect(() => account.settings.change({ vod } as never)).toThrow(problem)
  })
})
