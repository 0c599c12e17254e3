/** What is stored is read back: an Action that stores, what it is given, and the Action that shows it. */

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Answer = any

type Params = Readonly<Record<string, string>>

/** A round trip. */
export interface Echo {
  /** `<service>.<Action>` that stores. */
  action: string
  /** What it is given beyond the parameters with which it succeeds, each shown later at a path of the answer. */
  sent: Readonly<Record<string, readonly [value: string, path: string]>>
  /** Action that shows it. */
  shown: string
  /** Parameters of that, from the answer to the first and what it was given. */
  by: (answer: Answer, params: Params) => Params
}

/** A text with what gets lost where somebody does not escape it. */
const TEXT = '回声 <a> & "b"'
const NAME = 'echo1'
const URL = 'http://example.com/echo.png?a=1&b=2'

const labels = (root: string) => ({
  Title: [TEXT, `${root}.Title`] as const,
  Description: [`${TEXT}。`, `${root}.Description`] as const,
  Tags: ['one,二', `${root}.Tags`] as const,
})

const of = (action: string, shown: string, sent: Echo['sent'], by: Echo['by']): Echo => ({
  action: `vod.${action}`,
  shown: `vod.${shown}`,
  sent,
  by,
})

const project = { Title: [TEXT, 'Project.Title'], Description: [TEXT, 'Project.Description'], CoverURL: [URL, 'Project.CoverURL'] } as const
const app = { AppName: [NAME, 'AppInfoList.0.AppName'], Description: [TEXT, 'AppInfoList.0.Description'] } as const

export const echoes: readonly Echo[] = [
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
