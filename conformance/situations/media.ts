/** What uploads, playback, media assets and their processing are refused for. */

import type { Account, Cloud } from '../../src/index.js'
import { storagesOf } from '../../src/products/vod/shared/storage/storages.js'
import type { Before } from '../cases/before.js'
import type { Changes } from '../cases/case.js'
import { about, each, fillUp, refusedWith, type Situation } from './situation.js'

const none = { VideoId: 'none' }
const sd = {
  Definition: 'SD',
  Container: { Format: 'mp4' },
  Video: { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' },
  Audio: { Codec: 'AAC', Bitrate: '64' },
}
const templates = (count: number, more: object = {}): string =>
  JSON.stringify(Array.from({ length: count }, (_, index) => ({ ...sd, ...more, TemplateName: `template ${index}` })))

/** A video whose status is not one that the Action needs. */
const videoThatIs =
  (status: 'Blocked' | 'Uploading') =>
  async ({ account, params: { VideoId = '' } }: Before): Promise<void> => {
    await account.turn.take(() =>
      account.vod.videos.update(VideoId, (draft) => {
        draft.status = status
      }),
    )
  }

const lockedGroup = async ({ call }: Before) => {
  const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'locked', TranscodeTemplateList: templates(1) })
  await call('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, Locked: 'Enabled' })
  return { TranscodeTemplateGroupId, TranscodeTemplateIds: undefined }
}

const OWN = 'own-bucket.oss-cn-shanghai.aliyuncs.com'

type Storages = { location: string; authorised?: boolean }[]

const setStorages = ({ account }: Before, storages: Storages): void => account.settings.change({ vod: { storages } })

/** A video in a storage of the account's own, and the ids of its streams. */
async function videoElsewhere(before: Before): Promise<{ VideoId: string; JobIds: string }> {
  const { call, advance } = before
  setStorages(before, [{ location: OWN }])
  const params = { UploadURLs: 'http://example.com/film.mp4', StorageLocation: OWN }
  const [{ JobId }] = (await call('UploadMediaByURL', params)).UploadJobs
  await advance('10m')
  const VideoId: string = (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0].MediaId
  const { PlayInfoList } = await call('GetPlayInfo', { VideoId, ResultType: 'Multiple' })
  return { VideoId, JobIds: PlayInfoList.PlayInfo.map((stream: { JobId: string }) => stream.JobId).join(',') }
}

/** The same, and then the storage is gone, or closed to VOD. */
const inStorage =
  (storages: Storages) =>
  async (before: Before): Promise<Changes> => {
    const { VideoId, JobIds } = await videoElsewhere(before)
    setStorages(before, storages)
    return namesOf(before, { VideoId, VideoIds: VideoId, MediaId: VideoId, JobIds })
  }

/** Of some values, those of parameters that the call has. */
const namesOf = ({ params }: Before, values: Record<string, string>): Changes =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in params))

/** The source file of the video is not in its bucket any more. */
async function withoutSource({ account, params }: Before): Promise<void> {
  const { bucket, key } = account.vod.videos.get(params.VideoId ?? params.MediaId ?? '')?.file ?? { bucket: '', key: '' }
  await account.turn.take(() => account.oss.delete(bucket, key))
}

/** Somebody else has the bucket that comes with the service. */
async function withoutBucket({ cloud, account, call }: Before): Promise<Changes> {
  const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'group' })
  await loseBucket(cloud, account)
  return { TranscodeTemplateGroupId }
}

async function loseBucket(cloud: Cloud, account: Account): Promise<void> {
  const [{ bucket }] = storagesOf(account)
  await account.turn.take(() => {
    if (account.oss.buckets.some(({ name }) => name === bucket)) account.oss.deleteBucket(bucket)
  })
  const other = cloud.createAccount({ clock: 'manual' })
  await other.turn.take(() => other.oss.createBucket(bucket, 'cn-shanghai'))
}

const groups: Situation[] = [
  ...refusedWith(
    'InvalidStorage.NotFound',
    about.account,
    each(['AddTranscodeTemplateGroup', 'UpdateTranscodeTemplateGroup']),
    withoutBucket,
  ).map((situation): Situation => ({ ...situation, alone: true })),
  ...refusedWith('InvalidTranscodeTemplateGroup.NotFound', 'TranscodeTemplateGroupId', {
    AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    UpdateTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    DeleteTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    GetTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    SetDefaultTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
  }),
  ...refusedWith(
    'Forbidden.LockedTemplateGroup',
    'TranscodeTemplateGroupId',
    {
      AddTranscodeTemplateGroup: { TranscodeTemplateList: templates(1) },
      UpdateTranscodeTemplateGroup: { Name: 'a' },
      DeleteTranscodeTemplateGroup: { ForceDelGroup: 'true' },
    },
    lockedGroup,
  ),
  ...refusedWith('Forbidden.SpecialTemplateGroup', 'TranscodeTemplateGroupId', {
    AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', TranscodeTemplateList: templates(1) },
  }),
  ...refusedWith(
    'TrasncodeTemplateGroupExceededMax',
    about.quota,
    { AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: undefined } },
    async ({ account, call }) => {
      account.settings.change({ limits: { enabled: false } })
      await fillUp(0, 20, (number) => call('AddTranscodeTemplateGroup', { Name: `group ${number}` }))
    },
    // The groups that come with the service do not count.
  ).map((situation): Situation => ({ ...situation, alone: true })),
  ...refusedWith(
    'TranscodeTemplateExceededMax',
    'TranscodeTemplateList',
    { AddTranscodeTemplateGroup: { TranscodeTemplateList: templates(2) } },
    async ({ call }) => {
      const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'full', TranscodeTemplateList: templates(19) })
      return { TranscodeTemplateGroupId }
    },
  ),
  ...refusedWith(
    'WatermarkExceededMax',
    { param: 'TranscodeTemplateList', member: 'WatermarkIds' },
    { AddTranscodeTemplateGroup: {} },
    async ({ call }) => {
      const marks: string[] = []
      for (let number = 0; number < 5; number++)
        marks.push(
          (await call('AddWatermark', { Name: `text${number}`, Type: 'Text', WatermarkConfig: '{"Content":"a"}' })).WatermarkInfo
            .WatermarkId,
        )
      return { TranscodeTemplateList: templates(1, { WatermarkIds: marks }), TranscodeTemplateGroupId: undefined, Name: 'marked' }
    },
  ),
  ...refusedWith(
    'Forbidden.DefaultTemplateGroup',
    'TranscodeTemplateGroupId',
    { DeleteTranscodeTemplateGroup: { ForceDelGroup: 'true' } },
    async ({ call }) => {
      const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'default', TranscodeTemplateList: templates(1) })
      await call('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId })
      return { TranscodeTemplateGroupId, TranscodeTemplateIds: undefined }
    },
  ),
]

const assets: Situation[] = [
  ...refusedWith('InvalidCateId.NotFound', 'ParentId', { AddCategory: { ParentId: '12' } }),
  ...refusedWith('InvalidCateId.NotFound', 'CateId', each(['UpdateCategory', 'DeleteCategory', 'GetCategories'], { CateId: '12' })),
  ...refusedWith('LevelExceededMax', 'ParentId', { AddCategory: {} }, async ({ call }) => {
    let ParentId: string | undefined
    for (const CateName of ['first', 'second', 'third'])
      ParentId = String((await call('AddCategory', { CateName, ...(ParentId !== undefined && { ParentId }) })).Category.CateId)
    return { ParentId }
  }),
  ...refusedWith('SubTotalExceededMax', 'ParentId', { AddCategory: { ParentId: undefined } }, async ({ account, call }) => {
    account.settings.change({ limits: { enabled: false } })
    const { SubTotal } = await call('GetCategories')
    await fillUp(SubTotal, 100, (number) => call('AddCategory', { CateName: `category ${number}` }))
  }),
  ...refusedWith('InvalidVideo.NotFound', 'VideoId', {
    ...each(
      ['GetVideoInfo', 'GetMezzanineInfo', 'UpdateVideoInfo', 'DeleteStream', 'ListSnapshots', 'GetPlayInfo', 'GetVideoPlayAuth'],
      none,
    ),
    ...each(['SubmitDynamicImageJob', 'SubmitPreprocessJobs', 'SubmitSnapshotJob', 'SubmitTranscodeJobs', 'RefreshUploadVideo'], none),
  }),
  ...refusedWith('InvalidVideo.NotFound', 'VideoIds', each(['GetVideoInfos', 'DeleteVideo'], { VideoIds: 'none' })),
  ...refusedWith('InvalidVideo.NotFound', 'MediaId', { DeleteMultipartUpload: { MediaId: 'none' } }),
  ...refusedWith('VideoListExceededMax', 'PageNo', { GetVideoList: { PageNo: '501' } }),
  ...refusedWith('NoSuchResource', 'ImageId', { GetImageInfo: { ImageId: 'none' } }),
  ...refusedWith('NoSuchResource', 'TranscodeTaskId', { GetTranscodeTask: { TranscodeTaskId: 'none' } }),
  ...refusedWith(
    'NoSuchResource',
    'WatermarkId',
    each(['GetWatermark', 'DeleteWatermark', 'SetDefaultWatermark'], { WatermarkId: 'none' }),
  ),
  ...refusedWith('NoSuchResource', 'DynamicImageTemplateId', { SubmitDynamicImageJob: { DynamicImageTemplateId: 'none' } }),
  ...refusedWith('NoSuchResource', 'SnapshotTemplateId', { SubmitSnapshotJob: { SnapshotTemplateId: 'none' } }),
  ...refusedWith('NoSuchResource', 'TemplateGroupId', { SubmitTranscodeJobs: { TemplateGroupId: 'none' } }),
  ...refusedWith('NoSuchResource', 'FileUrl', {
    AddWatermark: {
      Type: 'Image',
      WatermarkConfig: '{"Width":"55","Height":"55","Dx":"8","Dy":"9","ReferPos":"BottomLeft","Type":"Image"}',
      FileUrl: 'https://none.oss-cn-shanghai.aliyuncs.com/none.png',
    },
  }),
  ...refusedWith(
    'Forbidden.IllegalStatus',
    'VideoId',
    each(['GetPlayInfo', 'GetVideoPlayAuth', 'SubmitPreprocessJobs', 'SubmitTranscodeJobs']),
    videoThatIs('Blocked'),
  ),
  ...refusedWith(
    'Forbidden.IllegalStatus',
    'VideoId',
    each(['ListSnapshots', 'SubmitDynamicImageJob', 'SubmitSnapshotJob']),
    videoThatIs('Uploading'),
  ),
  ...refusedWith('InvalidStream.NotFound', 'JobIds', { DeleteStream: { JobIds: 'none' } }),
  ...refusedWith('DeleteStreamFailed', 'VideoId', { DeleteStream: {} }, inStorage([])),
  ...refusedWith('DeleteVideoFailed', 'VideoIds', { DeleteVideo: {} }, inStorage([])),
  ...refusedWith('SortByExceededMax', 'SortBy', {
    SearchMedia: { SortBy: 'CreationTime:Desc,ModificationTime:Desc', ScrollToken: 'a'.repeat(32) },
  }),
  ...refusedWith('ErrorMatchSyntax', 'Match', { SearchMedia: { Match: 'Title in' } }),
]

const uploads: Situation[] = [
  ...refusedWith('InvalidFileName.Extension', 'FileName', { CreateUploadVideo: { FileName: 'film.exe' } }),
  ...refusedWith('IllegalCharacters', 'Title', { CreateUploadVideo: { Title: '🎬 film' } }),
  ...refusedWith('InvalidTemplateGroupId.NotFound', 'TemplateGroupId', { CreateUploadVideo: { TemplateGroupId: 'none' } }),
  ...refusedWith('InvalidStorage.NotFound', 'StorageLocation', {
    CreateUploadVideo: { StorageLocation: 'none.oss-cn-shanghai.aliyuncs.com' },
  }),
  ...refusedWith('Forbidden.InitFailed', about.account, { CreateUploadVideo: {} }, ({ cloud, account }) => loseBucket(cloud, account)).map(
    (situation): Situation => ({ ...situation, alone: true }),
  ),
  ...refusedWith('AddVideoFailed', about.quota, { CreateUploadVideo: {} }, async ({ account }) => {
    account.settings.change({ vod: { maxMedia: 0 } })
  }),
  ...refusedWith('InvalidStorage.NotFound', 'MediaId', { DeleteMultipartUpload: {} }, inStorage([])),
  ...refusedWith('AccessDenied', 'MediaId', { DeleteMultipartUpload: {} }, inStorage([{ location: OWN, authorised: false }])),
  ...refusedWith('InvalidMultipartUpload.NotFound', 'MediaId', { DeleteMultipartUpload: {} }, inStorage([{ location: OWN }])),
  ...refusedWith('InvalidFile.NotFound', 'MediaId', { DeleteMultipartUpload: {} }, async (before) => {
    const { VideoId } = await videoElsewhere(before)
    await withoutSource({ ...before, params: { VideoId } })
    return { MediaId: VideoId }
  }),
  ...refusedWith('InvalidFile.NotFound', 'VideoId', { GetMezzanineInfo: {} }, withoutSource),
  ...refusedWith('NoSuchResource', 'VideoId', { SubmitPreprocessJobs: {} }, withoutSource),
  ...refusedWith('InvalidVideo.Damaged', 'VideoId', { RefreshUploadVideo: {} }, async ({ account, call, advance }) => {
    await account.turn.take(() => account.putAssets([{ url: 'http://example.com/broken.mp4', defect: 'cannot be decoded' }]))
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: 'http://example.com/broken.mp4' })).UploadJobs
    await advance('10m')
    return { VideoId: (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0].MediaId }
  }),
  ...refusedWith('Forbidden.AliyunVoDEncryption', 'VideoId', { GetPlayInfo: {} }, async ({ call, advance }) => {
    const EncryptSetting = { EncryptType: 'AliyunVoDEncryption' }
    const list = templates(1, {
      Container: { Format: 'm3u8' },
      MuxConfig: { Segment: { Duration: '10' } },
      EncryptSetting,
    })
    const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'private', TranscodeTemplateList: list })
    const UploadMetadatas = JSON.stringify([
      { SourceURL: 'http://example.com/film.mp4', Title: 'film', TemplateGroupId: TranscodeTemplateGroupId },
    ])
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: 'http://example.com/film.mp4', UploadMetadatas })).UploadJobs
    await advance('10m')
    return { VideoId: (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0].MediaId }
  }),
]

const reviews: Situation[] = [
  ...refusedWith('SecurityIp.NotFound', 'SecurityGroupName', { ListAuditSecurityIp: { SecurityGroupName: 'nobody' } }),
  ...refusedWith(
    'SecurityIpGroupExceededMax',
    'SecurityGroupName',
    { SetAuditSecurityIp: { Ips: '10.9.9.9', SecurityGroupName: 'eleventh', OperateMode: undefined } },
    async ({ call }) => {
      const { SecurityIpList } = await call('ListAuditSecurityIp')
      await fillUp(SecurityIpList.length, 10, (group) =>
        call('SetAuditSecurityIp', { Ips: `10.0.0.${group}`, SecurityGroupName: `group ${group}` }),
      )
    },
  ),
]

/** Situations of media. */
export const mediaSituations: readonly Situation[] = [...groups, ...assets, ...uploads, ...reviews]
