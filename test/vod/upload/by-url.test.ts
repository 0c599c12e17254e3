import { describe, expect, test } from 'vitest'
import { sample, vodWorld } from '../support.js'

const url = 'http://input.oss-cn-shanghai.aliyuncs.com/film.mp4'

/** A world that pulls a URL and watches the job. */
function pullWorld(options: Parameters<typeof vodWorld>[0] = {}) {
  const world = vodWorld(options)
  const { call } = world
  const pull = async (UploadURLs = url, params: Record<string, string> = {}): Promise<string> =>
    (await call('UploadMediaByURL', { UploadURLs, ...params })).body.UploadJobs[0].JobId
  const info = async (JobIds: string) => (await call('GetURLUploadInfos', { JobIds })).body.URLUploadInfoList[0]
  return { ...world, pull, info }
}

test('a job walks through its states, and the file becomes a video', async () => {
  const { pull, info, advance, play } = pullWorld()
  const JobId = await pull(url, { UserData: '{"Extend":{"a":1}}' })
  const walked = [(await info(JobId)).Status]
  for (let second = 0; second < 7; second++) {
    await advance('1s')
    walked.push((await info(JobId)).Status)
  }
  expect(walked).toEqual([
    'PENDING',
    'PROCESSING',
    'DOWNLOADING',
    'DOWNLOADING',
    'DOWNLOAD_SUCCESS',
    'UPLOADING',
    'UPLOAD_SUCCESS',
    'SUCCESS',
  ])
  const { MediaId, ...rest } = await info(JobId)
  expect(rest).toEqual({
    JobId,
    UploadURL: url,
    Status: 'SUCCESS',
    FileSize: String(sample('sample.mp4').length),
    UserData: '{"Extend":{"a":1}}',
    CreationTime: '2026-01-01T00:00:00Z',
    CompleteTime: '2026-01-01T00:00:07Z',
  })
  await advance('1m')
  expect((await play(MediaId)).body.VideoBase).toMatchObject({ Status: 'Normal', Title: 'film.mp4' })
})

test('the events are those of an upload, and one of its own', async () => {
  const { pull, info, advance, events } = pullWorld()
  const JobId = await pull(url, { UserData: '{"Extend":"mine"}' })
  await advance('1m')
  expect(events().map(({ EventType }) => EventType)).toEqual([
    'FileUploadComplete',
    'VideoAnalysisComplete',
    'UploadByURLComplete',
    'SnapshotComplete',
    'StreamTranscodeComplete',
    'StreamTranscodeComplete',
    'TranscodeComplete',
  ])
  expect(events('UploadByURLComplete')).toMatchObject([
    {
      Status: 'success',
      JobId,
      SourceURL: url,
      VideoId: (await info(JobId)).MediaId,
      Size: String(sample('sample.mp4').length),
      Extend: 'mine',
    },
  ])
})

describe('a file that cannot be had makes the job fail', () => {
  test.each([
    ['declared so', 'http://example.com/gone.mp4', {}],
    ['in a private network', 'http://10.0.0.1/film.mp4', {}],
    ['on this machine', 'http://localhost:4010/film.mp4', {}],
    ['of nobody, with strict inputs', url, { strictInputs: true }],
  ])('%s', async (_title, source, settings) => {
    const { pull, info, advance, events, account } = pullWorld({ settings })
    await account.putAssets([{ url: 'http://example.com/gone.mp4', defect: 'cannot be downloaded' }])
    const JobId = await pull(source)
    await advance('1m')
    const failure = { ErrorCode: 'URLInvalidError', ErrorMessage: 'download video failed by the url, please check it' }
    expect(await info(JobId)).toMatchObject({ Status: 'DOWNLOAD_FAIL', ...failure })
    expect(events()).toMatchObject([{ EventType: 'UploadByURLComplete', Status: 'fail', JobId, SourceURL: source, ...failure }])
    expect(events()[0]).not.toHaveProperty('VideoId')
  })

  test('a download that never ends, once its time is up', async () => {
    const { pull, info, advance, account } = pullWorld()
    await account.putAssets([{ url, defect: 'never finishes' }])
    const JobId = await pull()
    await advance('23h')
    expect((await info(JobId)).Status).toBe('DOWNLOADING')
    await advance('1h')
    expect((await info(JobId)).Status).toBe('DOWNLOAD_FAIL')
  })

  test('a library that has become full meanwhile', async () => {
    const { pull, info, advance, account, events } = pullWorld()
    const JobId = await pull()
    account.settings.change({ vod: { maxMedia: 0 } })
    await advance('1m')
    expect(await info(JobId)).toMatchObject({ Status: 'UPLOAD_FAIL', ErrorCode: 'AddVideoFailed' })
    expect(events()).toMatchObject([{ EventType: 'UploadByURLComplete', Status: 'fail', ErrorCode: 'AddVideoFailed' }])
  })
})

describe('what cannot be stored makes the job fail', () => {
  const size = sample('sample.mp4').length

  test('a file that is larger than the room that is left', async () => {
    const { pull, info, advance, account } = pullWorld()
    const JobId = await pull()
    account.settings.change({ maxObjectBytes: size - 1 })
    await advance('1m')
    expect(await info(JobId)).toMatchObject({ Status: 'UPLOAD_FAIL', ErrorCode: 'QuotaExceeded' })
    account.settings.change({ maxObjectBytes: size })
    const again = await pull()
    await advance('1m')
    expect(await info(again)).toMatchObject({ Status: 'SUCCESS' })
  })

  test('an object of the account, for which there is no room a second time', async () => {
    const { upload, pull, info, advance, account } = pullWorld({ settings: { maxObjectBytes: 15 } })
    const { file } = account.vod.videos.get(await upload({}, Buffer.from('these bytes'))) ?? {}
    const JobId = await pull(`http://${file?.bucket}.oss-cn-shanghai.aliyuncs.com/${file?.key}`)
    await advance('1m')
    expect(await info(JobId)).toMatchObject({ Status: 'UPLOAD_FAIL', ErrorCode: 'QuotaExceeded' })
  })

  test('fetched bytes that are more than the account may have', async () => {
    const download = async () =>
      (async function* () {
        for (;;) yield Buffer.alloc(1000)
      })()
    const settings = { maxObjectBytes: 100_000, vod: { fetchFrom: ['127.0.0.1:9000'] } }
    const { pull, info, advance, account } = pullWorld({ download, settings })
    const JobId = await pull('http://127.0.0.1:9000/film.mp4')
    await advance('1m')
    expect((await info(JobId)).Status).toBe('DOWNLOAD_FAIL')
    expect(account.oss.storage.used).toBe(0)
  })

  test('a storage whose owner does not let the service in', async () => {
    const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'
    const { pull, info, advance, events } = pullWorld({ settings: { vod: { storages: [{ location, authorised: false }] } } })
    const JobId = await pull(url, { StorageLocation: location })
    await advance('1m')
    const failure = { ErrorCode: 'AccessDenied', ErrorMessage: "Access denied by authorizer's policy." }
    expect(await info(JobId)).toMatchObject({ Status: 'UPLOAD_FAIL', ...failure })
    expect(events()).toMatchObject([{ EventType: 'UploadByURLComplete', Status: 'fail', ...failure }])
  })
})

test('a declared file is what it was declared to be', async () => {
  const { pull, info, advance, play, account } = pullWorld()
  await account.putAssets([{ url, width: 1920, height: 1080, duration: 60 }])
  const JobId = await pull(url, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
  await advance('1m')
  const { VideoBase, PlayInfoList } = (await play((await info(JobId)).MediaId)).body
  expect([VideoBase.Duration, PlayInfoList.PlayInfo[0].Width, PlayInfoList.PlayInfo[0].Height]).toEqual(['60', 1920, 1080])
})

test('an object of the account is fetched from its OSS', async () => {
  const { upload, pull, info, advance, account } = pullWorld()
  const { file } = account.vod.videos.get(await upload({}, Buffer.from('these bytes'))) ?? {}
  const JobId = await pull(`http://${file?.bucket}.oss-cn-shanghai.aliyuncs.com/${file?.key}`)
  await advance('1m')
  expect(await info(JobId)).toMatchObject({ Status: 'SUCCESS', FileSize: '11' })
})

test('what is outside is fetched from hosts that the settings name, and from no others', async () => {
  const asked: string[] = []
  const download = async (from: string) => {
    asked.push(from)
    if (from.endsWith('gone.mp4')) throw new Error('404')
    return (async function* () {
      yield Buffer.from('fetched')
    })()
  }
  const { pull, info, advance } = pullWorld({ download, settings: { vod: { fetchFrom: ['127.0.0.1:9000'] } } })
  const jobs = [
    await pull('http://127.0.0.1:9000/film.mp4'),
    await pull('http://127.0.0.1:9000/gone.mp4'),
    await pull('http://127.0.0.1:9001/film.mp4'),
  ]
  await advance('1m')
  expect(asked).toEqual(['http://127.0.0.1:9000/film.mp4', 'http://127.0.0.1:9000/gone.mp4'])
  expect(await Promise.all(jobs.map(async (JobId) => (await info(JobId)).Status))).toEqual(['SUCCESS', 'DOWNLOAD_FAIL', 'DOWNLOAD_FAIL'])
  expect((await info(jobs[0] as string)).FileSize).toBe('7')
})

describe('what is said of one URL', () => {
  const metadata = (fields: object) => ({ UploadMetadatas: JSON.stringify([{ SourceURL: url, Title: 'mine', ...fields }]) })

  test('counts more than what is said of all', async () => {
    const { pull, info, advance, play } = pullWorld()
    const JobId = await pull(url, { ...metadata({ TemplateGroupId: 'VOD_NO_TRANSCODE', Tags: 'a,b', CateId: '5' }) })
    await advance('1m')
    expect((await play((await info(JobId)).MediaId)).body.VideoBase).toMatchObject({ Title: 'mine', TranscodeMode: 'NoTranscode' })
  })

  test('can give a file its extension', async () => {
    const { pull, info, advance, account } = pullWorld()
    const plain = 'http://example.com/film'
    const JobId = await pull(plain, { UploadMetadatas: JSON.stringify([{ SourceURL: plain, Title: 'mine', FileExtension: 'FLV' }]) })
    await advance('1m')
    expect(account.vod.videos.get((await info(JobId)).MediaId)?.file.key).toMatch(/\.flv$/)
  })

  test('may name the URL in its encoded form', async () => {
    const { pull, info, advance, play } = pullWorld()
    const JobId = await pull(url, { UploadMetadatas: JSON.stringify([{ SourceURL: encodeURIComponent(url), Title: 'mine' }]) })
    await advance('1m')
    expect((await play((await info(JobId)).MediaId)).body.VideoBase.Title).toBe('mine')
  })

  test('of a URL that is not asked for does not matter', async () => {
    const { pull, info, advance, play } = pullWorld()
    const JobId = await pull('http://example.com/other.mp4', metadata({}))
    await advance('1m')
    expect((await play((await info(JobId)).MediaId)).body.VideoBase.Title).toBe('other.mp4')
  })
})

test('jobs are found by id or by URL, encoded or not; ids count more', async () => {
  const { call, pull } = pullWorld()
  const jobs = [await pull(), await pull(encodeURIComponent(url))]
  const ask = async (params: Record<string, string>) => {
    const { NonExists, URLUploadInfoList } = (await call('GetURLUploadInfos', params)).body
    return { NonExists, found: URLUploadInfoList.map(({ JobId }: { JobId: string }) => JobId) }
  }
  expect(await ask({ JobIds: `${jobs[0]},none`, UploadURLs: url })).toEqual({ NonExists: ['none'], found: [jobs[0]] })
  expect(await ask({ UploadURLs: `${encodeURIComponent(url)},http://example.com/no.mp4` })).toEqual({
    NonExists: ['http://example.com/no.mp4'],
    found: [jobs[1], jobs[0]],
  })
})

test('a job can be cancelled as long as it waits', async () => {
  const { call, pull, info, advance, events } = pullWorld()
  const [first, second] = [await pull(), await pull('http://example.com/other.mp4')]
  const cancel = async (params: Record<string, string>) => {
    const { CanceledJobs, NonExists } = (await call('CancelUrlUploadJobs', params)).body
    return { CanceledJobs, NonExists }
  }
  expect(await cancel({ UploadUrls: `${url},http://example.com/no.mp4` })).toEqual({
    CanceledJobs: [first],
    NonExists: ['http://example.com/no.mp4'],
  })
  await advance('1s')
  expect(await cancel({ JobIds: `${first},${second}` })).toEqual({ CanceledJobs: [], NonExists: [first] })
  await advance('1m')
  expect((await info(second)).Status).toBe('SUCCESS')
  expect(events('UploadByURLComplete')).toHaveLength(1)
})

test('files are fetched in Shanghai and Singapore only', async () => {
  const { refusal } = pullWorld()
  const at = (host: string) => refusal('UploadMediaByURL', { UploadURLs: url }, { host })
  expect((await at('vod.cn-beijing.aliyuncs.com')).code).toBe('UnsupportedOperation')
  expect((await at('vod.ap-southeast-1.aliyuncs.com')).status).toBe(200)
})

test('an account with too many unfinished jobs is told to wait', async () => {
  const { refusal } = pullWorld({ settings: { maxUnfinishedJobs: 1 } })
  expect((await refusal('UploadMediaByURL', { UploadURLs: `${url},${url}` })).code).toBe('Throttling.User')
})
