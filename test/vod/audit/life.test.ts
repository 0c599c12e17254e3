/** Videos and what reviews make of them, from the upload on. */

import { describe, expect, test } from 'vitest'
import { sample } from '../support.js'
import { auditWorld, BLOCKING, type Findings, PORN, SUSPICIOUS } from './support.js'

const NOT_BLOCKING = { ...BLOCKING, AuditAutoBlock: 'no' }

describe('an upload that breaks the rules', () => {
  async function violation() {
    const world = auditWorld({ review: { automatic: true } })
    const TemplateId = await world.useTemplate()
    const ticket = await world.create({ FileName: 'film.mp4', UserData: '{"Extend":"7"}' })
    const { VideoId } = ticket
    const { bucket, key } = world.account.vod.videos.get(VideoId)?.file ?? { bucket: '', key: '' }
    const findings = {
      video: [
        { scene: 'porn' as const, at: 12.4 },
        { scene: 'porn' as const, label: 'sexy', at: 13, to: 40 },
        { scene: 'terrorism' as const, label: 'weapon', at: 13, score: 88 },
      ],
      audio: [{ label: 'abuse' as const, from: 8.5, to: 10.2, text: 'words' }],
    }
    await world.account.putAssets([{ url: `http://${bucket}.oss-cn-shanghai.aliyuncs.com/${key}`, duration: 60, findings }])
    await world.put(ticket, sample('sample.mp4'))
    return { ...world, VideoId, TemplateId }
  }

  test('goes from UploadSucc to Blocked, and nobody can play it; a person releases it', async () => {
    const { VideoId, statusOf, advance, refusal, play, call, audit, events } = await violation()
    expect(await statusOf(VideoId)).toBe('UploadSucc')
    await advance('1m')
    expect(await statusOf(VideoId)).toBe('Blocked')
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({
      status: 403,
      code: 'Forbidden.IllegalStatus',
      message: 'Status of the video is illegal. Current Status is Blocked.',
    })
    expect(await refusal('GetVideoPlayAuth', { VideoId })).toMatchObject({ status: 403, code: 'Forbidden.IllegalStatus' })
    const found = async (Match: string) => (await call('SearchMedia', { Match, SearchType: 'video' })).body.Total
    expect([await found("Status = 'Blocked'"), await found("Status = 'Normal'")]).toEqual([1, 0])
    expect((await call('GetVideoInfo', { VideoId })).body.Video.AuditStatus).toBe('Blocked')

    expect((await audit(VideoId, 'Normal')).status).toBe(200)
    expect((await play(VideoId)).body.VideoBase.Status).toBe('Normal')
    expect((await call('GetVideoPlayAuth', { VideoId })).status).toBe(200)
    expect([await found("Status = 'Blocked'"), await found("Status = 'Normal'")]).toEqual([0, 1])
    expect((await call('GetVideoInfo', { VideoId })).body.Video.AuditStatus).toBe('Normal')
    expect(events().map(({ EventType }) => EventType)).toEqual(expect.arrayContaining(['AIMediaAuditComplete', 'CreateAuditComplete']))
  })

  test('is told of in full by the event, which hands back what the uploader gave', async () => {
    const { VideoId, advance, events, account, job } = await violation()
    await advance('1m')
    const [event] = events('AIMediaAuditComplete')
    const JobId = account.vod.mediaAudits.first()?.jobId ?? ''
    const { Data, Status, CompleteTime } = await job(JobId)
    expect(event).toEqual({
      EventType: 'AIMediaAuditComplete',
      EventTime: CompleteTime,
      Extend: '7',
      JobId,
      MediaId: VideoId,
      Status,
      Code: '0',
      Message: 'OK',
      Data,
    })
  })

  test('is described by all Actions alike, to the last count', async () => {
    const { VideoId, advance, result, details, timeline, speech, job, account } = await violation()
    await advance('1m')
    const found = await result(VideoId)
    const { MediaId, Data } = await job(account.vod.mediaAudits.first()?.jobId ?? '')
    expect([MediaId, Data]).toEqual([VideoId, found])
    expect(found).toMatchObject({ Suggestion: 'block', AbnormalModules: 'video', Label: 'porn,terrorism,audio' })
    const { PornResult, TerrorismResult, AdResult } = found.VideoResult
    // One at 12.4 s, 28 from 13 s on, and a regular one in each of the other 31 seconds.
    expect(PornResult.CounterList).toEqual([
      { Label: 'porn', Count: 1 },
      { Label: 'sexy', Count: 28 },
      { Label: 'normal', Count: 31 },
    ])
    expect(PornResult).toMatchObject({ Suggestion: 'block', Label: 'porn', TopList: [{ Label: 'porn', Timestamp: '12400' }] })
    expect(TerrorismResult).toMatchObject({ Label: 'weapon', MaxScore: '88.0000000000', AverageScore: '88.0000000000' })
    expect(TerrorismResult.CounterList).toContainEqual({ Label: 'weapon', Count: 1 })
    expect(AdResult).toMatchObject({ Suggestion: 'pass', Label: 'normal' })

    const { Total, List } = await details(VideoId)
    expect([Total, List.length]).toEqual([29, 29])
    const times = (scene: string, label: string) =>
      List.filter((picture) => picture[`${scene}Label`] === label).map(({ Timestamp }) => Timestamp)
    expect([times('Porn', 'porn').length, times('Porn', 'sexy').length, times('Terrorism', 'weapon')]).toEqual([1, 28, ['13000']])
    const { Porn, Terrorism, Ad } = await timeline(VideoId)
    expect(Porn).toEqual(List.map(({ PornLabel: Label, PornScore: Score, Timestamp }) => ({ Label, Score, Timestamp })))
    expect(Terrorism).toEqual([{ Label: 'weapon', Score: '88.0000000000', Timestamp: '13000' }])
    expect(Ad).toEqual([])

    expect(found.AudioResult).toMatchObject([{ Label: 'abuse', Suggestion: 'block', Scene: 'antispam' }])
    expect(await speech(VideoId)).toEqual({ Total: 1, List: [{ StartTime: 8, EndTime: 11, Text: 'words', Label: 'abuse' }] })
  })
})

test.each<[title: string, findings: Findings, config: object, status: string]>([
  ['a violation blocks where the template says so', PORN, BLOCKING, 'Blocked'],
  ['a violation alone does not', PORN, NOT_BLOCKING, 'Normal'],
  ['a suspicion does not', SUSPICIOUS, BLOCKING, 'Normal'],
  ['what the template does not look for is no violation', PORN, { ...BLOCKING, AuditItem: ['ad'] }, 'Normal'],
  ['nor is what it does not look at', PORN, { ...BLOCKING, AuditRange: ['text-title'] }, 'Normal'],
  ['a title in violation blocks', { title: { label: 'ad' } }, BLOCKING, 'Blocked'],
  ['a cover in violation blocks', { image: [{ scene: 'logo' }] }, BLOCKING, 'Blocked'],
  ['words in violation block', { audio: [{ label: 'porn', from: 0, to: 1, text: '…' }] }, BLOCKING, 'Blocked'],
  ['nothing found', {}, BLOCKING, 'Normal'],
])('%s', async (_case, findings, config, status) => {
  const { film, review, statusOf, addTemplate } = auditWorld()
  const VideoId = await film(findings)
  await review(VideoId, { TemplateId: await addTemplate(config) })
  expect(await statusOf(VideoId)).toBe(status)
})

describe('review before publication', () => {
  test('a transcoded video is Checking until a review passes it', async () => {
    const { upload, advance, statusOf, refusal, review, play, film, audit } = auditWorld({ review: { beforePublish: true } })
    const VideoId = await upload()
    await advance('1m')
    expect(await statusOf(VideoId)).toBe('Checking')
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({
      code: 'Forbidden.IllegalStatus',
      message: 'Status of the video is illegal. Current Status is Checking.',
    })
    await review(VideoId)
    expect((await play(VideoId)).status).toBe(200)

    const suspicious = await film(SUSPICIOUS)
    await review(suspicious)
    expect(await statusOf(suspicious)).toBe('Checking')
    await audit(suspicious, 'Normal')
    expect(await statusOf(suspicious)).toBe('Normal')
  })

  test('a source that is played as it is waits as well', async () => {
    const { upload, statusOf, audit } = auditWorld({ review: { beforePublish: true } })
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    expect(await statusOf(VideoId)).toBe('Checking')
    await audit(VideoId, 'Normal')
    expect(await statusOf(VideoId)).toBe('Normal')
  })

  test('a video that was passed before it could be played does not wait', async () => {
    const { upload, statusOf, audit, advance } = auditWorld({ review: { beforePublish: true } })
    const VideoId = await upload()
    await audit(VideoId, 'Normal')
    expect(await statusOf(VideoId)).toBe('UploadSucc')
    await advance('1m')
    expect(await statusOf(VideoId)).toBe('Normal')
  })
})

describe('people and machines', () => {
  test('what a person has decided stays, whatever a machine finds', async () => {
    const { film, review, statusOf, audit, useTemplate } = auditWorld()
    await useTemplate()
    const released = await film(PORN)
    await audit(released, 'Normal')
    await review(released)
    expect(await statusOf(released)).toBe('Normal')
    const blocked = await film()
    await audit(blocked, 'Blocked', { Reason: 'words' })
    await review(blocked)
    expect(await statusOf(blocked)).toBe('Blocked')
  })

  test('what a machine has blocked, a later review of a machine releases', async () => {
    const { film, review, statusOf, useTemplate, addTemplate } = auditWorld()
    await useTemplate()
    const VideoId = await film(PORN)
    await review(VideoId)
    expect(await statusOf(VideoId)).toBe('Blocked')
    await review(VideoId, { TemplateId: await addTemplate({ ...BLOCKING, AuditItem: ['ad'] }) })
    expect(await statusOf(VideoId)).toBe('Normal')
  })
})

describe('a video that is blocked before it can be played', () => {
  test('is transcoded all the same, and Normal once released', async () => {
    const { upload, statusOf, audit, advance, play } = auditWorld()
    const VideoId = await upload()
    await audit(VideoId, 'Blocked', { Reason: 'words' })
    await advance('1m')
    expect(await statusOf(VideoId)).toBe('Blocked')
    await audit(VideoId, 'Normal')
    expect((await play(VideoId)).body.VideoBase.Status).toBe('Normal')
  })

  test.each([
    ['is being transcoded', '3s', 'Transcoding'],
    ['could not be transcoded', '1m', 'TranscodeFail'],
  ])('released while it %s, it has that status', async (_case, time, status) => {
    const { upload, statusOf, audit, advance, account } = auditWorld()
    account.faults.add({ action: 'SubmitTranscodeJobs', job: { fail: { code: 'TranscodeFail' } }, custom: true })
    const VideoId = await upload()
    await audit(VideoId, 'Blocked', { Reason: 'words' })
    await advance(time)
    await audit(VideoId, 'Normal')
    expect(await statusOf(VideoId)).toBe(status)
  })

  test('is where it was if it is not transcoded', async () => {
    const { upload, statusOf, audit, advance } = auditWorld({ workflows: [{ id: 'none' }] })
    const VideoId = await upload({ WorkflowId: 'none' })
    await audit(VideoId, 'Blocked', { Reason: 'words' })
    await audit(VideoId, 'Blocked', { Reason: 'others' })
    await advance('1m')
    await audit(VideoId, 'Normal')
    expect(await statusOf(VideoId)).toBe('UploadSucc')
  })

  test('stays blocked when a further transcode of it fails', async () => {
    const { upload, statusOf, audit, advance, account } = auditWorld()
    const VideoId = await upload()
    await advance('2s')
    await audit(VideoId, 'Blocked', { Reason: 'words' })
    for (const { id, kind } of account.jobs.records.list().rows)
      if (kind === 'vod.SubmitTranscodeJobs') await account.jobs.script(id, { fail: { code: 'TranscodeFail' } }, { custom: true })
    await advance('1m')
    expect(await statusOf(VideoId)).toBe('Blocked')
  })
})

test('a new file under the same address has not been reviewed', async () => {
  const { create, put, statusOf, audit, advance } = auditWorld()
  const ticket = await create()
  await put(ticket, sample('sample.mp4'))
  await advance('1m')
  await audit(ticket.VideoId, 'Blocked', { Reason: 'words' })
  await put(ticket, sample('sample.mov'))
  await advance('1m')
  expect(await statusOf(ticket.VideoId)).toBe('Normal')
})

describe('a video that changes while it is reviewed', () => {
  test('deleted, nobody is told; the job has failed', async () => {
    const { film, call, advance, job, events } = auditWorld()
    const MediaId = await film()
    const { JobId } = (await call('SubmitAIMediaAuditJob', { MediaId })).body
    await call('DeleteVideo', { VideoIds: MediaId })
    await advance('1m')
    expect(await job(JobId)).toMatchObject({ Status: 'fail', Code: 'InvalidFile.NotFound' })
    expect(events('AIMediaAuditComplete')).toEqual([])
    expect((await call('GetMediaAuditResult', { MediaId })).body.Code).toBe('NoSuchResource')
  })

  test('without its source, the review fails, and tells so', async () => {
    const { film, call, advance, events } = auditWorld()
    const MediaId = await film()
    const { JobId } = (await call('SubmitAIMediaAuditJob', { MediaId })).body
    await call('DeleteMezzanines', { VideoIds: MediaId, Force: 'true' })
    await advance('1m')
    expect(events('AIMediaAuditComplete')).toMatchObject([
      { Status: 'fail', JobId, MediaId, Code: 'InvalidFile.NotFound', Message: 'The file does not exist.' },
    ])
    expect(events('AIMediaAuditComplete')[0]).not.toHaveProperty('Data')
  })

  test('with a new title, the result is about the one that it had at the end of the review', async () => {
    const { film, call, review, result } = auditWorld()
    const MediaId = await film()
    await review(MediaId)
    const before = await result(MediaId)
    await call('UpdateVideoInfo', { VideoId: MediaId, Title: 'another' })
    expect(await result(MediaId)).toEqual(before)
  })
})
