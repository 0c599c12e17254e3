/** Where an upload goes, and what is done with it then: looked up once for all upload Actions. */

import type { Account } from '../../../account/types.js'
import type { Refusal } from '../../../base/errors.js'
import type { Storage } from '../shared/storage/settings.js'
import { storageNamed, storagesOf, workflowOf } from '../shared/storage/storages.js'

type Fail<Code extends string> = (code: Code, refusal?: Refusal) => never

/** The storage that a call asks for, or the default one. Its bucket need not be there yet. */
export function storageOf(account: Account, location: string | undefined, fail: Fail<'InvalidStorage.NotFound'>): Storage {
  const storage = storageNamed(account, location)
  if (storage) return storage
  const known = storagesOf(account).map((each) => each.location)
  return fail('InvalidStorage.NotFound', { param: 'StorageLocation', reason: `is none of ${known.join(', ')}` })
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
  account: Account,
  { TemplateGroupId, WorkflowId }: Processing,
  fail: Fail<'InvalidTemplateGroupId.NotFound' | 'InvalidParameter'>,
): void {
  if (WorkflowId !== undefined && workflowOf(account, WorkflowId) === undefined)
    fail('InvalidParameter', {
      param: 'WorkflowId',
      reason: 'is not the id of a workflow; the setting vod.workflows holds those there are',
    })
  if (TemplateGroupId !== undefined && account.vod.templateGroups.get(TemplateGroupId) === undefined)
    fail('InvalidTemplateGroupId.NotFound', { param: 'TemplateGroupId', reason: 'is not the id of a transcoding template group' })
}
