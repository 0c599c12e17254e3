/** Proof of who owns a domain: a record in its DNS, which the settings of the account stand for. */

import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import { rootOf } from '../../shared/domains/domain.js'

/** What the record must say: the same for all domains of one owner. */
export const contentFor = ({ accountId }: Account, name: string): string =>
  `verify_${fingerprint(accountId, 'domain', rootOf(name)).slice(0, 32)}`

/** Host that the record is of. */
export const recordFor = (name: string): string => `verification.${rootOf(name)}`

/** Whom the records in the DNS say that a domain belongs to: nobody, if there is none of its root. */
export function ownerOf(account: Account, name: string): 'the account' | 'somebody else' | undefined {
  const { dns = [] } = account.settings.values.vod
  const records = dns.filter((record) => record.name === recordFor(name))
  if (records.length === 0) return undefined
  return records.some(({ txt }) => txt === contentFor(account, name)) ? 'the account' : 'somebody else'
}
