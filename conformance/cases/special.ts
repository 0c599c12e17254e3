/** What single cases need beyond the call that succeeds, by `<service>.<Action>.<title of the case>` or by `<service>.<Action>.<parameter>`. */

import type { Changes, Refused } from './case.js'

type Outcome = Pick<Refused, 'code' | 'names'>

const PICTURE = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/conformance/picture.jpg'

/** Where another parameter has to go with a value. */
export const besides: Readonly<Record<string, Changes>> = {
  'imageenhan.ImageBlindCharacterWatermark.FunctionType of decode_text': { Text: undefined },
  'imageenhan.ImageBlindCharacterWatermark.FunctionType of decode_text_plus': {
    Text: undefined,
    OriginImageURL: undefined,
    WatermarkImageURL: PICTURE,
  },
  'imageenhan.ImageBlindCharacterWatermark.FunctionType of decode_text_bold': {
    Text: undefined,
    OriginImageURL: undefined,
    WatermarkImageURL: PICTURE,
  },
  'imageenhan.ImageBlindPicWatermark.FunctionType of decode_pic': { LogoURL: undefined },
  'imageenhan.ImageBlindPicWatermark.FunctionType of decode_pic_plus': {
    LogoURL: undefined,
    OriginImageURL: undefined,
    WatermarkImageURL: PICTURE,
  },
  'imageenhan.ImageBlindPicWatermark.FunctionType of decode_pic_bold': {
    LogoURL: undefined,
    OriginImageURL: undefined,
    WatermarkImageURL: PICTURE,
  },
  'imageenhan.RecolorImage.Mode of TEMPLATE': { 'ColorTemplate.1.Color': '056A6B', ColorCount: undefined },
  'imageenhan.RecolorImage.Mode of REF_PIC': { RefUrl: PICTURE, ColorCount: undefined },
  'vod.AddAITemplate.TemplateType of AIImage': { TemplateConfig: '{"Format":"gif","SetDefaultCover":"true"}' },
  'vod.AddVodTemplate.TemplateType of DynamicImage': {
    TemplateConfig:
      '{"Video":{"Width":"640","Height":"360","Fps":"8"},"Container":{"Format":"gif"},"Clip":{"TimeSpan":{"Seek":"1","Duration":"5"}}}',
  },
  'vod.AddWatermark.Type of Image': {
    WatermarkConfig: '{"Width":"55","Height":"55","Dx":"8","Dy":"9","ReferPos":"BottomLeft","Type":"Image"}',
    FileUrl: 'https://watermarks.oss-cn-shanghai.aliyuncs.com/watermark.png',
  },
  'vod.CreateUploadAttachedMedia.BusinessType of subtitle': { MediaExt: 'srt', FileName: undefined },
  'vod.DescribeVodRefreshTasks.Status of Complete': { ObjectType: 'file' },
  'vod.DescribeVodRefreshTasks.Status of Refreshing': { ObjectType: 'file' },
  'vod.DescribeVodRefreshTasks.Status of Failed': { ObjectType: 'file' },
  'vod.GetCategories.Type of material': { CateId: undefined },
  'vod.RefreshVodObjectCaches.ObjectType of Directory': { ObjectPath: 'http://example.com/image/' },
  'vod.SearchMedia.SearchType of image': { Fields: undefined, Match: undefined },
  'vod.SearchMedia.SearchType of attached': { Fields: undefined, Match: undefined },
  'vod.SetMessageCallback.CallbackType of MNS': { MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/', MnsQueueName: 'media' },
}

/** No stream is as it is asked for. */
export const noStream: Outcome = { code: 'InvalidVideo.NoneStream', names: { none: 'all that is asked of the streams, together' } }
const noVideo: Outcome = { code: 'InvalidVideo.NotFound', names: { none: 'all that is asked of the videos, together' } }
const nothing: Outcome = { code: 'NoSuchResource', names: { param: 'ImageType' } }
const noSnapshots: Outcome = { code: 'NoSuchResource', names: { param: 'SnapshotType' } }

const all = (key: string, values: readonly string[], outcome: Outcome): Record<string, Outcome> =>
  Object.fromEntries(values.map((value) => [`${key} of ${value}`, outcome]))

/** Where a value is right and leads to something that the world does not have. */
export const outcomes: Readonly<Record<string, Outcome>> = {
  ...all('videoenhan.GenerateVideo.FileList.N.Type', ['audio', 'image'], { code: 'InvalidParameter', names: { param: 'FileList' } }),
  'imageenhan.RecolorHDImage.RefUrl left out': { code: 'ParameterError', names: { param: 'RefUrl' } },
  'imageenhan.RecolorHDImage.RefUrl empty': { code: 'InvalidImage.Content', names: { param: 'RefUrl' } },
  'vod.SubmitWorkflowJob.MediaId left out': { code: 'MissingParameter', names: { param: 'MediaId' } },
  'vod.SubmitWorkflowJob.MediaId empty': { code: 'MissingParameter', names: { param: 'MediaId' } },
  'vod.AddWatermark.Type of Image': { code: 'NoSuchResource', names: { param: 'FileUrl' } },
  'vod.AddCategory.Type of material': { code: 'MissingParameter', names: { param: 'ParentId' } },
  'vod.DeleteImage.DeleteImageType of ImageURL': { code: 'MissingParameter', names: { param: 'ImageURLs' } },
  'vod.DeleteImage.DeleteImageType of ImageId': { code: 'MissingParameter', names: { param: 'ImageIds' } },
  ...all('vod.DeleteImage.ImageType', ['NormalSnapshot', 'SpriteSnapshot', 'SpriteOriginSnapshot'], nothing),
  'vod.DescribeVodDomainUsageData.DomainName': { code: 'InvalidDomain.NotFound', names: { param: 'DomainName' } },
  ...all('vod.GetPlayInfo.Formats', ['mp3', 'mpd'], noStream),
  'vod.GetPlayInfo.StreamType of audio': noStream,
  ...all('vod.GetPlayInfo.Definition', ['FD', 'SD', 'HD', 'OD', '2K', '4K', 'SQ', 'HQ', 'AUTO'], noStream),
  ...all('vod.GetVideoList.Status', ['Uploading', 'UploadFail', 'UploadSucc', 'Transcoding', 'TranscodeFail', 'Blocked'], noVideo),
  ...all('vod.ListSnapshots.SnapshotType', ['NormalSnapshot', 'SpriteSnapshot', 'SpriteOriginSnapshot', 'WebVttSnapshot'], noSnapshots),
  'vod.PreloadVodObjectCaches.ObjectPath with 1000 elements': { code: 'QuotaExceeded.Refresh', names: { param: 'ObjectPath' } },
  'vod.SearchMedia.ScrollToken': { code: 'InvalidScrollToken.Expired', names: { param: 'ScrollToken' } },
  'vod.SetVodDomainCertificate.CertName': { code: 'Certificate.NotFind', names: { param: 'CertName' } },
  'vod.SetVodDomainCertificate.SSLProtocol of on': { code: 'SSLPub.MissingParameter', names: { param: 'SSLPub' } },
}

/** What stands before and after the letters of a text that has a form. */
export const fillings: Readonly<Record<string, readonly [string, string]>> = {
  'vod.SetMessageCallback.CallbackURL': ['http://example.com/', ''],
  'vod.SetMessageCallback.AuthKey': ['aA1', ''],
  'vod.SetCrossdomainContent.Content': ['<cross-domain-policy><!--', '--></cross-domain-policy>'],
}

/** An element of a list that the call which succeeds does not have. */
export const elements: Readonly<Record<string, string>> = {
  'vod.CreateUploadAttachedMedia.CateIds': '1',
}

/** What the elements of a list are called in XML, where the manual's sample does not repeat the name of the list. */
export const xmlItems: Readonly<Record<string, { list: string; item: string }>> = {
  'vod.GetURLUploadInfos': { list: 'URLUploadInfoList', item: 'UrlUploadJobInfoDTO' },
  'vod.GetUploadDetails': { list: 'UploadDetails', item: 'UploadDetail' },
}
