/** Scripted jobs: what a fault, or a test by the job's id, makes of them; seen as a caller sees it. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { type Control, createControl } from '../../src/client/index.js'
import type { FaultInput } from '../../src/faults/fault.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import type { JobScriptInput, SettingsInput } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'
import { vodWorld } from '../vod/support.js'

const IMAGE_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/images/sample.jpg'

/** One Action of each vision service, how to call it, and what its service says of a file that cannot be decoded. */
const families: { id: string; params: Record<string, ParamValue>; code: string; message: string; usual: string }[] = [
  {
    id: 'videoseg.SegmentVideoBody',
    params: { VideoUrl: VIDEO_URL },
    code: 'InvalidFile.Decode',
    message: 'The file in "VideoUrl" cannot be decoded.',
    usual: 'InternalServerError.Algo',
  },
  {
    id: 'videorecog.GenerateVideoCover',
    params: { VideoUrl: VIDEO_URL, IsGif: false },
    code: 'InvalidFile.Decode',
    message: 'The file in "VideoUrl" cannot be decoded.',
    usual: 'InternalServerError.Algo',
  },
  {
    id: 'videoenhan.MergeVideoFace',
    params: { VideoURL: VIDEO_URL, PostURL: '', ReferenceURL: IMAGE_URL },
    code: 'InvalidFile.Decode',
    message: 'The file in "VideoURL" cannot be decoded.',
    usual: 'InternalServerError.Algo',
  },
  {
    id: 'imageenhan.RecolorHDImage',
    params: { Url: IMAGE_URL, Mode: 'AUTO', ColorCount: 2, Degree: '0.8' },
    code: 'InvalidImage.Content',
    message: 'The content of the image in "Url" is not valid.',
    usual: 'InternalServerError',
  },
]

const SEGMENT = families[0] as (typeof families)[number]

/** A cloud with functions that submit jobs of the vision services and poll them. */
function visionWorld(settings: SettingsInput = {}) {
  const world = testCloud({ settings })
  const { call, account } = world
  const submit = async ({ id, params } = SEGMENT): Promise<string> => (await call(id, params)).body.RequestId
  const poll = async (JobId: string, service = 'videoseg'): Promise<Record<string, string>> =>
    (await call(`${service}.GetAsyncJobResult`, { JobId })).body.Data
  const status = async (JobId: string): Promise<string | undefined> => (await poll(JobId)).Status
  /** Status after each step of the clock, in milliseconds. */
  const statuses = async (JobId: string, ...steps: number[]) => {
    const seen: (string | undefined)[] = []
    for (const step of steps) {
      await account.clock.advance(step)
      seen.push(await status(JobId))
    }
    return seen
  }
  return { ...world, submit, poll, status, statuses, advance: (by: number | string) => account.clock.advance(by) }
}

describe.each(families)('a job of $id', (family) => {
  const { id, code, message, usual } = family
  const [service = '', action = ''] = id.split('.')

  test.each<[title: string, script: JobScriptInput, ended: object]>([
    ['fails with a code and its message', { fail: code }, { Status: 'PROCESS_FAILED', ErrorCode: code, ErrorMessage: message }],
    [
      'fails with a message of its own',
      { fail: { code, message: 'mine' } },
      { Status: 'PROCESS_FAILED', ErrorCode: code, ErrorMessage: 'mine' },
    ],
    [
      'fails as jobs do whose parameters are wrong',
      { fail: 'InvalidParameter' },
      { Status: 'PROCESS_FAILED', ErrorCode: 'InvalidParameter', ErrorMessage: 'paramsIllegal' },
    ],
    ['runs out of time', { timeout: true }, { Status: 'TIMEOUT_FAILED', ErrorCode: usual, ErrorMessage: expect.stringContaining('time') }],
    [
      'runs out of attempts',
      { exhaust: true },
      { Status: 'LIMIT_RETRY_FAILED', ErrorCode: usual, ErrorMessage: expect.not.stringContaining('time') },
    ],
    ['runs out of attempts with a code', { exhaust: { code } }, { Status: 'LIMIT_RETRY_FAILED', ErrorCode: code, ErrorMessage: message }],
    ['finishes with a result', { finish: { Score: [1, null, 'x'] } }, { Status: 'PROCESS_SUCCESS', Result: '{"Score":[1,null,"x"]}' }],
    ['finishes with nothing', { finish: null }, { Status: 'PROCESS_SUCCESS', Result: 'null' }],
  ])('%s', async (_title, job, ended) => {
    const { account, submit, poll, advance } = visionWorld()
    account.faults.add({ service, action, job })
    const JobId = await submit(family)
    await advance('2h')
    expect(await poll(JobId, service)).toEqual({ JobId, ...ended })
  })

  test('is held in its first stage until it is released', async () => {
    const { account, submit, poll, advance } = visionWorld()
    account.faults.add({ service, action, job: { hold: true } })
    const JobId = await submit(family)
    await advance('3d')
    expect(await poll(JobId, service)).toEqual({ JobId, Status: 'QUEUING' })
    await account.jobs.release(JobId)
    await advance('5s')
    expect(await poll(JobId, service)).toMatchObject({ Status: 'PROCESS_SUCCESS', Result: expect.any(String) })
  })
})

describe('how long it takes', () => {
  test('a job fails at the end of the stage it is to fail in', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { fail: { code: 'InvalidFile.URL', stage: 'QUEUING' } } })
    expect(await statuses(await submit(), 999, 1)).toEqual(['QUEUING', 'PROCESS_FAILED'])
  })

  test('without a stage it fails at the end of the last', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { fail: 'InvalidFile.URL' } })
    expect(await statuses(await submit(), 1000, 3999, 1)).toEqual(['PROCESSING', 'PROCESSING', 'PROCESS_FAILED'])
  })

  test('a job that exhausts its attempts is tried three times', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { exhaust: true } })
    const JobId = await submit()
    expect(await statuses(JobId, 5000, 4000, 3999, 1)).toEqual(['PROCESSING', 'PROCESSING', 'PROCESSING', 'LIMIT_RETRY_FAILED'])
    expect(account.jobs.get(JobId)?.attempt).toBe(3)
  })

  test('one that exhausts them in its first stage never leaves it', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { exhaust: { code: 'InvalidFile.URL', stage: 'QUEUING' } } })
    expect(await statuses(await submit(), 2999, 1)).toEqual(['QUEUING', 'LIMIT_RETRY_FAILED'])
  })

  test('a job times out when its time is up, and not before', async () => {
    const { account, submit, statuses } = visionWorld({ jobs: { 'videoseg.*': { timeout: '20m' } } })
    account.faults.add({ action: 'SegmentVideoBody', job: { timeout: true } })
    expect(await statuses(await submit(), 1000, 1_198_999, 1)).toEqual(['PROCESSING', 'PROCESSING', 'TIMEOUT_FAILED'])
  })

  test('durations that are set hold for scripted jobs, too', async () => {
    const { account, submit, statuses } = visionWorld({ jobs: { '*': { stages: { QUEUING: '1m', PROCESSING: '2m' } } } })
    account.faults.add({ action: 'SegmentVideoBody', job: { finish: {} } })
    expect(await statuses(await submit(), 60_000, 119_999, 1)).toEqual(['PROCESSING', 'PROCESSING', 'PROCESS_SUCCESS'])
  })

  test('attempts end when the time is up', async () => {
    const { account, submit, statuses } = visionWorld({ jobs: { '*': { timeout: '10s' } } })
    account.faults.add({ action: 'SegmentVideoBody', job: { exhaust: true } })
    expect(await statuses(await submit(), 9999, 1)).toEqual(['PROCESSING', 'TIMEOUT_FAILED'])
  })
})

describe('holding', () => {
  test('at a later stage, a job gets there as usual, and then takes what that stage takes', async () => {
    const { account, submit, statuses, status } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { hold: 'PROCESSING' } })
    const JobId = await submit()
    expect(await statuses(JobId, 999, 1, 86_400_000)).toEqual(['QUEUING', 'PROCESSING', 'PROCESSING'])
    await account.jobs.release(JobId)
    expect(await status(JobId)).toBe('PROCESSING')
    expect(await statuses(JobId, 3999, 1)).toEqual(['PROCESSING', 'PROCESS_SUCCESS'])
  })

  test('does not count as time that the job has taken', async () => {
    const { account, submit, advance, statuses } = visionWorld({ jobs: { '*': { timeout: '6s' } } })
    account.faults.add({ action: 'SegmentVideoBody', times: 1, job: { hold: true } })
    const JobId = await submit()
    await advance('1h')
    await account.jobs.release(JobId)
    await account.jobs.script(JobId, { timeout: true })
    expect(await statuses(JobId, 5999, 1)).toEqual(['PROCESSING', 'TIMEOUT_FAILED'])
  })

  test('a job that runs stops where it is, and goes on with the time that it had left', async () => {
    const { account, submit, advance, statuses } = visionWorld()
    const JobId = await submit()
    await advance(3000)
    await account.jobs.script(JobId, { hold: true })
    expect(await statuses(JobId, 3_600_000)).toEqual(['PROCESSING'])
    await account.jobs.release(JobId)
    expect(await statuses(JobId, 1999, 1)).toEqual(['PROCESSING', 'PROCESS_SUCCESS'])
  })

  test('released before it gets there, a job is not held at all', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { hold: 'PROCESSING' } })
    const JobId = await submit()
    await account.jobs.release(JobId)
    expect(await statuses(JobId, 5000)).toEqual(['PROCESS_SUCCESS'])
  })

  test('all jobs are released at once, and no other is touched', async () => {
    const { account, submit, statuses } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', times: 2, job: { hold: true } })
    const held = [await submit(), await submit()]
    const free = await submit()
    expect((await account.jobs.releaseAll()).map(({ id }) => id)).toEqual(held)
    expect(await account.jobs.releaseAll()).toEqual([])
    for (const [index, id] of [...held, free].entries()) expect(await statuses(id, index === 0 ? 5000 : 0)).toEqual(['PROCESS_SUCCESS'])
  })

  test('a job that is held counts as unfinished', async () => {
    const { account, call, submit, advance } = visionWorld({ maxUnfinishedJobs: 1 })
    account.faults.add({ action: 'SegmentVideoBody', times: 1, job: { hold: true } })
    await submit()
    await advance('3d')
    expect((await call(SEGMENT.id, SEGMENT.params)).body.Code).toBe('InternalServerError.Busy')
  })

  test('what is released goes back to the call that started it', async () => {
    const { account, submit, advance } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { hold: true } })
    const JobId = await submit()
    await account.jobs.release(JobId)
    await advance('5s')
    expect(account.jobs.get(JobId)).toMatchObject({ cause: JobId, ending: 'succeeded' })
  })
})

describe('by its id', () => {
  test.each<[script: JobScriptInput, ended: object]>([
    [{ fail: 'InvalidFile.Decode' }, { Status: 'PROCESS_FAILED', ErrorCode: 'InvalidFile.Decode', ErrorMessage: SEGMENT.message }],
    [{ exhaust: true }, { Status: 'LIMIT_RETRY_FAILED', ErrorCode: 'InternalServerError.Algo' }],
    [{ timeout: true }, { Status: 'TIMEOUT_FAILED' }],
    [{ finish: { Elements: [] } }, { Status: 'PROCESS_SUCCESS', Result: '{"Elements":[]}' }],
  ])('a job that runs meets %j', async (script, ended) => {
    const { account, submit, poll, advance } = visionWorld()
    const [scripted, other] = [await submit(), await submit()]
    await advance(2000)
    await account.jobs.script(scripted, script)
    await advance('2h')
    expect(await poll(scripted)).toMatchObject(ended)
    expect((await poll(other)).Status).toBe('PROCESS_SUCCESS')
  })

  test('what was decided before counts no more', async () => {
    const { account, submit, advance, poll } = visionWorld()
    account.faults.add({ action: 'SegmentVideoBody', job: { hold: true } })
    const JobId = await submit()
    await advance('1d')
    await account.jobs.script(JobId, { fail: 'InvalidFile.URL' })
    await advance('5s')
    expect(await poll(JobId)).toMatchObject({ Status: 'PROCESS_FAILED', ErrorCode: 'InvalidFile.URL' })
  })

  test('a job that waits for its time to be up can still be finished', async () => {
    const { account, submit, advance, poll } = visionWorld()
    await account.putAssets([{ url: VIDEO_URL, defect: 'never finishes' }])
    const JobId = await submit()
    await advance('10m')
    await account.jobs.script(JobId, { finish: 'at last' })
    await advance('4s')
    expect(await poll(JobId)).toMatchObject({ Status: 'PROCESS_SUCCESS', Result: '"at last"' })
  })

  test.each<[title: string, at: string, script: JobScriptInput, why: RegExp]>([
    ['a stage that there is not', '0s', { hold: 'PROCESING' }, /^hold: .*no stage PROCESING.*did you mean "PROCESSING"/],
    ['a stage that it has left', '2s', { hold: 'QUEUING' }, /^hold: the job has left the stage QUEUING/],
    ['failing in a stage that it has left', '2s', { fail: { code: 'InvalidFile.URL', stage: 'QUEUING' } }, /^fail\.stage: .*left/],
    [
      'a code that no table has',
      '0s',
      { fail: 'InvalidFile.Decoding' },
      /^fail: .*InvalidFile\.Decoding.*did you mean "InvalidFile\.Decode"/,
    ],
    ['a code that only calls have', '0s', { exhaust: { code: 'SignatureDoesNotMatch' } }, /^exhaust: .*does not fail with/],
    ['a job that has ended', '1h', { fail: 'InvalidFile.URL' }, /has ended \(succeeded\)/],
  ])('%s is refused, and the job takes its course', async (_title, at, script, why) => {
    const { account, submit, advance, poll } = visionWorld()
    const JobId = await submit()
    await advance(at)
    await expect(account.jobs.script(JobId, script)).rejects.toThrow(why)
    await advance('1h')
    expect((await poll(JobId)).Status).toBe('PROCESS_SUCCESS')
  })

  test('an undocumented code takes saying so', async () => {
    const { account, submit, advance, poll } = visionWorld()
    const JobId = await submit()
    await account.jobs.script(JobId, { fail: { code: 'Ours', message: 'odd' } }, { custom: true })
    await advance('5s')
    expect(await poll(JobId)).toMatchObject({ Status: 'PROCESS_FAILED', ErrorCode: 'Ours', ErrorMessage: 'odd' })
  })

  test('a job that is not held cannot be released, nor one that does not exist', async () => {
    const { account, submit } = visionWorld()
    const JobId = await submit()
    await expect(account.jobs.release(JobId)).rejects.toThrow('is not held')
    await expect(account.jobs.release('nope')).rejects.toThrow('there is no job nope')
    await expect(account.jobs.script('nope', { hold: true })).rejects.toThrow('there is no job nope')
  })
})

describe('which jobs', () => {
  /** Codes with which the jobs of several calls end, or `ok`. */
  const endings = async (faults: FaultInput[], calls: [id: string, params: Record<string, ParamValue>][]) => {
    const { account, call, advance, poll } = visionWorld()
    account.faults.addAll(faults)
    const ids: [string, string][] = []
    for (const [id, params] of calls) ids.push([id.split('.')[0] as string, (await call(id, params)).body.RequestId])
    await advance('1h')
    const codes: string[] = []
    for (const [service, JobId] of ids) codes.push((await poll(JobId, service)).ErrorCode ?? 'ok')
    return codes
  }
  const other = VIDEO_URL.replace('sample', 'other')
  const fail = { fail: 'InvalidFile.URL' }

  test.each<[title: string, faults: FaultInput[], codes: string[]]>([
    ['those of a service', [{ service: 'videoseg', job: fail }], ['InvalidFile.URL', 'InvalidFile.URL', 'ok']],
    ['those of an Action', [{ action: 'SegmentHalfBody', job: fail }], ['ok', 'InvalidFile.URL', 'ok']],
    ['those of a pattern', [{ action: '*Body', job: fail }], ['InvalidFile.URL', 'InvalidFile.URL', 'ok']],
    ['those that work on a file', [{ service: 'video*', when: { VideoUrl: other }, job: fail }], ['ok', 'InvalidFile.URL', 'ok']],
    ['those whose file is like this', [{ service: 'videoseg', when: { VideoUrl: /other/ }, job: fail }], ['ok', 'InvalidFile.URL', 'ok']],
    ['those called so', [{ service: 'videorecog', when: { IsGif: false }, job: fail }], ['ok', 'ok', 'InvalidFile.URL']],
    ['the first', [{ service: 'video*', times: 1, job: fail }], ['InvalidFile.URL', 'ok', 'ok']],
    ['all but the first', [{ service: 'video*', after: 1, job: fail }], ['ok', 'InvalidFile.URL', 'InvalidFile.URL']],
    ['every second', [{ service: 'video*', every: 2, job: fail }], ['ok', 'InvalidFile.URL', 'ok']],
    [
      'of two faults, the first counts',
      [
        { service: 'videoseg', times: 1, job: { fail: 'InvalidFile.Type' } },
        { service: 'videoseg', job: fail },
      ],
      ['InvalidFile.Type', 'InvalidFile.URL', 'ok'],
    ],
  ])('%s', async (_title, faults, codes) => {
    const calls: [string, Record<string, ParamValue>][] = [
      ['videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }],
      ['videoseg.SegmentHalfBody', { VideoUrl: other }],
      ['videorecog.GenerateVideoCover', { VideoUrl: VIDEO_URL, IsGif: false }],
    ]
    expect(await endings(faults, calls)).toEqual(codes)
  })

  test('elements of a list by their numbers', async () => {
    const FileList = [
      { Type: 'video', FileUrl: VIDEO_URL, FileName: 'a.mp4' },
      { Type: 'video', FileUrl: other, FileName: 'b.mp4' },
    ]
    const faults = [{ action: 'GenerateVideo', when: { 'FileList.2.FileName': 'b.mp4' }, job: fail }]
    const generate = (FileList: ParamValue) => ['videoenhan.GenerateVideo', { FileList }] as [string, Record<string, ParamValue>]
    expect(await endings(faults, [generate(FileList), generate(FileList.toReversed())])).toEqual(['InvalidFile.URL', 'ok'])
  })

  test('a fault passes jobs over that it can do nothing to', async () => {
    const { account, submit, advance, poll } = visionWorld()
    account.faults.add({ times: 1, job: { hold: 'Transcoding' } })
    const JobId = await submit()
    await advance('5s')
    expect((await poll(JobId)).Status).toBe('PROCESS_SUCCESS')
    expect(account.faults.list()).toMatchObject([{ matched: 0, applied: 0 }])
  })

  test('those of another account are left alone', async () => {
    const { cloud, account, call, advance } = visionWorld()
    account.faults.add({ service: 'videoseg', job: { fail: 'InvalidFile.URL' } })
    const neighbour = cloud.createAccount({ clock: 'manual' })
    const JobId = (await call(SEGMENT.id, SEGMENT.params, { account: neighbour })).body.RequestId
    await neighbour.clock.advance('5s')
    await advance('5s')
    expect((await call('videoseg.GetAsyncJobResult', { JobId }, { account: neighbour })).body.Data.Status).toBe('PROCESS_SUCCESS')
  })
})

test.each<[title: string, fault: FaultInput, why: RegExp]>([
  ['an Action that starts no job', { action: 'GetPlayInfo', job: { hold: true } }, /^action: there is no kind of job GetPlayInfo/],
  ['a stage', { service: 'videoseg', job: { hold: 'QUEUEING' } }, /^job\.hold: .*did you mean "QUEUING"/],
  ['a stage to fail in', { service: 'vod', job: { fail: { code: 'X', stage: 'Nowhere' } } }, /^job\.fail\.stage: .*no stage Nowhere/],
  [
    'a stage in which there is nothing to fail',
    { action: 'UploadMediaByURL', job: { fail: { code: 'X', stage: 'UPLOAD_SUCCESS' } } },
    /^job\.fail\.stage: .*does not fail in UPLOAD_SUCCESS/,
  ],
  ['a code', { service: 'imageenhan', job: { fail: 'InvalidFile.Decode' } }, /^job\.fail: .*does not fail with InvalidFile\.Decode/],
  ['a parameter', { service: 'videoseg', when: { VideoURI: 'x' }, job: { hold: true } }, /^when\.VideoURI: .*did you mean "VideoUrl"/],
  [
    'a result of a job that makes files',
    { action: 'SubmitTranscodeJobs', job: { finish: {} } },
    /^job\.finish: .*no result that could be given/,
  ],
  [
    'a result that an analysis never has',
    { action: 'CreateUploadVideo', job: { finish: { duration: 'long' } } },
    /^job\.finish: .*duration/,
  ],
  ['a caller', { identity: 'alice', job: { hold: true } }, /^identity: /],
])('a fault is refused that names %s in vain', (_title, fault, why) => {
  const { account } = testCloud()
  expect(() => account.faults.add(fault)).toThrow(why)
})

describe('what it costs', () => {
  test.each<[title: string, job: JobScriptInput, cost: object | undefined]>([
    ['a job that fails, nothing', { fail: 'InvalidFile.Decode' }, undefined],
    ['a job that times out, nothing', { timeout: true }, undefined],
    ['a job whose result is given, what it would have cost', { finish: {} }, { calls: 1, unit: 'second', units: 10 }],
  ])('%s', async (_title, job, cost) => {
    const { account, call, advance } = visionWorld()
    account.faults.add({ action: 'EraseVideoLogo', job })
    await call('videoenhan.EraseVideoLogo', { VideoUrl: VIDEO_URL })
    await advance('2h')
    const used = account.usage.report().actions.find(({ action }) => action === 'videoenhan.EraseVideoLogo')
    if (cost === undefined) expect(used).toBeUndefined()
    else expect(used).toMatchObject(cost)
  })
})

describe('transcoding', () => {
  test('the jobs of a video fail with a code, and everything says so', async () => {
    const { account, create, put, status, advance, events } = vodWorld()
    const [ticket, other] = [await create(), await create()]
    const { VideoId } = ticket
    account.faults.add({
      service: 'vod',
      action: 'SubmitTranscodeJobs',
      when: { VideoId },
      times: 2,
      job: { fail: { code: 'InvalidFile.Decode' } },
    })
    for (const each of [ticket, other]) await put(each, Buffer.alloc(100))
    await advance('1m')
    expect([await status(VideoId), await status(other.VideoId)]).toEqual(['TranscodeFail', 'Normal'])
    const mine = (type: string) => events(type).filter((event) => event.VideoId === VideoId)
    const failed = { Status: 'fail', ErrorCode: 'InvalidFile.Decode', ErrorMessage: expect.any(String) }
    expect(mine('StreamTranscodeComplete')).toMatchObject([failed, failed])
    expect(mine('TranscodeComplete')).toMatchObject([{ Status: 'fail', StreamInfos: [failed, failed] }])
    const { jobs } = account.vod.transcodeTasks.list({ where: (task) => task.videoId === VideoId }).rows[0] ?? {}
    expect(jobs?.map(({ status: each, errorCode }) => [each, errorCode])).toEqual([
      ['TranscodeFail', 'InvalidFile.Decode'],
      ['TranscodeFail', 'InvalidFile.Decode'],
    ])
  })

  test('if one stream fails, the others can be played', async () => {
    const { account, create, put, play, advance, events } = vodWorld()
    const ticket = await create()
    account.faults.add({ action: 'SubmitTranscodeJobs', times: 1, job: { exhaust: true } })
    await put(ticket, Buffer.alloc(100))
    await advance('1m')
    expect(events('TranscodeComplete')).toMatchObject([
      { Status: 'success', StreamInfos: [{ Status: 'fail', ErrorCode: 'TranscodeFail' }, { Status: 'success' }] },
    ])
    expect((await play(ticket.VideoId)).body.PlayInfoList.PlayInfo).toHaveLength(1)
  })

  test.each(['TranscodeTemplateId', 'TemplateGroupId', 'Title'])('jobs are told apart by their %s', async (name) => {
    const { account, create, put, advance, events } = vodWorld()
    const first = await create({ Title: 'one' })
    await put(first, Buffer.alloc(100))
    await advance('1m')
    const { templateGroupId, jobs } = account.vod.transcodeTasks.first() ?? {}
    const value = { TranscodeTemplateId: jobs?.[1]?.templateId, TemplateGroupId: templateGroupId, Title: 'two' }[name] as string
    account.faults.add({ action: 'SubmitTranscodeJobs', when: { [name]: value }, job: { fail: 'Ours' } })
    const second = await create({ Title: 'two' })
    await put(second, Buffer.alloc(100))
    await advance('1m')
    const failures = events('StreamTranscodeComplete').map(({ ErrorCode }) => ErrorCode)
    expect(failures.slice(0, 2)).toEqual([undefined, undefined])
    expect(failures.slice(2).sort()).toEqual(name === 'TranscodeTemplateId' ? ['Ours', undefined] : ['Ours', 'Ours'])
  })

  test('held, it leaves the video Transcoding', async () => {
    const { account, upload, status, advance } = vodWorld()
    account.faults.add({ action: 'SubmitTranscodeJobs', job: { hold: 'Transcoding' } })
    const VideoId = await upload()
    await advance('3d')
    expect(await status(VideoId)).toBe('Transcoding')
    expect(await account.jobs.releaseAll()).toHaveLength(2)
    await advance('4s')
    expect(await status(VideoId)).toBe('Normal')
  })

  test('out of time, it fails after a day', async () => {
    const { account, upload, status, advance } = vodWorld()
    account.faults.add({ action: 'SubmitTranscodeJobs', job: { timeout: true } })
    const VideoId = await upload()
    await advance('23h')
    expect(await status(VideoId)).toBe('Transcoding')
    await advance('2h')
    expect(await status(VideoId)).toBe('TranscodeFail')
  })
})

describe('analysis and covers', () => {
  test('an analysis that fails leaves nothing to transcode', async () => {
    const { account, upload, status, advance, events } = vodWorld()
    account.faults.add({ action: 'CreateUploadVideo', job: { fail: 'InvalidParameter.ResourceContentBad' } })
    const VideoId = await upload()
    await advance('1m')
    expect(await status(VideoId)).toBe('TranscodeFail')
    expect(events('VideoAnalysisComplete')).toMatchObject([
      {
        Status: 'fail',
        ErrorCode: 'InvalidParameter.ResourceContentBad',
        ErrorMessage: 'The resource operated InputFile is bad',
      },
    ])
    expect(events('SnapshotComplete')).toEqual([])
  })

  test('an analysis finds what it is told to find', async () => {
    const { account, upload, advance, events, play } = vodWorld()
    const picture = { codec: 'hevc', width: 3840, height: 2160, fps: 60, bitDepth: 10, rotation: 0 }
    account.faults.add({ action: 'CreateUploadVideo', when: { Title: /^large/ }, job: { finish: { duration: 7200, picture } } })
    const VideoId = await upload({ Title: 'large film' })
    await advance('1m')
    expect(events('VideoAnalysisComplete')).toMatchObject([
      { Status: 'success', Width: '3840', Height: '2160', Fps: '60', Duration: '7200' },
    ])
    expect((await play(VideoId)).body.VideoBase.Duration).toBe('7200')
  })

  test('covers that fail leave the video without one', async () => {
    const { account, upload, advance, events, play } = vodWorld()
    account.faults.add({ action: 'SubmitSnapshotJob', job: { fail: { code: 'Ours', message: 'no picture' } } })
    const VideoId = await upload()
    await advance('1m')
    expect(events('SnapshotComplete')).toMatchObject([{ Status: 'fail', ErrorCode: 'Ours', ErrorMessage: 'no picture' }])
    expect((await play(VideoId)).body.VideoBase).not.toHaveProperty('CoverURL')
  })
})

describe('UploadMediaByURL', () => {
  const url = 'http://input.oss-cn-shanghai.aliyuncs.com/film.mp4'

  test.each<[title: string, job: JobScriptInput, status: string, code: string]>([
    ['fails to download', { fail: 'URLInvalidError' }, 'DOWNLOAD_FAIL', 'URLInvalidError'],
    ['fails before it begins', { fail: { code: 'Ours', stage: 'PENDING' } }, 'DOWNLOAD_FAIL', 'Ours'],
    ['fails to store', { fail: { code: 'AddVideoFailed', stage: 'UPLOADING' } }, 'UPLOAD_FAIL', 'AddVideoFailed'],
    ['tries in vain', { exhaust: true }, 'DOWNLOAD_FAIL', 'URLInvalidError'],
    ['runs out of time', { timeout: true }, 'DOWNLOAD_FAIL', 'URLInvalidError'],
  ])('%s', async (_title, job, status, code) => {
    const { account, call, advance, events } = vodWorld()
    account.faults.add({ action: 'UploadMediaByURL', when: { UploadURLs: url }, job })
    const two = `${url},${url.replace('film', 'other')}`
    const { UploadJobs } = (await call('UploadMediaByURL', { UploadURLs: two })).body
    await advance('2d')
    const JobIds = UploadJobs.map(({ JobId }: { JobId: string }) => JobId).join(',')
    const [failed, other] = (await call('GetURLUploadInfos', { JobIds })).body.URLUploadInfoList
    expect(failed).toMatchObject({ Status: status, ErrorCode: code, ErrorMessage: expect.any(String) })
    expect(failed).not.toHaveProperty('MediaId')
    expect(other.Status).toBe('SUCCESS')
    expect(events('UploadByURLComplete').filter(({ SourceURL }) => SourceURL === url)).toMatchObject([
      { Status: 'fail', JobId: failed.JobId, ErrorCode: code },
    ])
  })

  test.each(['PENDING', 'DOWNLOADING', 'DOWNLOAD_SUCCESS', 'UPLOADING', 'UPLOAD_SUCCESS'])('is held while %s', async (stage) => {
    const { account, call, advance } = vodWorld()
    account.faults.add({ action: 'UploadMediaByURL', job: { hold: stage } })
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: url })).body.UploadJobs
    const status = async () => (await call('GetURLUploadInfos', { JobIds: JobId })).body.URLUploadInfoList[0].Status
    await advance('2d')
    expect(await status()).toBe(stage)
    await account.jobs.release(JobId)
    await advance('7s')
    expect(await status()).toBe('SUCCESS')
  })

  test('cannot be made to fail once its file is stored', async () => {
    const { account, call, advance } = vodWorld()
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: url })).body.UploadJobs
    await advance('6s')
    await expect(account.jobs.script(JobId, { fail: 'Ours' })).rejects.toThrow('does not fail any more')
  })
})

describe('over HTTP', () => {
  /** An account of a running emulator: the official SDK, and the control API as a typed client. */
  async function remote() {
    const emulator = await testEmulator()
    onTestFinished(() => emulator.close())
    const account = await createControl({ endpoint: emulator.url }).createAccount()
    const call = popCore({ url: emulator.url, key: account, version: '2020-03-20' }, 'POST')
    const poll = async (JobId: string) => (await call('GetAsyncJobResult', { JobId })).Data
    return { call, poll, control: createControl(account) }
  }

  test('a job is held, shown as held, released, and ends', async () => {
    const { call, poll, control } = await remote()
    const { id: fault } = await control.faults.add({ service: 'videoseg', job: { hold: 'PROCESSING' } })
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await control.clock.advance('1h')
    expect((await poll(RequestId)).Status).toBe('PROCESSING')
    expect(await control.jobs()).toMatchObject([{ id: RequestId, fault, stage: 'PROCESSING', held: '2026-01-01T00:00:01.000Z' }])
    const [released] = await control.jobs.release(RequestId)
    expect(released).toMatchObject({ fault, dueAt: '2026-01-01T01:00:04.000Z', next: 'end' })
    expect(released).not.toHaveProperty('held')
    await control.clock.advance('4s')
    expect((await poll(RequestId)).Status).toBe('PROCESS_SUCCESS')
  })

  test('all that is held is released', async () => {
    const { call, control } = await remote()
    await control.faults.add({ service: 'videoseg', job: { hold: true } })
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    expect(await control.jobs.release()).toMatchObject([{ id: RequestId }])
    expect(await control.jobs.release()).toEqual([])
  })

  test('a job is scripted by its id', async () => {
    const { call, poll, control } = await remote()
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await control.jobs.script(RequestId, { fail: { code: 'Ours', message: 'odd' } }, { custom: true })
    await control.clock.advance('5s')
    expect(await poll(RequestId)).toMatchObject({ Status: 'PROCESS_FAILED', ErrorCode: 'Ours', ErrorMessage: 'odd' })
  })

  test.each<[title: string, ask: (control: Control, id: string) => Promise<unknown>, why: RegExp]>([
    ['what is not held', (control, id) => control.jobs.release(id), /is not held/],
    ['what is not there', (control) => control.jobs.script('a/b', { hold: true }), /there is no job a\/b/],
    ['what is no script', (control, id) => control.jobs.script(id, { stop: true } as never), /is one of \{"fail"/],
    ['what cannot be', (control, id) => control.jobs.script(id, { fail: 'Nope' }), /^fail: .*does not fail with Nope/],
  ])('%s is refused', async (_title, ask, why) => {
    const { call, control } = await remote()
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await expect(ask(control, RequestId)).rejects.toMatchObject({ code: 'Control.Refused', message: expect.stringMatching(why) })
  })
})
