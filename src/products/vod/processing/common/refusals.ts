/** What the Actions that submit jobs refuse. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import type { Video, videoStatuses } from '../../shared/media/video.js'
import type { VodTemplate } from '../../shared/templates/vod-template.js'

export const processingErrors = {
  NoSuchResource: { status: 404, message: 'The specified resource %s does not exist.' },
  'Forbidden.IllegalStatus': { status: 400, message: 'Status of the video is illegal.' },
} as const satisfies ErrorTable

type Fail<Code extends keyof typeof processingErrors> = (code: Code, refusal: Refusal) => never

/** Refuses a video that is in none of these statuses. */
export function refuseStatus({ status }: Video, allowed: readonly (typeof videoStatuses)[number][], fail: Fail<'Forbidden.IllegalStatus'>): void {
  if (!allowed.includes(status))
    fail('Forbidden.IllegalStatus', { reason: `the video is ${status}, and not one of ${allowed.join(', ')}` })
}

/** Refuses what a parameter names and is not there. */
export const refuseResource = (param: string, value: string, what: string, fail: Fail<'NoSuchResource'>): never =>
  fail('NoSuchResource', {
    message: `The specified resource ${param} does not exist.`,
    param,
    reason: `is ${value}, which is not the id of ${what} of this account`,
  })

/** What the template of a type asks for, which a parameter names. */
export function templateNamed(account: Account, type: 'Snapshot', templateId: string, fail: Fail<'NoSuchResource'>): NonNullable<VodTemplate['snapshot']>
export function templateNamed(account: Account, type: 'DynamicImage', templateId: string, fail: Fail<'NoSuchResource'>): NonNullable<VodTemplate['dynamicImage']>
export function templateNamed({ vod }: Account, type: VodTemplate['templateType'], templateId: string, fail: Fail<'NoSuchResource'>) {
  const template = vod.vodTemplates.get(templateId)
  const config = type === 'Snapshot' ? template?.snapshot : template?.dynamicImage
  return config ?? refuseResource(`${type}TemplateId`, templateId, `a template of type ${type}`, fail)
}
