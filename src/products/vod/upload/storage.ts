/** Where an upload goes, and what is done with it then: looked up once for all upload Actions. */

import type { Account } from '../../../account/account.js'
import type { Refusal } from '../../../base/errors.js'
import type { Storage } from '../shared/settings/settings.js'

type Fail<Code extends string> = (code: Code, refusal?: Refusal) => never

/** The storage that a call asks for, or the default one. */
export function storageOf({ vod }: Account, location: string | undefined, fail: Fail<'InvalidStorage.NotFound'>): Storage {
  const known = vod.storages.map((storage) => storage.location).join(', ')
  return vod.storage(location) ?? fail('InvalidStorage.NotFound', { param: 'StorageLocation', reason: `is none of ${known}` })
}

/** What a call asks to be done with a video. */
export interface Processing {
  TemplateGroupId?: string | undefined
  WorkflowId?: string | undefined
}

/**
 * Checks what a call asks to be done with a video. No manual has an error for a workflow that does not exist; without one the upload
 * would come to nothing, and nobody would know why.
 */
export function checkProcessing(
  { vod }: Account,
  { TemplateGroupId, WorkflowId }: Processing,
  fail: Fail<'InvalidTemplateGroupId.NotFound' | 'InvalidParameter'>,
): void {
  if (WorkflowId !== undefined && vod.workflow(WorkflowId) === undefined)
    fail('InvalidParameter', {
      param: 'WorkflowId',
      reason: 'is not the id of a workflow; the setting vod.workflows holds those there are',
    })
  if (TemplateGroupId !== undefined && vod.templateGroups.get(TemplateGroupId) === undefined)
    fail('InvalidTemplateGroupId.NotFound', { param: 'TemplateGroupId', reason: 'is not the id of a transcoding template group' })
}
