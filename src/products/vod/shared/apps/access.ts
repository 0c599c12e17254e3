/** Who may do what in which apps. */

import type { Account } from '../../../../account/types.js'
import type { AccessKey, Identity } from '../../../../identity/access-key.js'
import { DEFAULT_APP_ID, hasApps } from './app.js'
import { type AppGrant, identityKey } from './grant.js'

/** The apps in which somebody may look things up, and those in which they may change things. */
export interface Access {
  reads: ReadonlySet<string>
  changes: ReadonlySet<string>
}

/** The identity that grants are found by; the account itself has none. */
export function granteeOf({ kind, name }: Identity): Pick<AppGrant, 'identityType' | 'identityName'> | undefined {
  return kind === 'root' ? undefined : { identityType: kind === 'user' ? 'RamUser' : 'RamRole', identityName: name }
}

/** The grants of an identity, oldest first. */
export function grantsOf({ vod }: Account, grantee: Pick<AppGrant, 'identityType' | 'identityName'>): AppGrant[] {
  return vod.appGrants.list({ by: { identity: identityKey(grantee) } }).rows
}

/** True for who may manage apps and grants, and do everything in every app: the account itself, and administrators. */
export function isAdministrator(account: Account, { identity }: Pick<AccessKey, 'identity'>): boolean {
  const grantee = granteeOf(identity)
  return grantee === undefined || grantsOf(account, grantee).some(({ policy }) => policy === 'VODAppAdministratorAccess')
}

/**
 * What who signs with a key may do. Without any grant it is everything in the system's own app, so that nobody who has no other apps needs to know of
 * them; with one, it is what was granted and nothing else.
 */
export function accessOf(account: Account, key: AccessKey): Access | 'all' {
  const { vod } = account
  const grantee = granteeOf(key.identity)
  // A credential that the service has issued is good for one medium, whoever's it is.
  if (grantee === undefined || key.resource !== undefined || !hasApps(account)) return 'all'
  const grants = grantsOf(account, grantee)
  if (grants.length === 0) {
    if (vod.apps.count <= 1) return 'all'
    const own = new Set([DEFAULT_APP_ID])
    return { reads: own, changes: own }
  }
  if (grants.some(({ policy }) => policy === 'VODAppAdministratorAccess')) return 'all'
  const appsOf = (granted: readonly AppGrant[]) => new Set(granted.map(({ appId }) => appId))
  return { reads: appsOf(grants), changes: appsOf(grants.filter(({ policy }) => policy === 'VODAppFullAccess')) }
}
