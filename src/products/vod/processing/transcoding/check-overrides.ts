/** What a call may have otherwise than its templates (VOD manual 17.3, "OverrideParams"): what it names must be there. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'
import { fileAt } from '../../shared/addresses/addresses.js'
import { objectOf } from '../../shared/media/files.js'
import type { Video } from '../../shared/media/video.js'
import { storagesOf } from '../../shared/storage/storages.js'
import { overridden } from '../../shared/streams/overrides.js'
import type { OverrideParams } from '../../shared/templates/job-params.js'
import type { Template, TemplateGroup } from '../../shared/templates/template-group.js'
import { problemOfTemplate } from '../../shared/templates/template-rules.js'
import { noSuchResource } from './source.js'

type Fail = (code: 'NoSuchResource' | 'InvalidParameter', refusal: Refusal) => never

const PARAM = 'OverrideParams'

/** Refuses what names something that does not exist, or a file that is not where it must be, and settings that do not go together. */
export function checkOverrides(
  account: Account,
  video: Video,
  { templates }: Pick<TemplateGroup, 'templates'>,
  overrides: OverrideParams,
  fail: Fail,
): void {
  const { Watermarks = [], SubtitleSetting, PackageSubtitleSetting, TranscodeTemplateList = [] } = overrides
  // With these types, the compiler knows that nothing follows.
  const invalid: (path: string, problem: string) => never = (path, problem) =>
    fail('InvalidParameter', { param: PARAM, reason: `at ${path}: ${problem}` })
  const missing: (path: string, resource: string, problem: string) => never = (path, resource, problem) =>
    fail('NoSuchResource', noSuchResource(resource, PARAM, `at ${path}: ${problem}`))
  /** The file must be in a bucket, and be there. */
  const checkFile = (path: string, url: string, bucket: string, whose: string): void => {
    // The emulator's own address may be one of https.
    const isHttp = url.startsWith('http:') || account.cloud.addresses.isHere(new URL(url))
    const file = isHttp ? fileAt(account, new URL(url)) : undefined
    if (file?.bucket !== bucket) invalid(path, `is not the http address of a file in ${whose}, ${bucket}`)
    if (objectOf(account, file) === undefined) missing(path, file.key, 'is the address of a file that is not there')
  }

  for (const [index, { WatermarkId, FileUrl, Content }] of Watermarks.entries()) {
    const path = `Watermarks.${index}`
    const watermark = account.vod.watermarks.get(WatermarkId)
    if (watermark === undefined) missing(`${path}.WatermarkId`, WatermarkId, 'is not the id of a watermark of this account')
    if (watermark.type === 'Text') {
      if (Content === undefined) invalid(`${path}.Content`, 'is missing, and the watermark is a text')
    } else if (FileUrl === undefined) invalid(`${path}.FileUrl`, 'is missing, and the watermark is an image')
    else checkFile(`${path}.FileUrl`, FileUrl, video.file.bucket, "the video's storage")
  }
  for (const [index, { SubtitleUrl }] of (SubtitleSetting?.SubtitleList ?? []).entries())
    checkFile(`SubtitleSetting.SubtitleList.${index}.SubtitleUrl`, SubtitleUrl, video.file.bucket, "the video's storage")
  for (const [index, { SubtitlePackageTemplateId, SubtitleUrl }] of (PackageSubtitleSetting?.PackageSubtitleList ?? []).entries()) {
    const path = `PackageSubtitleSetting.PackageSubtitleList.${index}`
    if (!templates.some((each) => each.Type === 'SubtitlePackage' && each.TranscodeTemplateId === SubtitlePackageTemplateId))
      missing(
        `${path}.SubtitlePackageTemplateId`,
        SubtitlePackageTemplateId,
        'is not the id of a template of the group that packages subtitles',
      )
    checkFile(`${path}.SubtitleUrl`, SubtitleUrl, storagesOf(account)[0].bucket, 'the bucket that came with the service')
  }
  for (const [index, { TranscodeTemplateId }] of TranscodeTemplateList.entries()) {
    const path = `TranscodeTemplateList.${index}.TranscodeTemplateId`
    if (TranscodeTemplateId === undefined) invalid(path, 'is missing')
    const template = templates.find((each) => each.TranscodeTemplateId === TranscodeTemplateId)
    if (template === undefined) missing(path, TranscodeTemplateId, 'is not the id of a template of the group')
    const problem = newProblemOf(template, overrides)
    if (problem !== undefined) fail('InvalidParameter', { param: PARAM, reason: `at TranscodeTemplateList.${index}.${problem}` })
  }
}

/** What does not go together in a template as a call has it, unless it did not before. */
const newProblemOf = (template: Template, overrides: OverrideParams): string | undefined =>
  problemOfTemplate(template) === undefined ? problemOfTemplate(overridden(template, overrides)) : undefined
