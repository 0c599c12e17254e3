import { describe, expect, test } from 'vitest'
import type { Account } from '../../../src/index.js'
import { addApps } from '../../support/apps.js'
import { download } from '../../support/cloud.js'
import { decode, sample, type Ticket, vodWorld } from '../support.js'

const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'

/** Names of the account's objects. */
const objects = ({ oss }: Account): string[] => oss.objects.list().rows.map(({ key }) => key)

/** A world with a video in a bucket of the account's own that has been processed. */
async function storageWorld() {
  const world = vodWorld({ settings: { vod: { storages: [{ location }] } } })
  const { account, upload, advance, play } = world
  const VideoId = await upload({ StorageLocation: location })
  await advance('1m')
  const jobIds = async (): Promise<string[]> =>
    (await play(VideoId, { ResultType: 'Multiple' })).body.PlayInfoList?.PlayInfo.map(({ JobId }: { JobId: string }) => JobId) ?? []
  const close = () => account.settings.change({ vod: { storages: [{ location, authorised: false }] } })
  const lose = () => account.settings.change({ vod: { storages: [] } })
  return { ...world, VideoId, jobIds, close, lose }
}

describe('DeleteVideo', () => {
  test('deletes source, streams, cover, snapshots and dynamic images, and nothing of another video', async () => {
    const { account, call, upload, advance } = vodWorld()
    const kept = await upload()
    await advance('1m')
    const others = objects(account)
    const VideoId = await upload()
    await advance('1m')
    const { bucket } = account.vod.videos.get(VideoId)?.file ?? { bucket: '' }
    await account.turn.take(() => account.oss.putObject(bucket, 'dynamic.gif', sample('sample.gif')))
    account.vod.dynamicImages.put(dynamicImage(VideoId, 'dynamic', bucket))
    // Source, an MP4, an HLS playlist with one segment, a cover, a dynamic image.
    expect(objects(account)).toHaveLength(others.length + 6)
    expect((await call('DeleteVideo', { VideoIds: VideoId })).body).toMatchObject({ ForbiddenVideoIds: [], NonExistVideoIds: [] })
    expect(objects(account)).toEqual(others)
    expect((await call('ListDynamicImage', { VideoId })).body.DynamicImageList).toEqual([])
    expect((await call('GetVideoList')).body).toMatchObject({ Total: 1, VideoList: { Video: [{ VideoId: kept }] } })
  })

  test('turns whatever else is asked of the video into the documented error', async () => {
    const { call, refusal, VideoId, jobIds } = await storageWorld()
    const [JobIds = ''] = await jobIds()
    await call('DeleteVideo', { VideoIds: VideoId })
    const after: Record<string, Record<string, string>> = {
      GetPlayInfo: { VideoId },
      GetVideoPlayAuth: { VideoId },
      RefreshUploadVideo: { VideoId },
      GetVideoInfo: { VideoId },
      GetVideoInfos: { VideoIds: VideoId },
      GetMezzanineInfo: { VideoId },
      UpdateVideoInfo: { VideoId },
      ListSnapshots: { VideoId },
      DeleteStream: { VideoId, JobIds },
      DeleteVideo: { VideoIds: VideoId },
      DeleteMultipartUpload: { MediaId: VideoId, MediaType: 'video' },
    }
    for (const [action, params] of Object.entries(after))
      expect([action, (await refusal(action, params)).code]).toEqual([action, 'InvalidVideo.NotFound'])
    expect((await call('GetUploadDetails', { MediaIds: VideoId })).body.NonExistMediaIds).toEqual([VideoId])
    expect((await call('DeleteMezzanines', { VideoIds: VideoId })).body.NonExistVideoIds).toEqual([VideoId])
    const UpdateContent = JSON.stringify([{ VideoId, Title: 'a' }])
    expect((await call('UpdateVideoInfos', { UpdateContent })).body.NonExistVideoIds).toEqual([VideoId])
  })

  test('leaves nothing behind the addresses that were handed out', async () => {
    const { cloud, call, play, VideoId } = await storageWorld()
    const { VideoBase, PlayInfoList } = (await play(VideoId)).body
    const urls = [VideoBase.CoverURL, ...PlayInfoList.PlayInfo.map(({ PlayURL }: { PlayURL: string }) => PlayURL)]
    for (const url of urls) expect((await download(cloud, url)).status).toBe(200)
    await call('DeleteVideo', { VideoIds: VideoId })
    for (const url of urls) expect((await download(cloud, url)).status).toBe(404)
  })

  test('tells of each video, with what there was of it, to the app that it belonged to', async () => {
    const { account, call, create, events } = vodWorld()
    addApps(account, 'app-mine')
    const { VideoId } = await create({ Title: 'film', CateId: 12, Tags: 'a,b', AppId: 'app-mine', UserData: '{"Extend":"7"}' })
    await call('DeleteVideo', { VideoIds: `${VideoId},none` })
    const common = { EventTime: '2026-01-01T00:00:00Z' }
    const deleted = { ...common, EventType: 'DeleteMediaComplete', MediaType: 'video', DeleteType: 'all' }
    expect(events().slice(1)).toEqual([
      { ...deleted, Status: 'success', MediaId: VideoId, Extend: '7' },
      {
        ...common,
        EventType: 'MediaBaseChangeComplete',
        Status: 'success',
        MediaId: VideoId,
        MediaType: 'video',
        OperateMode: 'delete',
        MediaContent: { Title: '{"OldValue":"film"}', CateId: '{"OldValue":12}', Tags: '{"OldValue":"a,b"}' },
        Extend: '7',
      },
      { ...deleted, Status: 'fail', MediaId: 'none', ErrorCode: 'InvalidVideo.NotFound', ErrorMessage: 'The video does not exist.' },
    ])
    expect(account.events.list().map(({ appId }) => appId)).toEqual(['app-mine', 'app-mine', 'app-mine', 'app-1000000'])
  })

  test('deletes up to 20, each once, and lists those that do not exist', async () => {
    const { call, create, events } = vodWorld()
    const videos: string[] = []
    for (let number = 0; number < 18; number++) videos.push((await create()).VideoId)
    const VideoIds = [...videos, 'none', videos[0]].join(',')
    expect((await call('DeleteVideo', { VideoIds })).body).toMatchObject({ NonExistVideoIds: ['none'] })
    expect(events('DeleteMediaComplete').filter(({ Status }) => Status === 'success')).toHaveLength(18)
  })

  test('keeps a video whose storage is closed to VOD, deletes the others, and says so', async () => {
    const { call, create, close, events, VideoId } = await storageWorld()
    const other = (await create()).VideoId
    close()
    expect((await call('DeleteVideo', { VideoIds: `${VideoId},${other}` })).body).toMatchObject({
      ForbiddenVideoIds: [VideoId],
      NonExistVideoIds: [],
    })
    expect((await call('GetVideoInfos', { VideoIds: `${VideoId},${other}` })).body.NonExistVideoIds).toEqual([other])
    expect(events('DeleteMediaComplete')).toMatchObject([
      { MediaId: VideoId, Status: 'fail', ErrorCode: 'Forbidden' },
      { MediaId: other, Status: 'success' },
    ])
  })

  test("fails, and deletes nothing, where the storage of one is not the account's any more", async () => {
    const { call, create, lose, refusal, VideoId } = await storageWorld()
    const other = (await create()).VideoId
    lose()
    expect(await refusal('DeleteVideo', { VideoIds: `${other},${VideoId}` })).toMatchObject({
      status: 503,
      code: 'DeleteVideoFailed',
      message: 'Deleting video has failed due to some unknown error.',
    })
    expect((await call('GetVideoInfos', { VideoIds: `${VideoId},${other}` })).body.NonExistVideoIds).toEqual([])
  })
})

describe('a video that is deleted while something is done with it', () => {
  test.each([
    ['analysed', 0],
    ['transcoded', 1000],
    ['transcoded, its covers taken', 3000],
  ])('while it is %s: no further event, no file, no bug, nothing unfinished', async (_what, after) => {
    const bugs: unknown[] = []
    const { account, call, upload, advance, events } = vodWorld({ onBug: (error) => bugs.push(error) })
    const VideoId = await upload()
    await advance(after)
    await call('DeleteVideo', { VideoIds: VideoId })
    const before = events().length
    await advance('1d')
    expect(events()).toHaveLength(before)
    expect([bugs, objects(account), account.jobs.unfinished]).toEqual([[], [], 0])
    const tasks = account.vod.transcodeTasks.list().rows
    expect(tasks.filter(({ completedAt }) => completedAt === undefined)).toEqual([])
  })

  test('what had happened before is delivered, and the deletion behind it, to the address that the video had', async () => {
    const delivered: string[] = []
    let down = true
    const { account, call, upload, advance } = vodWorld({
      deliver: async ({ url, body }) => {
        if (!down) delivered.push(`${new URL(url).host} ${JSON.parse(String(body)).EventType}`)
        return { status: down ? 500 : 200 }
      },
    })
    await call('SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: 'http://all.example.com/callback', EventTypeList: 'ALL' })
    const VideoId = await upload({ UserData: JSON.stringify({ MessageCallback: { CallbackURL: 'http://own.example.com/callback' } }) })
    await call('DeleteVideo', { VideoIds: VideoId })
    await account.events.settled()
    down = false
    await advance('1h')
    await account.events.settled()
    const types = ['MediaBaseChangeComplete', 'FileUploadComplete', 'DeleteMediaComplete', 'MediaBaseChangeComplete']
    expect(delivered).toEqual(types.map((type) => `own.example.com ${type}`))
  })

  test('while its file is fetched: the upload by URL ends as it would have', async () => {
    const { call, advance } = vodWorld()
    const UploadURLs = 'http://input.oss-cn-shanghai.aliyuncs.com/a.mp4'
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs })).body.UploadJobs
    const info = async () => (await call('GetURLUploadInfos', { JobIds: JobId })).body.URLUploadInfoList[0]
    await advance('6s')
    const { MediaId, Status } = await info()
    expect(Status).toBe('UPLOAD_SUCCESS')
    await call('DeleteVideo', { VideoIds: MediaId })
    await advance('1m')
    expect(await info()).toMatchObject({ Status: 'SUCCESS', MediaId })
    expect((await call('GetVideoInfos', { VideoIds: MediaId })).body.Code).toBe('InvalidVideo.NotFound')
  })

  test('while it is uploaded: what arrives later is an object, and no video', async () => {
    const { account, call, create, put, events } = vodWorld()
    const ticket = await create()
    const { Bucket = '', FileName = '' } = decode(ticket.UploadAddress)
    await account.turn.take(() => account.oss.uploads.initiate(Bucket, FileName, { contentType: 'video/mp4', headers: {} }))
    await call('DeleteVideo', { VideoIds: ticket.VideoId })
    expect(account.oss.uploads.of(Bucket)).toEqual([])
    expect((await put(ticket as Ticket, sample('sample.mp4'))).status).toBe(200)
    expect(events('FileUploadComplete')).toEqual([])
    expect(objects(account)).toEqual([FileName])
  })
})

describe('DeleteMezzanines', () => {
  test('deletes the source alone: streams are played as before, and nothing can be made of it', async () => {
    const { account, call, play, events, VideoId } = await storageWorld()
    const before = (await play(VideoId)).body.PlayInfoList
    const source = account.vod.videos.get(VideoId)?.file.key
    expect((await call('DeleteMezzanines', { VideoIds: `${VideoId},none` })).body).toMatchObject({
      UnRemoveableVideoIds: [],
      NonExistVideoIds: ['none'],
    })
    expect(objects(account)).not.toContain(source)
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toHaveLength(before.PlayInfo.length)
    expect((await call('GetMezzanineInfo', { VideoId })).body.Mezzanine).toMatchObject({ Status: 'Deleted', Width: 320 })
    expect((await call('GetMezzanineInfo', { VideoId })).body.Mezzanine.FileURL).toBeUndefined()
    expect(events('DeleteMediaComplete')).toEqual([])
    // Again, it is deleted already.
    expect((await call('DeleteMezzanines', { VideoIds: VideoId })).body.UnRemoveableVideoIds).toEqual([])
  })

  test('keeps a source that is played as it is; forced, nothing is left to play', async () => {
    const { call, upload, play, refusal } = vodWorld()
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const remove = async (params: object = {}) => (await call('DeleteMezzanines', { VideoIds: VideoId, ...params })).body
    expect(await remove()).toMatchObject({ UnRemoveableVideoIds: [VideoId] })
    expect(await remove({ Force: 'false' })).toMatchObject({ UnRemoveableVideoIds: [VideoId] })
    expect((await play(VideoId)).status).toBe(200)
    expect(await remove({ Force: 'true' })).toMatchObject({ UnRemoveableVideoIds: [] })
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({ status: 404, code: 'InvalidVideo.NoneStream' })
  })

  test('keeps a source in an asynchronous transcoding, where it is played until there are streams', async () => {
    const { account, call, upload } = vodWorld()
    const templateGroupId = account.vod.templateGroups.list({ by: { role: 'default' } }).rows[0]?.templateGroupId
    account.settings.change({ vod: { workflows: [{ id: 'both', templateGroupId, distributesSource: true }] } })
    const VideoId = await upload({ WorkflowId: 'both' })
    expect((await call('DeleteMezzanines', { VideoIds: VideoId })).body.UnRemoveableVideoIds).toEqual([VideoId])
  })

  test.each(['not uploaded yet', 'in a storage that is closed', 'in a storage that is gone'])(
    'keeps a source that is %s',
    async (where) => {
      const { call, create, close, lose, play, VideoId } = await storageWorld()
      const id = where === 'not uploaded yet' ? (await create()).VideoId : VideoId
      if (where.endsWith('closed')) close()
      if (where.endsWith('gone')) lose()
      expect((await call('DeleteMezzanines', { VideoIds: id, Force: 'true' })).body.UnRemoveableVideoIds).toEqual([id])
      expect((await play(VideoId)).status).toBe(200)
    },
  )

  test('of a video that is being transcoded makes the transcoding fail', async () => {
    const { call, upload, advance, status, events } = vodWorld()
    const VideoId = await upload()
    await advance('1s')
    await call('DeleteMezzanines', { VideoIds: VideoId })
    await advance('1m')
    expect(await status(VideoId)).toBe('TranscodeFail')
    expect(events('TranscodeComplete')).toMatchObject([{ Status: 'fail' }])
  })

  test.each([['DeleteMezzanines'], ['somebody']])(
    'of a video that is being analysed, %s, makes the analysis fail, and tells so',
    async (who) => {
      const { account, call, upload, put, advance, status, events } = vodWorld()
      const VideoId = await upload()
      const { bucket, key } = account.vod.videos.get(VideoId)?.file ?? { bucket: '', key: '' }
      if (who === 'somebody') account.oss.delete(bucket, key)
      else await call('DeleteMezzanines', { VideoIds: VideoId })
      await advance('1m')
      expect(await status(VideoId)).toBe('TranscodeFail')
      expect(events('VideoAnalysisComplete')).toMatchObject([{ Status: 'fail', VideoId, ErrorCode: 'InvalidFile.NotFound' }])
      // It is not damaged: another file can be uploaded.
      await put((await call('RefreshUploadVideo', { VideoId })).body, sample('sample.mp4'))
      await advance('1m')
      expect(await status(VideoId)).toBe('Normal')
    },
  )

  test('leaves room for another file, which starts everything again', async () => {
    const { call, put, advance, play, VideoId } = await storageWorld()
    await call('DeleteMezzanines', { VideoIds: VideoId })
    await put((await call('RefreshUploadVideo', { VideoId })).body, sample('sample.mp4'))
    expect((await call('GetMezzanineInfo', { VideoId })).body.Mezzanine.Status).toBe('Normal')
    await advance('1m')
    expect((await play(VideoId, { ResultType: 'Multiple' })).body.PlayInfoList.PlayInfo).toHaveLength(4)
  })
})

describe('DeleteStream', () => {
  test('deletes the streams that are named, and their files', async () => {
    const { account, call, play, jobIds, VideoId } = await storageWorld()
    const [first = '', second] = await jobIds()
    const before = objects(account).length
    await call('DeleteStream', { VideoId, JobIds: first })
    expect(await jobIds()).toEqual([second])
    expect(objects(account)).toHaveLength(before - 1)
    expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toHaveLength(1)
  })

  test('of all streams leaves a video without any, and GetPlayInfo says so', async () => {
    const { account, call, refusal, status, events, jobIds, VideoId } = await storageWorld()
    await call('DeleteStream', { VideoId, JobIds: (await jobIds()).join(',') })
    expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({ status: 404, code: 'InvalidVideo.NoneStream' })
    expect(await status(VideoId)).toBe('Normal')
    // Source and cover are left.
    expect(objects(account)).toHaveLength(2)
    expect(events('DeleteMediaComplete')).toEqual([])
  })

  test('of the source as a stream leaves the source', async () => {
    const { call, upload, play, refusal } = vodWorld()
    const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
    const [{ JobId }] = (await play(VideoId)).body.PlayInfoList.PlayInfo
    await call('DeleteStream', { VideoId, JobIds: JobId })
    expect((await refusal('GetPlayInfo', { VideoId })).code).toBe('InvalidVideo.NoneStream')
    expect((await call('GetMezzanineInfo', { VideoId })).body.Mezzanine.Status).toBe('Normal')
  })

  test.each([
    ['one that does not exist', 'InvalidStream.NotFound', 404, 'The stream does not exist.'],
    ['one of another video', 'InvalidStream.NotFound', 404, 'The stream does not exist.'],
    ['one in a storage that is closed', 'DeleteStreamFailed', 503, 'Deleting stream has failed due to some unknown error.'],
    ['one in a storage that is gone', 'DeleteStreamFailed', 503, 'Deleting stream has failed due to some unknown error.'],
  ])('%s: nothing is deleted', async (which, code, status, message) => {
    const { account, upload, play, refusal, close, lose, jobIds, VideoId } = await storageWorld()
    const before = await jobIds()
    let JobIds = before.join(',')
    if (which.endsWith('exist')) JobIds += ',none'
    if (which.endsWith('video'))
      JobIds += `,${(await play(await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' }))).body.PlayInfoList.PlayInfo[0].JobId}`
    if (which.endsWith('closed')) close()
    if (which.endsWith('gone')) lose()
    const objectsBefore = objects(account)
    expect(await refusal('DeleteStream', { VideoId, JobIds })).toMatchObject({ status, code, message })
    expect([await jobIds(), objects(account)]).toEqual([before, objectsBefore])
  })
})

/** A dynamic image as its job would have left it. */
const dynamicImage = (videoId: string, dynamicImageId: string, bucket: string) => ({
  dynamicImageId,
  videoId,
  jobId: 'job',
  format: 'gif' as const,
  file: { bucket, key: 'dynamic.gif' },
  size: sample('sample.gif').length,
  width: 320,
  height: 180,
  fps: 10,
  duration: 2,
  createdAt: 1_767_225_600_000,
})
