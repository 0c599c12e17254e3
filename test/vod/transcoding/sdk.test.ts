/** From the upload to the last stream, and a second transcoding that fails in part, through an official client. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, testEmulator } from '../../support/sdk.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'
import { FOUR } from './support.js'

type Job = Record<string, unknown>

test('a group of four templates, at an upload, then on demand: with a template that fails, and again', async () => {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = openApi({ url: emulator.url, key: account.credentials, version: '2017-03-21' }, 'form')
  const events = (type: string) =>
    account.events.list().flatMap((event) => (event.type === type ? [event.payload as Record<string, unknown>] : []))

  const { TranscodeTemplateGroupId: TemplateGroupId } = await call('AddTranscodeTemplateGroup', {
    Name: 'four',
    TranscodeTemplateList: JSON.stringify(FOUR),
  })
  const ticket = await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', TemplateGroupId })
  const { VideoId } = ticket
  await uploaderOf(ticket as Ticket).put(objectOf(ticket as Ticket), sample('sample.mp4'))

  const summary = async () => (await call('GetTranscodeSummary', { VideoIds: VideoId })).TranscodeSummaryList[0]
  const listed = async () => (await call('ListTranscodeTask', { VideoId })).TranscodeTaskList
  const progress = ({ TranscodeJobInfoSummaryList }: { TranscodeJobInfoSummaryList: Job[] }) =>
    TranscodeJobInfoSummaryList.map(({ TranscodeProgress }) => TranscodeProgress)

  // A second for the analysis, another in line; then it takes four.
  await account.clock.advance('2s')
  const [begun, ...others] = await listed()
  expect(others).toEqual([])
  expect(begun).toMatchObject({ VideoId, Trigger: 'Auto', TaskStatus: 'Processing', TranscodeTemplateGroupId: TemplateGroupId })
  expect(progress(await summary())).toEqual([0, 0, 0, 0])
  await account.clock.advance('2s')
  expect(await summary()).toMatchObject({ TranscodeStatus: 'Processing' })
  expect(progress(await summary())).toEqual([50, 50, 50, 50])
  await account.clock.advance('2s')
  expect(await summary()).toMatchObject({ TranscodeStatus: 'CompleteAllSucc', CompleteTime: '2026-01-01T00:00:06Z' })
  expect(progress(await summary())).toEqual([100, 100, 100, 100])

  const played = async (): Promise<Job[]> => (await call('GetPlayInfo', { VideoId, ResultType: 'Multiple' })).PlayInfoList.PlayInfo
  const streams = await played()
  expect(streams.map(({ Definition, Format, Encrypt }) => [Definition, Format, Encrypt])).toEqual([
    ['FD', 'mp4', 0],
    ['LD', 'mp4', 0],
    ['SD', 'm3u8', 0],
    ['HD', 'm3u8', 1],
  ])
  const jobsOf = async (TranscodeTaskId: string): Promise<Job[]> =>
    (await call('GetTranscodeTask', { TranscodeTaskId })).TranscodeTask.TranscodeJobInfoList
  const ids = (await jobsOf(begun.TranscodeTaskId)).map(({ TranscodeJobId }) => TranscodeJobId)
  expect(ids).toEqual(streams.map(({ JobId }) => JobId))
  expect(events('StreamTranscodeComplete').map(({ JobId }) => JobId)).toEqual(ids)
  expect(events('TranscodeComplete')).toMatchObject([{ StreamInfos: ids.map((JobId) => ({ JobId })) }])

  const failing = account.vod.templateGroups.get(TemplateGroupId)?.templates[2]?.TranscodeTemplateId as string
  account.faults.add({ action: 'SubmitTranscodeJobs', when: { TranscodeTemplateId: failing }, times: 1, job: { fail: 'TranscodeFail' } })
  const again = async () => {
    const { TranscodeTaskId, TranscodeJobs } = await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId, UserData: '{"Extend":"7"}' })
    await account.clock.advance('5s')
    const { TranscodeTask } = await call('GetTranscodeTask', { TranscodeTaskId })
    expect(TranscodeTask.TranscodeJobInfoList.map((job: Job) => job.TranscodeJobId)).toEqual(
      TranscodeJobs.TranscodeJob.map(({ JobId }: Job) => JobId),
    )
    return TranscodeTask
  }
  const partly = await again()
  expect(partly).toMatchObject({ TaskStatus: 'CompletePartialSucc', Trigger: 'Manual' })
  expect(partly.TranscodeJobInfoList.map((job: Job) => [job.TranscodeJobStatus, job.ErrorCode])).toEqual([
    ['TranscodeSuccess', undefined],
    ['TranscodeSuccess', undefined],
    ['TranscodeFail', 'TranscodeFail'],
    ['TranscodeSuccess', undefined],
  ])
  const told = events('TranscodeComplete')[1] as { StreamInfos: Job[] }
  expect(told).toMatchObject({ Status: 'success', Extend: '7' })
  expect(told.StreamInfos.map(({ Status }) => Status)).toEqual(['success', 'success', 'fail', 'success'])
  expect(await played()).toHaveLength(7)

  expect(await again()).toMatchObject({ TaskStatus: 'CompleteAllSucc' })
  expect(await played()).toHaveLength(11)
  expect((await listed()).map(({ TaskStatus }: Job) => TaskStatus)).toEqual(['CompleteAllSucc', 'CompletePartialSucc', 'CompleteAllSucc'])
  expect(await summary()).toMatchObject({ TranscodeStatus: 'CompleteAllSucc' })
  // Of each definition and format the newest. A call encrypts only where all templates of the group have it on.
  const newest: Job[] = (await call('GetPlayInfo', { VideoId })).PlayInfoList.PlayInfo
  expect(newest).toEqual((await played()).slice(7))
  expect(newest.map(({ Encrypt }) => Encrypt)).toEqual([0, 0, 0, 0])
})
