/** Templates as a call gives them: checked one by one, with what they refer to, and together with the others of their group. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'
import { OSS_HOST } from '../../../../oss/location.js'
import { fileAt } from '../../shared/addresses/addresses.js'
import { narrowBandSettings } from '../../shared/templates/narrow-band.js'
import { problemOfGroup, problemOfTemplate } from '../../shared/templates/template-rules.js'
import { isNarrowBand, type Template, type TemplateRequest } from '../../shared/templates/transcode-template.js'
import { DEFAULT_WATERMARK, MAX_WATERMARKS_OF_TEMPLATE } from '../../shared/templates/watermarks-of.js'

type Fail<Code extends string> = (code: Code, refusal: Refusal) => never

const param = 'TranscodeTemplateList'

/** Checks what a template says that goes beyond the template: how many watermarks it has, which must be there, and where its subtitles are. */
export function checkReferences(
  account: Account,
  { WatermarkIds = [], SubtitleList = [], PackageSetting }: TemplateRequest,
  index: number,
  fail: Fail<'InvalidParameter' | 'WatermarkExceededMax'>,
): void {
  if (WatermarkIds.length > MAX_WATERMARKS_OF_TEMPLATE)
    fail('WatermarkExceededMax', {
      param,
      reason: `at ${index}.WatermarkIds: has ${WatermarkIds.length} ids, and at most ${MAX_WATERMARKS_OF_TEMPLATE} are allowed`,
    })
  const unknown = WatermarkIds.findIndex((id) => id !== DEFAULT_WATERMARK && account.vod.watermarks.get(id) === undefined)
  if (unknown >= 0) fail('InvalidParameter', { param, reason: `at ${index}.WatermarkIds.${unknown}: is not the id of a watermark` })
  const tracks = PackageSetting?.SubtitleExtractConfigList ?? []
  const subtitles: [path: string, url: string | undefined][] = [
    ...SubtitleList.map(({ SubtitleUrl }, at): [string, string] => [`SubtitleList.${at}.SubtitleUrl`, SubtitleUrl]),
    ...tracks.map(({ SubtitleUrlList: [url] }, at): [string, string | undefined] => [
      `PackageSetting.SubtitleExtractConfigList.${at}.SubtitleUrlList.0`,
      url,
    ]),
  ]
  for (const [path, url] of subtitles)
    if (url !== undefined && !isPlainOssAddress(account, new URL(url)))
      fail('InvalidParameter', { param, reason: `at ${index}.${path}: is not the http address of a file in OSS` })
}

/** OSS is asked over http; where the emulator has one address for everything, it is asked there. */
const isPlainOssAddress = (account: Account, url: URL): boolean =>
  fileAt(account, url) !== undefined && (url.protocol === 'http:' || !OSS_HOST.test(url.host))

/** A template for a group, made of what a call says. */
export function templateOf(request: TemplateRequest, TranscodeTemplateId: string, index: number, fail: Fail<'InvalidParameter'>): Template {
  const problem = problemOfTemplate(request)
  const { TemplateName, Container, Definition = 'AUTO', Video = {} } = request
  if (problem !== undefined || TemplateName === undefined || Container === undefined)
    return fail('InvalidParameter', { param, reason: `at ${index}.${problem}` })
  const template = { ...request, TranscodeTemplateId, TemplateName, Container, Definition, Video }
  return isNarrowBand(template) ? { ...template, ...narrowBandSettings(Definition) } : template
}

/** A template with changes: what a call says of it takes the place of what it said before, member by member. */
export function changedTemplate(former: Template, changes: TemplateRequest, index: number, fail: Fail<'InvalidParameter'>): Template {
  if (changes.Definition !== undefined && changes.Definition !== former.Definition)
    fail('InvalidParameter', { param, reason: `at ${index}.Definition: is ${former.Definition}, and can never be changed` })
  const builtIn = isNarrowBand(former) ? (['Video', 'Audio'] as const).find((member) => changes[member] !== undefined) : undefined
  if (builtIn !== undefined)
    fail('InvalidParameter', { param, reason: `at ${index}.${builtIn}: is built into narrow-band templates, and cannot be changed` })
  const given = Object.fromEntries(Object.entries(changes).filter(([, member]) => member !== undefined))
  return { ...former, ...templateOf({ ...former, ...given }, former.TranscodeTemplateId, index, fail) }
}

/** Refuses what would make a group of templates that do not go together. */
export function checkTogether(templates: readonly Template[], at: string, fail: Fail<'InvalidParameter'>): void {
  const problem = problemOfGroup(templates)
  if (problem !== undefined) fail('InvalidParameter', { param: at, reason: `leads to what cannot be: ${problem}` })
}
