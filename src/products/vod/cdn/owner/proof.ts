/** Proof of who owns a domain: a record in its DNS, which the settings of the account stand for. */

import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import { rootOf } from '../../shared/domains/domain.js'

/** What the record must say: the same for all domains of one owner. */
export const contentFor = ({ accountId }: Account, name: string): string =>
  `verify_${fingerprint(accountId, 'domain', rootOf(name)).slice(0, 32)}`

/** Host that the record is of. */
export const recordFor = (name: string): string => `verification.${rootOf(name)}`

/** True if the DNS has the record. */
export function isOwned(account: Account, name: string): boolean {
  const { dns = [] } = account.settings.values.vod
  return dns.some((record) => record.name === recordFor(name) && record.txt === contentFor(account, name))
}
