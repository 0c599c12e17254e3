/** What uploads, playback, media assets and their processing are refused for. */

import { type Before, each, refusedWith, type Situation } from './situation.js'

const none = { VideoId: 'none' }
const sd = {
  TemplateName: 'sd',
  Definition: 'SD',
  Container: { Format: 'mp4' },
  Video: { Width: '640', Codec: 'H.264' },
  Audio: { Codec: 'AAC' },
}
const templates = (count: number, more: object = {}): string =>
  JSON.stringify(Array.from({ length: count }, (_, index) => ({ ...sd, ...more, TemplateName: `template ${index}` })))

/** A video whose status is not the one that the Action needs. */
async function blocked({ account, params }: Before): Promise<void> {
  const { VideoId = '' } = params
  await account.turn.take(() => account.vod.videos.update(VideoId, { status: 'Transcoding' } as never))
}

const lockedGroup = async ({ call }: Before) => {
  const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'locked', TranscodeTemplateList: templates(1) })
  await call('UpdateTranscodeTemplateGroup', { TranscodeTemplateGroupId, Locked: 'Enabled' })
  return { TranscodeTemplateGroupId, TranscodeTemplateIds: undefined }
}

/** The account's storages, of which none is left that files are in. */
const storagesGone = async ({ account }: Before): Promise<void> => {
  account.settings.change({ vod: { storages: [{ location: 'other.oss-cn-shanghai.aliyuncs.com' }] } })
}

const groups: Situation[] = [
  ...refusedWith('InvalidTranscodeTemplateGroup.NotFound', {
    AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    UpdateTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    DeleteTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    GetTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
    SetDefaultTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'none' },
  }),
  ...refusedWith(
    'Forbidden.LockedTemplateGroup',
    {
      AddTranscodeTemplateGroup: { TranscodeTemplateList: templates(1) },
      UpdateTranscodeTemplateGroup: { Name: 'a' },
      DeleteTranscodeTemplateGroup: { ForceDelGroup: 'true' },
    },
    lockedGroup,
  ),
  ...refusedWith('Forbidden.SpecialTemplateGroup', {
    AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: 'VOD_NO_TRANSCODE', TranscodeTemplateList: templates(1) },
  }),
  ...refusedWith(
    'TrasncodeTemplateGroupExceededMax',
    { AddTranscodeTemplateGroup: { TranscodeTemplateGroupId: undefined } },
    async ({ call }) => {
      for (let number = 0; number < 20; number++)
        await call('AddTranscodeTemplateGroup', { Name: `group ${number}` }).catch(() => undefined)
    },
  ),
  ...refusedWith(
    'TranscodeTemplateExceededMax',
    { AddTranscodeTemplateGroup: { TranscodeTemplateList: templates(2) } },
    async ({ call }) => {
      const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'full', TranscodeTemplateList: templates(19) })
      return { TranscodeTemplateGroupId }
    },
  ),
  ...refusedWith('WatermarkExceededMax', { AddTranscodeTemplateGroup: {} }, async ({ call }) => {
    const marks: string[] = []
    for (let number = 0; number < 5; number++)
      marks.push(
        (await call('AddWatermark', { Name: `text${number}`, Type: 'Text', WatermarkConfig: '{"Content":"a"}' })).WatermarkInfo.WatermarkId,
      )
    return { TranscodeTemplateList: templates(1, { WatermarkIds: marks }), TranscodeTemplateGroupId: undefined, Name: 'marked' }
  }),
  ...refusedWith('Forbidden.DefaultTemplateGroup', { DeleteTranscodeTemplateGroup: { ForceDelGroup: 'true' } }, async ({ call }) => {
    const { TranscodeTemplateGroupId } = await call('AddTranscodeTemplateGroup', { Name: 'default', TranscodeTemplateList: templates(1) })
    await call('SetDefaultTranscodeTemplateGroup', { TranscodeTemplateGroupId })
    return { TranscodeTemplateGroupId, TranscodeTemplateIds: undefined }
  }),
  ...refusedWith('InvalidStorage.NotFound', {
    AddTranscodeTemplateGroup: { TranscodeTemplateList: templates(1, { TranscodeFileRegular: 'a' }), TranscodeTemplateGroupId: undefined },
    UpdateTranscodeTemplateGroup: {},
  }),
]

const assets: Situation[] = [
  ...refusedWith('InvalidCateId.NotFound', {
    AddCategory: { ParentId: '12' },
    UpdateCategory: { CateId: '12' },
    DeleteCategory: { CateId: '12' },
    GetCategories: { CateId: '12' },
  }),
  ...refusedWith('LevelExceededMax', { AddCategory: {} }, async ({ call }) => {
    let ParentId: string | undefined
    for (const CateName of ['first', 'second', 'third'])
      ParentId = String((await call('AddCategory', { CateName, ...(ParentId !== undefined && { ParentId }) })).Category.CateId)
    return { ParentId }
  }),
  ...refusedWith('SubTotalExceededMax', { AddCategory: { ParentId: undefined } }, async ({ account, call }) => {
    account.settings.change({ limits: { enabled: false } })
    for (let number = 0; number < 100; number++) await call('AddCategory', { CateName: `category ${number}` }).catch(() => undefined)
  }),
  ...refusedWith('InvalidVideo.NotFound', {
    ...each(
      ['GetVideoInfo', 'GetMezzanineInfo', 'UpdateVideoInfo', 'DeleteStream', 'ListSnapshots', 'GetPlayInfo', 'GetVideoPlayAuth'],
      none,
    ),
    ...each(['SubmitDynamicImageJob', 'SubmitPreprocessJobs', 'SubmitSnapshotJob', 'SubmitTranscodeJobs', 'RefreshUploadVideo'], none),
    GetVideoInfos: { VideoIds: 'none' },
    DeleteVideo: { VideoIds: 'none' },
    DeleteMultipartUpload: { MediaId: 'none' },
  }),
  ...refusedWith('VideoListExceededMax', { GetVideoList: { PageNo: '501' } }),
  ...refusedWith('NoSuchResource', {
    GetImageInfo: { ImageId: 'none' },
    GetTranscodeTask: { TranscodeTaskId: 'none' },
    GetWatermark: { WatermarkId: 'none' },
    DeleteWatermark: { WatermarkId: 'none' },
    SetDefaultWatermark: { WatermarkId: 'none' },
    AddWatermark: {
      Type: 'Image',
      WatermarkConfig: '{"Width":"55","Height":"55","Dx":"8","Dy":"9","ReferPos":"BottomLeft","Type":"Image"}',
      FileUrl: 'https://none.oss-cn-shanghai.aliyuncs.com/none.png',
    },
    SubmitDynamicImageJob: { DynamicImageTemplateId: 'none' },
    SubmitSnapshotJob: { SnapshotTemplateId: 'none' },
    SubmitTranscodeJobs: { TemplateGroupId: 'none' },
  }),
  ...refusedWith('Forbidden.IllegalStatus', each(['GetPlayInfo', 'GetVideoPlayAuth', 'ListSnapshots']), blocked),
  ...refusedWith(
    'Forbidden.IllegalStatus',
    each(['SubmitDynamicImageJob', 'SubmitPreprocessJobs', 'SubmitSnapshotJob', 'SubmitTranscodeJobs']),
    blocked,
  ),
  ...refusedWith('InvalidStream.NotFound', { DeleteStream: { JobIds: 'none' } }),
  ...refusedWith('DeleteStreamFailed', { DeleteStream: {} }, storagesGone),
  ...refusedWith('DeleteVideoFailed', { DeleteVideo: {} }, storagesGone),
  ...refusedWith('SortByExceededMax', { SearchMedia: { SortBy: 'CreationTime:Desc,ModificationTime:Desc', ScrollToken: 'a'.repeat(32) } }),
  ...refusedWith('ErrorMatchSyntax', { SearchMedia: { Match: 'Title in' } }),
]

const uploads: Situation[] = [
  ...refusedWith('InvalidFileName.Extension', { CreateUploadVideo: { FileName: 'film.exe' } }),
  ...refusedWith('IllegalCharacters', { CreateUploadVideo: { Title: '🎬 film' } }),
  ...refusedWith('InvalidTemplateGroupId.NotFound', { CreateUploadVideo: { TemplateGroupId: 'none' } }),
  ...refusedWith('InvalidStorage.NotFound', { CreateUploadVideo: { StorageLocation: 'none.oss-cn-shanghai.aliyuncs.com' } }),
  ...refusedWith('AddVideoFailed', { CreateUploadVideo: {} }, async ({ account }) => {
    account.settings.change({ vod: { maxMedia: 0 } })
  }),
  ...refusedWith('InvalidStorage.NotFound', { DeleteMultipartUpload: {} }, storagesGone),
]

const reviews: Situation[] = [
  ...refusedWith('SecurityIp.NotFound', { ListAuditSecurityIp: { SecurityGroupName: 'nobody' } }),
  ...refusedWith(
    'SecurityIpGroupExceededMax',
    { SetAuditSecurityIp: { Ips: '10.9.9.9', SecurityGroupName: 'eleventh', OperateMode: undefined } },
    async ({ call }) => {
      for (let group = 0; group < 10; group++)
        await call('SetAuditSecurityIp', { Ips: `10.0.0.${group}`, SecurityGroupName: `group ${group}` }).catch(() => undefined)
    },
  ),
]

/** Situations of media. */
export const mediaSituations: readonly Situation[] = [...groups, ...assets, ...uploads, ...reviews]
