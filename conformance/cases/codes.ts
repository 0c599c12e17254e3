/**
 * Which code the manuals have for which mistake in a parameter: a table per service, and the parameters whose Action has a row of its own. Written down
 * from the error tables, apart from the definitions.
 */

/** The ways in which a parameter is wrong. */
export type Mistake = 'missing' | 'emptyUrl' | 'malformed' | 'format' | 'value' | 'length' | 'url'

/** The codes of a service for mistakes in parameters. */
export type CodesOfMistakes = Readonly<Record<Exclude<Mistake, 'emptyUrl'>, string>> & { readonly emptyUrl?: string }

const everywhere = (code: string): CodesOfMistakes => ({
  missing: code,
  malformed: code,
  format: code,
  value: code,
  length: code,
  url: code,
})

const video: CodesOfMistakes = {
  missing: 'MissingParameter',
  malformed: 'InvalidParameter.BadRequest',
  format: 'InvalidParameter.Format',
  value: 'InvalidParameter',
  length: 'InvalidParameter',
  url: 'InvalidFile.URL',
}

const ofServices: Readonly<Record<string, CodesOfMistakes>> = {
  videoseg: video,
  videorecog: video,
  videoenhan: video,
  // The manual counts an empty text among the contents that are not valid.
  imageenhan: { ...everywhere('ParameterError'), url: 'InvalidImage.URL', emptyUrl: 'InvalidImage.Content' },
  vod: { ...everywhere('InvalidParameter'), missing: 'MissingParameter' },
}

const wherever = (code: string) => ({ malformed: code, format: code, value: code, length: code })
const labels = { value: 'IllegalCharacters', length: 'LengthExceededMax' }
const tags = { value: 'TagsExceededMax', length: 'LengthExceededMax', format: 'IllegalCharacters' }
const times = (prefix: string, suffix: string) => ({
  StartTime: { format: `${prefix}StartTime${suffix}` },
  EndTime: { format: `${prefix}EndTime${suffix}` },
})
const uploaded = { Title: labels, Description: labels, Tags: tags }

type Rows = Readonly<Record<string, Partial<CodesOfMistakes>>>

const ofActions: Readonly<Record<string, Rows>> = {
  'imageenhan.ImageBlindCharacterWatermark': { Text: { length: 'InvalidParameter.TooLarge' } },
  'vod.AddVodDomain': {
    DomainName: wherever('InvalidDomainName.Malformed'),
    Sources: wherever('InvalidSources.Malformed'),
    Scope: { value: 'InvalidScope.Malformed', malformed: 'InvalidScope.Malformed' },
  },
  'vod.BatchSetVodDomainConfigs': { Functions: wherever('InvalidFunctions.Malformed') },
  'vod.CreateUploadAttachedMedia': uploaded,
  'vod.CreateUploadImage': uploaded,
  'vod.CreateUploadVideo': { ...uploaded, FileName: { value: 'InvalidFileName.Extension' } },
  'vod.DeleteStream': { JobIds: { length: 'JobIdsExceededMax', value: 'JobIdsExceededMax' } },
  'vod.DeleteVideo': { VideoIds: { length: 'VideoIdsExceededMax', value: 'VideoIdsExceededMax' } },
  // The manual's own spelling.
  'vod.DeleteVodDomain': { DomainName: wherever('InvaildParameter') },
  'vod.DescribePlayTopVideos': { BizDate: { format: 'InvalidBizDate.Malformed' } },
  'vod.DescribePlayUserAvg': times('Invalid', '.Malformed'),
  'vod.DescribePlayUserTotal': times('Invalid', '.Malformed'),
  'vod.DescribePlayVideoStatis': times('Invalid', '.Malformed'),
  'vod.DescribeVodAIData': { ...times('InvalidParameter', ''), Region: { value: 'InvalidParameterRegion' } },
  'vod.DescribeVodDomainBpsData': times('Invalid', '.Malformed'),
  'vod.DescribeVodDomainLog': times('Invalid', '.Malformed'),
  'vod.DescribeVodDomainTrafficData': times('Invalid', '.Malformed'),
  'vod.DescribeVodDomainUsageData': {
    ...times('InvalidParameter', ''),
    Area: { value: 'InvalidParameterArea' },
    Field: { value: 'InvalidParameterField' },
    Interval: { value: 'InvalidParameterInterval' },
  },
  'vod.DescribeVodRefreshTasks': { TaskId: { value: 'InvalidTaskId.Malformed' } },
  'vod.DescribeVodStorageData': { ...times('InvalidParameter', ''), Region: { value: 'InvalidParameterRegion' } },
  'vod.DescribeVodTranscodeData': { ...times('InvalidParameter', ''), Region: { value: 'InvalidParameterRegion' } },
  'vod.DescribeVodUserDomains': {
    PageSize: wherever('InvalidPageSize.ValueNotSupported'),
    PageNumber: wherever('InvalidPageNumber.ValueNotSupported'),
    DomainName: wherever('InvalidDomainName.Malformed'),
    DomainStatus: wherever('InvalidDomainStatus.ValueNotSupported'),
    DomainSearchType: wherever('InvalidDomainSearchType.ValueNotSupported'),
  },
  'vod.GetAttachedMediaInfo': { MediaIds: { length: 'ExceededMax', value: 'ExceededMax' } },
  'vod.GetUploadDetails': { MediaIds: { length: 'LimitExceeded.MediaIds', value: 'LimitExceeded.MediaIds' } },
  'vod.GetVideoPlayAuth': { VideoId: { missing: 'MissingVideoId' } },
  'vod.PreloadVodObjectCaches': { ObjectPath: { value: 'InvalidObjectPath.Size.Malformed', malformed: 'InvalidObjectPath.Malformed' } },
  'vod.RefreshVodObjectCaches': {
    ObjectPath: { value: 'InvalidObjectPath.Malformed', malformed: 'InvalidObjectPath.Malformed' },
    ObjectType: { value: 'InvalidObjectType.ValueNotSupported' },
  },
  'vod.SetAuditSecurityIp': { Ips: { missing: 'IpsIsEmpty', length: 'IpsExceededMax', value: 'IpsExceededMax' } },
  'vod.SetVodDomainCertificate': {
    CertName: { length: 'InvalidCertName.TooLong' },
    SSLProtocol: { value: 'InvalidSSLProtocol.ValueNotSupported' },
    SSLPub: { length: 'InvalidCertificate.TooLong' },
    SSLPri: { length: 'InvalidSSLPri' },
  },
  'vod.UpdateVodDomain': { DomainName: wherever('InvalidDomainName.Malformed'), Sources: wherever('InvalidSource.Content.Malformed') },
  'vod.UploadMediaByURL': { UploadURLs: { value: 'InvalidParameter.UploadURLs', url: 'InvalidParameter.UploadURLs' } },
}

/** The code for a mistake in a parameter of an Action, by the parameter's name before any number. Throws a `RangeError` for a service without a table. */
export function codeOf(action: string, param: string, mistake: Mistake): string {
  const service = action.split('.', 1)[0] ?? ''
  const codes = ofServices[service]
  if (codes === undefined) throw new RangeError(`no codes are written down for ${service}`)
  const rows = { ...codes, ...ofActions[action]?.[param.split('.', 1)[0] ?? ''] }
  return rows[mistake] ?? rows.missing
}

/** Every code that the tables have for an Action. */
export const codesOfAction = (action: string): string[] => Object.values(ofActions[action] ?? {}).flatMap((rows) => Object.values(rows))
