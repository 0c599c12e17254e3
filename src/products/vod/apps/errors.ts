/** Errors of several Actions of this chapter (manual 15), and what leads to them. */

import type { Account } from '../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../base/errors.js'
import type { AccessKey } from '../../../identity/access-key.js'
import { isAdministrator } from '../shared/apps/access.js'
import { type App, DEFAULT_APP_ID, hasApps } from '../shared/apps/app.js'

/** Of every Action of the chapter. */
export const notOpen = {
  'OperationDenied.NotOpenAppService': { status: 403, message: 'The app service is not open.' },
} as const satisfies ErrorTable

/** Of those that manage apps and grants. */
export const operateErrors = {
  ...notOpen,
  'Forbidden.OperateApp': { status: 403, message: 'User not authorized to operate app.' },
} as const satisfies ErrorTable

/** Refuses everything of an account without the multi-app service. */
export function checkOpen(account: Account, fail: (code: 'OperationDenied.NotOpenAppService', refusal: Refusal) => never): void {
  if (!hasApps(account))
    fail('OperationDenied.NotOpenAppService', { reason: 'the setting vod.multiApp says that the account has no multi-app service' })
}

/** Refuses who is no administrator. */
export function checkAdministrator(
  account: Account,
  key: AccessKey,
  fail: (code: 'OperationDenied.NotOpenAppService' | 'Forbidden.OperateApp', refusal: Refusal) => never,
): void {
  checkOpen(account, fail)
  if (!isAdministrator(account, key))
    fail('Forbidden.OperateApp', {
      reason: `${key.identity.arn} does not have VODAppAdministratorAccess, which managing apps and grants needs`,
    })
}

/** The app that a call names. The manual has no code for an app that does not exist: nobody may operate it. */
export const appNamed = ({ vod }: Account, appId: string, fail: (code: 'Forbidden.OperateApp', refusal: Refusal) => never): App =>
  vod.apps.get(appId) ?? fail('Forbidden.OperateApp', { param: 'AppId', reason: 'is not the id of an app of this account' })

/** True for the app that the service itself has created: it can be neither disabled nor deleted. */
export const isSystems = ({ appId }: App): boolean => appId === DEFAULT_APP_ID
