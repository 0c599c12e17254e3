/** What becomes of a task and its video, as the Actions tell it. */

import { describe, expect, test } from 'vitest'
import { FOUR, template, transcodeWorld } from './support.js'

type Job = Record<string, unknown>

describe('a task', () => {
  test('is Partial while some of its jobs have ended', async () => {
    const { account, uploaded, addGroup, templateIds, submit, task, tasks, advance } = transcodeWorld()
    const [VideoId, group] = [await uploaded(), await addGroup()]
    account.faults.add({
      action: 'SubmitTranscodeJobs',
      when: { TranscodeTemplateId: templateIds(group)[1] as string },
      job: { hold: true },
    })
    const { taskId } = await submit(VideoId, group)
    expect(await task(taskId)).toMatchObject({ TaskStatus: 'Processing' })
    await advance('1m')
    const partial = await task(taskId)
    expect(partial).toMatchObject({ TaskStatus: 'Partial' })
    expect(partial.CompleteTime).toBeUndefined()
    expect((await tasks(VideoId))[0]).toMatchObject({ TaskStatus: 'Partial' })
    await account.jobs.releaseAll()
    await advance('1m')
    expect(await task(taskId)).toMatchObject({ TaskStatus: 'CompleteAllSucc', CompleteTime: '2026-01-01T00:01:15Z' })
  })

  test('tells of each job what it works on, and what it has made', async () => {
    const { uploaded, addGroup, templateIds, submit, task, advance } = transcodeWorld()
    const [VideoId, group] = [await uploaded(), await addGroup()]
    const { taskId, jobIds } = await submit(VideoId, group, { Priority: '9' })
    const before: Job[] = (await task(taskId)).TranscodeJobInfoList
    expect(before[0]).toEqual({
      TranscodeJobId: jobIds?.[0],
      TranscodeTemplateId: templateIds(group)[0],
      TranscodeJobStatus: 'Transcoding',
      TranscodeProgress: 0,
      CreationTime: '2026-01-01T00:00:10Z',
      Definition: 'LD',
      Priority: '9',
      InputFileUrl: expect.stringMatching(/^http:\/\/outin-\w+\.oss-cn-shanghai\.aliyuncs\.com\/sv\/.+\.mp4$/),
    })
    await advance('1m')
    const after: Job[] = (await task(taskId)).TranscodeJobInfoList
    expect(after.map(({ Definition }) => Definition)).toEqual(['LD', 'SD', 'HD', 'FHD'])
    const { VideoStreamList, AudioStreamList, ...file } = (after[0] as { OutputFile: Record<string, string> }).OutputFile
    expect(file).toEqual({
      OutputFileUrl: expect.stringMatching(new RegExp(`^http://outin-\\w+\\.oss-cn-shanghai\\.aliyuncs\\.com/${VideoId}/.+\\.mp4$`)),
      Format: 'mp4',
      Filesize: expect.any(Number),
      Duration: '2',
      Bitrate: expect.stringMatching(/^\d+$/),
      Width: '640',
      Height: '360',
      Fps: '25',
      Encryption: '{}',
      SubtitleStreamList: '[]',
    })
    expect(JSON.parse(VideoStreamList as string)).toMatchObject([{ CodecName: 'h264', Width: '640', Height: '360', Fps: '25', Index: '0' }])
    expect(JSON.parse(AudioStreamList as string)).toMatchObject([{ CodecName: 'aac', Samplerate: '44100', Index: '1' }])
  })

  test('says which streams are encrypted', async () => {
    const { upload, addGroup, tasks, task, advance } = transcodeWorld()
    const VideoId = await upload({ TemplateGroupId: await addGroup() })
    await advance('1m')
    const [{ TranscodeTaskId }] = await tasks(VideoId)
    const { TranscodeJobInfoList } = await task(TranscodeTaskId)
    expect(TranscodeJobInfoList.map(({ OutputFile }: { OutputFile: Job }) => OutputFile.Encryption)).toEqual([
      '{}',
      '{}',
      '{}',
      '{"EncryptType":"AliyunVoDEncryption"}',
    ])
  })

  test('remembers what was made, when the stream and the video are gone', async () => {
    const { done, uploaded, addGroup, submit, task, advance } = transcodeWorld()
    const [VideoId, group] = [await uploaded(), await addGroup()]
    const { taskId, jobIds } = await submit(VideoId, group)
    await advance('1m')
    const before = await task(taskId)
    await done('DeleteStream', { VideoId, JobIds: jobIds?.[0] as string })
    await done('DeleteVideo', { VideoIds: VideoId })
    expect(await task(taskId)).toEqual(before)
  })

  test('tells of a stream that was deleted before the task has ended', async () => {
    const { account, done, uploaded, addGroup, templateIds, submit, advance, events } = transcodeWorld()
    const [VideoId, group] = [await uploaded(), await addGroup()]
    account.faults.add({
      action: 'SubmitTranscodeJobs',
      when: { TranscodeTemplateId: templateIds(group)[1] as string },
      job: { hold: true },
    })
    const { jobIds } = await submit(VideoId, group)
    await advance('1m')
    await done('DeleteStream', { VideoId, JobIds: jobIds?.[0] as string })
    await account.jobs.releaseAll()
    await advance('1m')
    const [{ StreamInfos }] = events('TranscodeComplete') as [{ StreamInfos: Job[] }]
    expect(StreamInfos.map(({ JobId, Status }) => [JobId, Status])).toEqual(jobIds?.map((id) => [id, 'success']))
  })

  test('ends without a word when its video is deleted', async () => {
    const { done, uploaded, addGroup, submit, task, advance, events } = transcodeWorld()
    const [VideoId, group] = [await uploaded(), await addGroup()]
    const { taskId } = await submit(VideoId, group)
    await done('DeleteVideo', { VideoIds: VideoId })
    const before = events().length
    await advance('1m')
    const { TaskStatus, TranscodeJobInfoList } = await task(taskId)
    expect(TaskStatus).toBe('CompleteAllFail')
    expect(TranscodeJobInfoList[0]).toMatchObject({ TranscodeJobStatus: 'TranscodeFail', ErrorCode: 'InvalidFile.NotFound' })
    expect(events()).toHaveLength(before)
  })
})

describe('a source that is of no use', () => {
  test('has no job started, and the task fails at once', async () => {
    const { upload, summary, status, advance, events } = transcodeWorld()
    const VideoId = await upload({}, new Uint8Array())
    await advance('1m')
    expect(await status(VideoId)).toBe('TranscodeFail')
    expect(await summary(VideoId)).toMatchObject({ TranscodeStatus: 'CompleteAllFail', TranscodeJobInfoSummaryList: [] })
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'fail', StreamInfos: [] }])
    expect(events('StreamTranscodeComplete')).toEqual([])
  })

  test('is none for a call either', async () => {
    const { account, upload, addGroup, submit, task, advance } = transcodeWorld()
    const group = await addGroup()
    account.faults.add({ action: 'CreateUploadVideo', job: { fail: 'InvalidParameter.ResourceContentBad' } })
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    await advance('1m')
    const { taskId, jobIds } = await submit(VideoId, group)
    expect(jobIds).toEqual([])
    expect(await task(taskId)).toMatchObject({ TaskStatus: 'CompleteAllFail', TranscodeJobInfoList: [] })
  })
})

test('a video whose analysis has not ended yet is transcoded as it will turn out', async () => {
  const { upload, addGroup, submit, task, status, advance } = transcodeWorld({
    settings: { jobs: { 'vod.CreateUploadVideo': { stages: { Analyzing: '1h' } } } },
  })
  const group = await addGroup([template('LD', 'mp4'), template('SQ', 'mp3', { Audio: { Codec: 'MP3', Bitrate: '64' } })])
  const VideoId = await upload()
  const { taskId, jobIds } = await submit(VideoId, group)
  expect([jobIds, await status(VideoId)]).toEqual([expect.objectContaining({ length: 2 }), 'Transcoding'])
  await advance('5s')
  expect([(await task(taskId)).TaskStatus, await status(VideoId)]).toEqual(['CompleteAllSucc', 'Normal'])
})

describe('progress', () => {
  test('is that of the time that it takes, and none while a job waits', async () => {
    const { uploaded, addGroup, submit, task, advance } = transcodeWorld({
      settings: { jobs: { 'vod.SubmitTranscodeJobs': { stages: { Queuing: '10s', Transcoding: '100s' } } } },
    })
    const { taskId } = await submit(await uploaded(), await addGroup([template('LD', 'mp4')]))
    const percents: unknown[] = []
    for (const step of ['9999ms', '1ms', '1s', '49s', '49999ms', '1ms']) {
      await advance(step)
      percents.push((await task(taskId)).TranscodeJobInfoList[0].TranscodeProgress)
    }
    expect(percents).toEqual([0, 0, 1, 50, 99, 100])
  })

  test('stands still while a job is held', async () => {
    const { account, uploaded, addGroup, submit, task, advance } = transcodeWorld()
    const { taskId, jobIds } = await submit(await uploaded(), await addGroup([template('LD', 'mp4')]))
    const percent = async () => (await task(taskId)).TranscodeJobInfoList[0].TranscodeProgress
    await advance('3s')
    await account.jobs.script(jobIds?.[0] as string, { hold: 'Transcoding' })
    await advance('1h')
    expect(await percent()).toBe(50)
    await account.jobs.releaseAll()
    await advance('1s')
    expect(await percent()).toBe(75)
    await advance('1s')
    expect(await percent()).toBe(100)
  })

  test('of a job that has failed is none', async () => {
    const { account, uploaded, addGroup, submit, task, advance } = transcodeWorld()
    account.faults.add({ action: 'SubmitTranscodeJobs', job: { fail: { code: 'InvalidFile.Decode', message: 'no' } } })
    const { taskId } = await submit(await uploaded(), await addGroup([template('LD', 'mp4')]))
    await advance('1m')
    expect((await task(taskId)).TranscodeJobInfoList[0]).toMatchObject({
      TranscodeProgress: 0,
      ErrorCode: 'InvalidFile.Decode',
      ErrorMessage: 'no',
      CompleteTime: '2026-01-01T00:00:15Z',
    })
  })
})

describe('the history of a video', () => {
  async function history() {
    const world = transcodeWorld()
    const [VideoId, group] = [await world.uploaded(), await world.addGroup([template('LD', 'mp4')])]
    const ids: string[] = []
    for (let count = 0; count < 12; count++) {
      ids.unshift((await world.submit(VideoId, group)).taskId)
      await world.advance('1m')
    }
    const list = async (params: Record<string, string | number>) =>
      (await world.tasks(VideoId, params)).map(({ TranscodeTaskId }) => ids.indexOf(TranscodeTaskId))
    return { ...world, VideoId, list, ids }
  }

  test('has the newest first, in pages', async () => {
    const { list } = await history()
    expect(await list({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await list({ PageNo: 2 })).toEqual([10, 11])
    expect(await list({ PageNo: 3, PageSize: 5 })).toEqual([10, 11])
    expect(await list({ PageNo: 9 })).toEqual([])
  })

  test('is that of a time, with its ends', async () => {
    const { list } = await history()
    // They were submitted ten seconds past each minute.
    expect(await list({ StartTime: '2026-01-01T00:10:10Z' })).toEqual([0, 1])
    expect(await list({ EndTime: '2026-01-01T00:01:10Z' })).toEqual([10, 11])
    expect(await list({ StartTime: '2026-01-01T00:01:11Z', EndTime: '2026-01-01T00:03:09Z' })).toEqual([9])
  })

  test('of another video is its own; of one that does not exist there is none', async () => {
    const { tasks, uploaded } = await history()
    expect(await tasks(await uploaded())).toEqual([])
    expect(await tasks('none')).toEqual([])
  })

  test('is summed up by its latest task', async () => {
    const { done, VideoId, uploaded, summary } = await history()
    expect(await summary(VideoId)).toMatchObject({ CreationTime: '2026-01-01T00:11:10Z' })
    const other = await uploaded()
    // What was never transcoded is neither summed up nor missing; the manual's sample has quotation marks.
    const { TranscodeSummaryList, NonExistVideoIds } = await done('GetTranscodeSummary', {
      VideoIds: `"none,${VideoId},${other},${VideoId}"`,
    })
    expect([TranscodeSummaryList.map((each: Job) => each.VideoId), NonExistVideoIds]).toEqual([[VideoId], ['none']])
  })
})

test.each(['Checking', 'Blocked'] as const)('a video that is %s stays so, whatever is transcoded', async (status) => {
  const { account, uploaded, addGroup, submit, advance, ...world } = transcodeWorld()
  const [VideoId, group] = [await uploaded(), await addGroup()]
  await submit(VideoId, group)
  account.vod.videos.update(VideoId, (draft) => {
    draft.status = status
  })
  await advance('1m')
  expect(await world.status(VideoId)).toBe(status)
})

test('a video is not TranscodeFail while another task may yet make a stream', async () => {
  const { account, upload, addGroup, submit, status, advance } = transcodeWorld()
  const group = await addGroup([template('LD', 'mp4')])
  const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
  await advance('1m')
  // As after an upload whose transcoding is about to begin.
  account.vod.videos.update(VideoId, (draft) => {
    draft.status = 'UploadSucc'
    draft.streams = []
  })
  account.faults.add({ action: 'SubmitTranscodeJobs', times: 1, job: { fail: 'TranscodeFail' } })
  await submit(VideoId, group)
  account.vod.videos.update(VideoId, (draft) => {
    draft.status = 'UploadSucc'
  })
  await advance('1s')
  await submit(VideoId, group)
  await advance('4s')
  expect(await status(VideoId)).toBe('Transcoding')
  await advance('1s')
  expect(await status(VideoId)).toBe('Normal')
})

test('packaging answers with no jobs; the events have one, of the definition AUTO', async () => {
  const { uploaded, addGroup, submit, task, advance, events, play } = transcodeWorld()
  const packaged = template('SD', 'm3u8', {
    Type: 'VideoPackage',
    PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth: '900000' } },
  })
  const VideoId = await uploaded()
  const { taskId, jobIds } = await submit(VideoId, await addGroup([packaged]))
  expect(jobIds).toBeUndefined()
  await advance('1m')
  expect((await task(taskId)).TranscodeJobInfoList).toMatchObject([{ Definition: 'AUTO', TranscodeJobStatus: 'TranscodeSuccess' }])
  const [{ StreamInfos }] = events('TranscodeComplete') as [{ StreamInfos: Job[] }]
  expect(StreamInfos).toMatchObject([{ Definition: 'AUTO', Format: 'm3u8', Status: 'success' }])
  expect((await play(VideoId, { Definition: 'AUTO' })).body.PlayInfoList.PlayInfo).toMatchObject([{ JobId: StreamInfos[0]?.JobId }])
})

describe('UserData', () => {
  const CALLBACK = { CallbackType: 'HTTP', CallbackURL: 'http://app.example.com/all', EventTypeList: 'ALL' }

  test('of the call goes with the events of its task, and says where they go', async () => {
    const { account, done, uploaded, addGroup, submit, advance } = transcodeWorld({ deliver: async () => ({ status: 200 }) })
    await done('SetMessageCallback', CALLBACK)
    const VideoId = await uploaded({ UserData: '{"Extend":"of the upload"}' })
    const group = await addGroup([template('LD', 'mp4')])
    await submit(VideoId, group, { UserData: '{"Extend":{"id":7},"MessageCallback":{"CallbackURL":"http://app.example.com/mine"}}' })
    await advance('1m')
    await submit(VideoId, group)
    await advance('1m')
    const told = account.events.list().filter(({ type }) => type === 'TranscodeComplete')
    expect(told.map(({ payload, route }) => [(payload as Job).Extend, route])).toMatchObject([
      ['{"id":7}', { url: 'http://app.example.com/mine' }],
      // Without any, the uploader's counts.
      ['of the upload', { url: 'http://app.example.com/all' }],
    ])
  })
})

describe('preprocessing', () => {
  const PREPROCESS = { PreprocessType: 'LivePreprocess' }

  test('makes streams that no player sees, and tells of its end', async () => {
    const { account, done, uploaded, play, tasks, advance, events } = transcodeWorld()
    const VideoId = await uploaded()
    const search = async () =>
      (await done('SearchMedia', { Match: "PreprocessStatus = 'Preprocessing'", Fields: 'PreprocessStatus' })).MediaList.length
    const { PreprocessJobs } = await done('SubmitPreprocessJobs', { VideoId, ...PREPROCESS })
    expect(PreprocessJobs.PreprocessJob).toHaveLength(2)
    expect(await search()).toBe(1)
    await advance('1m')
    expect(await search()).toBe(0)
    expect(events('StreamTranscodeComplete')).toEqual([])
    expect(events('TranscodeComplete')).toMatchObject([
      {
        VideoId,
        Status: 'success',
        Preprocess: true,
        StreamInfos: PreprocessJobs.PreprocessJob.map((job: Job) => ({ ...job, Status: 'success' })),
      },
    ])
    const { PlayInfo } = (await play(VideoId, { ResultType: 'Multiple' })).body.PlayInfoList
    expect(PlayInfo).toMatchObject([{ Definition: 'OD', PreprocessStatus: 'PreprocessSucceed' }])
    expect(await tasks(VideoId)).toEqual([])
    expect(account.vod.videos.get(VideoId)?.streams).toHaveLength(3)
  })

  test('leaves a video that cannot be played yet as it is', async () => {
    const { done, upload, status, advance } = transcodeWorld({
      settings: { jobs: { 'vod.SubmitTranscodeJobs': { stages: { Transcoding: '1h' } } } },
    })
    const VideoId = await upload()
    await advance('2s')
    await done('SubmitPreprocessJobs', { VideoId, ...PREPROCESS })
    await advance('1m')
    expect(await status(VideoId)).toBe('Transcoding')
  })

  test('fails with its jobs, which faults name', async () => {
    const { account, done, uploaded, play, status, advance, events } = transcodeWorld()
    account.faults.add({ action: 'SubmitPreprocessJobs', job: { fail: 'TranscodeFail' } })
    const VideoId = await uploaded()
    await done('SubmitPreprocessJobs', { VideoId, ...PREPROCESS })
    await advance('1m')
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'fail', Preprocess: true }])
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ PreprocessStatus: 'PreprocessFailed' }])
    expect(await status(VideoId)).toBe('Normal')
  })
})

test.each([
  ['CreateUploadVideo', async ({ upload }: ReturnType<typeof transcodeWorld>, group: string) => upload({ TemplateGroupId: group })],
  [
    'UploadMediaByURL',
    async ({ account, done, advance }: ReturnType<typeof transcodeWorld>, group: string) => {
      const { UploadJobs } = await done('UploadMediaByURL', {
        UploadURLs: 'http://films.example.com/a.mp4',
        TemplateGroupId: group,
      })
      await advance('10s')
      return account.vod.uploadJobs.get(UploadJobs[0].JobId)?.videoId as string
    },
  ],
])('what follows an upload is Auto: %s', async (_name, uploadWith) => {
  const world = transcodeWorld()
  const VideoId = await uploadWith(world, await world.addGroup(FOUR))
  await world.advance('1m')
  expect(await world.tasks(VideoId)).toMatchObject([{ Trigger: 'Auto', TaskStatus: 'CompleteAllSucc' }])
})
