/** Template groups of a call, and why some cannot be changed. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { storageNamed } from '../../shared/storage/storages.js'
import { builtInGroupId } from '../../shared/templates/built-in.js'
import { NO_TRANSCODE, type TemplateGroup } from '../../shared/templates/template-group.js'

/** Groups that an account can create. */
export const MAX_GROUPS = 20

/** Templates of one group. */
export const MAX_TEMPLATES = 20

export const groupErrors = {
  'InvalidTranscodeTemplateGroup.NotFound': { status: 404, message: 'The transcode template group does not exist.' },
} as const satisfies ErrorTable

export const changeErrors = {
  'InvalidStorage.NotFound': { status: 404, message: 'The storage info dose not exist.' },
  'Forbidden.LockedTemplateGroup': { status: 403, message: 'The transcode template group has been locked.' },
} as const satisfies ErrorTable

type Fail<Code extends string> = (code: Code, refusal: Refusal) => never

const param = 'TranscodeTemplateGroupId'

/** The group of an id. */
export const groupNamed = ({ vod }: Account, id: string, fail: Fail<'InvalidTranscodeTemplateGroup.NotFound'>): TemplateGroup =>
  vod.templateGroups.get(id) ?? fail('InvalidTranscodeTemplateGroup.NotFound', { param, reason: 'is not the id of a template group' })

/** Refuses changes of a group that the service has locked. */
export function checkUnlocked({ locked }: TemplateGroup, fail: Fail<'Forbidden.LockedTemplateGroup'>): void {
  if (locked) fail('Forbidden.LockedTemplateGroup', { param, reason: 'is the id of a group that is locked; no call can unlock it' })
}

/** Refuses changes of the group that every account needs; only for adding templates to it does the manual have a code. */
export function checkOrdinary({ templateGroupId }: TemplateGroup, fail: Fail<'Forbidden'>): void {
  if (templateGroupId === NO_TRANSCODE) fail('Forbidden', { param, reason: `is ${NO_TRANSCODE}, which is the service's own` })
}

/** Refuses to set up transcoding where there is nothing to store what it makes in. */
export function checkStorage(account: Account, fail: Fail<'InvalidStorage.NotFound'>): void {
  if (storageNamed(account, undefined) === undefined)
    fail('InvalidStorage.NotFound', { reason: 'the account has no storage: somebody else has the bucket that comes with the service' })
}

/** How many groups the account has created; those that every account begins with do not count. */
export function createdGroups(account: Account): number {
  const { templateGroups } = account.vod
  const builtIn = [NO_TRANSCODE, builtInGroupId(account)].filter((id) => templateGroups.get(id) !== undefined)
  return templateGroups.count - builtIn.length
}
