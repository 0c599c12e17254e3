/** What is stored is read back: an Action that stores, what it is given, and the Action that shows it. */

import { content, type Echo, of, type Params, shownAt, TEXT } from './echo-case.js'
import { mediaEchoes } from './echo-media.js'

const NAME = 'echo1'
const URL = 'http://example.com/echo.png?a=1&b=2'

const labels = (root: string) => ({
  Title: [TEXT, `${root}.Title`] as const,
  Description: [`${TEXT}。`, `${root}.Description`] as const,
  Tags: ['one,二', `${root}.Tags`] as const,
})

const project = { Title: [TEXT, 'Project.Title'], Description: [TEXT, 'Project.Description'], CoverURL: [URL, 'Project.CoverURL'] } as const
const app = { AppName: [NAME, 'AppInfoList.0.AppName'], Description: [TEXT, 'AppInfoList.0.Description'] } as const

/** Round trips of texts. */
const basic: readonly Echo[] = [
  of('AddCategory', 'GetCategories', { CateName: [TEXT, 'Category.CateName'] }, ({ Category }) => ({ CateId: String(Category.CateId) })),
  of('UpdateCategory', 'GetCategories', { CateName: [TEXT, 'Category.CateName'] }, (_answer, { CateId = '' }) => ({ CateId })),
  of('CreateUploadVideo', 'GetVideoInfo', { ...labels('Video'), CoverURL: [URL, 'Video.CoverURL'] }, ({ VideoId }) => ({ VideoId })),
  of('UpdateVideoInfo', 'GetVideoInfo', { ...labels('Video'), CoverURL: [URL, 'Video.CoverURL'] }, (_answer, { VideoId = '' }) => ({
    VideoId,
  })),
  of('CreateUploadImage', 'GetImageInfo', labels('ImageInfo'), ({ ImageId }) => ({ ImageId })),
  of('AddAITemplate', 'GetAITemplate', { TemplateName: [TEXT, 'TemplateInfo.TemplateName'] }, ({ TemplateId }) => ({ TemplateId })),
  of('UpdateAITemplate', 'GetAITemplate', { TemplateName: [TEXT, 'TemplateInfo.TemplateName'] }, (_answer, { TemplateId = '' }) => ({
    TemplateId,
  })),
  of('AddVodTemplate', 'GetVodTemplate', { Name: [TEXT, 'VodTemplateInfo.Name'] }, ({ VodTemplateId }) => ({ VodTemplateId })),
  of('UpdateVodTemplate', 'GetVodTemplate', { Name: [TEXT, 'VodTemplateInfo.Name'] }, (_answer, { VodTemplateId = '' }) => ({
    VodTemplateId,
  })),
  of('AddWatermark', 'GetWatermark', { Name: [NAME, 'WatermarkInfo.Name'] }, ({ WatermarkInfo }) => ({
    WatermarkId: WatermarkInfo.WatermarkId,
  })),
  of('UpdateWatermark', 'GetWatermark', { Name: [NAME, 'WatermarkInfo.Name'] }, (_answer, { WatermarkId = '' }) => ({ WatermarkId })),
  of(
    'UpdateTranscodeTemplateGroup',
    'GetTranscodeTemplateGroup',
    { Name: [TEXT, 'TranscodeTemplateGroup.Name'] },
    (_answer, { TranscodeTemplateGroupId = '' }) => ({ TranscodeTemplateGroupId }),
  ),
  of('AddEditingProject', 'GetEditingProject', project, ({ Project }) => ({ ProjectId: Project.ProjectId })),
  of('UpdateEditingProject', 'GetEditingProject', project, (_answer, { ProjectId = '' }) => ({ ProjectId })),
  of('CreateAppInfo', 'GetAppInfos', app, ({ AppId }) => ({ AppIds: AppId })),
  of('UpdateAppInfo', 'GetAppInfos', app, (_answer, { AppId = '' }) => ({ AppIds: AppId })),
  of(
    'SetMessageCallback',
    'GetMessageCallback',
    { CallbackURL: [URL, 'MessageCallback.CallbackURL'], AuthKey: ['echoAUTH1', 'MessageCallback.AuthKey'] },
    () => ({}),
  ),
  of('AddVodDomain', 'DescribeVodDomainDetail', { DomainName: ['echo.example.com', 'DomainDetail.DomainName'] }, () => ({
    DomainName: 'echo.example.com',
  })),
  of('UploadMediaByURL', 'GetURLUploadInfos', { UserData: ['{"Extend":"echo"}', 'URLUploadInfoList.0.UserData'] }, ({ UploadJobs }) => ({
    JobIds: UploadJobs[0].JobId,
  })),
]

const contentOf = (id: string, value: string): Params => ({ UpdateContent: JSON.stringify([{ [id]: value, ...content }]) })
/** The member of the first element of a list in a parameter. */
const firstIn = (json: string | undefined, member: string): string => JSON.parse(json ?? '[]')[0]?.[member] ?? ''

const template = {
  TemplateName: TEXT,
  Definition: 'SD',
  Container: { Format: 'mp4' },
  Video: { Codec: 'H.264', Bitrate: '400' },
  Audio: { Codec: 'AAC', Bitrate: '64' },
}
const headers = [{ functionName: 'set_req_host_header', functionArgs: [{ argName: 'domain_name', argValue: 'echo.example.com' }] }]

/** Round trips of what is within JSON, of ids, and of what Actions of several things store. */
const further: readonly Echo[] = [
  of(
    'AddTranscodeTemplateGroup',
    'GetTranscodeTemplateGroup',
    { Name: [TEXT, 'TranscodeTemplateGroup.Name'] },
    ({ TranscodeTemplateGroupId }) => ({ TranscodeTemplateGroupId }),
    {
      sends: () => ({ TranscodeTemplateList: JSON.stringify([template]) }),
      shows: () => ({
        'TranscodeTemplateGroup.TranscodeTemplateList.0.TemplateName': TEXT,
        'TranscodeTemplateGroup.TranscodeTemplateList.0.Video.Bitrate': '400',
        'TranscodeTemplateGroup.TranscodeTemplateList.0.Audio.Codec': 'AAC',
      }),
    },
  ),
  of('UpdateVideoInfos', 'GetVideoInfo', {}, (_answer, { UpdateContent }) => ({ VideoId: firstIn(UpdateContent, 'VideoId') }), {
    sends: async ({ call }) => contentOf('VideoId', (await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).VideoId),
    shows: shownAt('Video'),
  }),
  of('UpdateImageInfos', 'GetImageInfo', {}, (_answer, { UpdateContent }) => ({ ImageId: firstIn(UpdateContent, 'ImageId') }), {
    sends: async ({ call }) => contentOf('ImageId', (await call('CreateUploadImage', { ImageType: 'default' })).ImageId),
    shows: shownAt('ImageInfo'),
  }),
  of(
    'UpdateAttachedMediaInfos',
    'GetAttachedMediaInfo',
    {},
    (_answer, { UpdateContent }) => ({ MediaIds: firstIn(UpdateContent, 'MediaId') }),
    {
      sends: async ({ call }) =>
        contentOf('MediaId', (await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png' })).MediaId),
      shows: shownAt('AttachedMediaList.0'),
    },
  ),
  of('CreateUploadAttachedMedia', 'GetAttachedMediaInfo', labels('AttachedMediaList.0'), ({ MediaId }) => ({ MediaIds: MediaId })),
  of(
    'SetAuditSecurityIp',
    'ListAuditSecurityIp',
    { SecurityGroupName: [NAME, 'SecurityIpList.0.SecurityGroupName'], Ips: ['10.1.2.3', 'SecurityIpList.0.Ips'] },
    () => ({}),
  ),
  of('SetDefaultAITemplate', 'GetDefaultAITemplate', {}, () => ({ TemplateType: 'AIMediaAudit' }), {
    shows: ({ TemplateId = '' }) => ({ 'TemplateInfo.TemplateId': TemplateId }),
  }),
  of(
    'SetDefaultTranscodeTemplateGroup',
    'GetTranscodeTemplateGroup',
    {},
    (_answer, { TranscodeTemplateGroupId = '' }) => ({ TranscodeTemplateGroupId }),
    { shows: () => ({ 'TranscodeTemplateGroup.IsDefault': 'Default' }) },
  ),
  of('SetDefaultWatermark', 'GetWatermark', {}, (_answer, { WatermarkId = '' }) => ({ WatermarkId }), {
    shows: () => ({ 'WatermarkInfo.IsDefault': 'Default' }),
  }),
  of('SetEditingProjectMaterials', 'GetEditingProjectMaterials', {}, (_answer, { ProjectId = '' }) => ({ ProjectId }), {
    // Another video than that of which the project is made.
    sends: async ({ call, advance }) => {
      const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: 'http://example.com/echo.mp4' })).UploadJobs
      await advance('10m')
      return { MaterialIds: (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0].MediaId }
    },
    shows: ({ MaterialIds = '' }) => ({ 'MaterialList.Material.0.MaterialId': MaterialIds }),
  }),
  of('UpdateVodDomain', 'DescribeVodDomainDetail', {}, (_answer, { DomainName = '' }) => ({ DomainName }), {
    sends: () => ({ Sources: '[{"type":"domain","content":"origin.example.com","port":8080,"priority":"30"}]' }),
    shows: () => ({
      'DomainDetail.Sources.Source.0.Content': 'origin.example.com',
      'DomainDetail.Sources.Source.0.Type': 'domain',
      'DomainDetail.Sources.Source.0.Priority': '30',
    }),
  }),
  of('AddVodDomain', 'DescribeVodDomainDetail', { Scope: ['overseas', 'DomainDetail.Scope'] }, (_answer, { DomainName = '' }) => ({
    DomainName,
  })),
  of('CreateAudit', 'GetAuditHistory', {}, (_answer, { AuditContent }) => ({ VideoId: firstIn(AuditContent, 'VideoId') }), {
    sends: ({ params: { AuditContent } }) => ({
      AuditContent: JSON.stringify([{ VideoId: firstIn(AuditContent, 'VideoId'), Status: 'Blocked', Reason: TEXT, Comment: `${TEXT}。` }]),
    }),
    shows: () => ({ 'Histories.0.Status': 'Blocked', 'Histories.0.Reason': TEXT, 'Histories.0.Comment': `${TEXT}。` }),
  }),
  of(
    'BatchSetVodDomainConfigs',
    'DescribeVodDomainConfigs',
    {},
    (_answer, { DomainNames = '' }) => ({ DomainName: DomainNames, FunctionNames: 'set_req_host_header' }),
    {
      sends: () => ({ Functions: JSON.stringify(headers) }),
      shows: () => ({ 'DomainConfigs.DomainConfig.0.FunctionArgs.FunctionArg.0.ArgValue': 'echo.example.com' }),
    },
  ),
  of('MoveAppResource', 'GetVideoInfo', {}, (_answer, { ResourceIds = '' }) => ({ VideoId: ResourceIds }), {
    shows: ({ TargetAppId = '' }) => ({ 'Video.AppId': TargetAppId }),
  }),
  of(
    'AttachAppPolicyToIdentity',
    'ListAppPoliciesForIdentity',
    { PolicyNames: ['VODAppFullAccess', 'AppPolicyList.0.PolicyName'] },
    (_answer, { AppId = '', IdentityName = '', IdentityType = '' }) => ({ AppId, IdentityName, IdentityType }),
  ),
  of('ProduceEditingProjectVideo', 'GetVideoInfo', {}, ({ MediaId }) => ({ VideoId: MediaId }), {
    sends: () => ({ MediaMetadata: JSON.stringify(content) }),
    shows: shownAt('Video'),
  }),
  of(
    'SubmitTranscodeJobs',
    'GetTranscodeTask',
    { Priority: ['9', 'TranscodeTask.TranscodeJobInfoList.0.Priority'] },
    ({ TranscodeTaskId }) => ({ TranscodeTaskId }),
  ),
  of(
    'SubmitAIImageJob',
    'GetAIImageJobs',
    { UserData: ['{"Extend":{"localId":"echo"}}', 'AIImageJobList.0.UserData'] },
    ({ JobId }) => ({ JobIds: JobId }),
    { shows: ({ AITemplateId = '' }) => ({ 'AIImageJobList.0.TemplateId': AITemplateId }) },
  ),
  of(
    'SubmitAIJob',
    'ListAIJob',
    { Types: ['AIVideoTag', 'AIJobList.AIJob.0.Type'] },
    ({ AIJobList }) => ({ JobIds: AIJobList.AIJob[0].JobId }),
    {
      shows: ({ MediaId = '' }) => ({ 'AIJobList.AIJob.0.MediaId': MediaId }),
    },
  ),
  ...['RefreshVodObjectCaches', 'PreloadVodObjectCaches'].map((action) =>
    of(action, 'DescribeVodRefreshTasks', { ObjectPath: ['http://example.com/echo.mp4', 'Tasks.Task.0.ObjectPath'] }, () => ({})),
  ),
]

/** All round trips. */
export const echoes: readonly Echo[] = [...basic, ...further, ...mediaEchoes]
