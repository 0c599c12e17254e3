/** Apps with the ids that tests give them; CreateAppInfo would make up others. */

import type { Account } from '../../src/index.js'

/** Adds apps to an account. */
export function addApps(account: Account, ...appIds: string[]): void {
  const now = account.clock.now()
  for (const appId of appIds)
    account.vod.apps.put({ appId, name: appId, type: 'Custom', status: 'Normal', createdAt: now, modifiedAt: now })
}
