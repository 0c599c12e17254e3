/** Runs cases: each on a fork of the account in which its Action succeeds, so that none sees what another has done. */

import type { Account, Action, Cloud, Reply } from '../../src/index.js'
import { type Scheme, sign } from '../../src/signing/sign.js'
import type { Case } from '../cases/case.js'
import type { World } from '../cases/plan.js'
import type { Facts } from '../facts/facts.js'
import { type Format, faultOf } from './reply.js'

/** A case that was run. */
export interface Result extends Pick<Case, 'kind' | 'title'> {
  /** `<service>.<Action>`. */
  action: string
  /** The code with which the call was to be refused. */
  code?: string
  /** How the reply differs from what it must be; absent if it does not. */
  fault?: string
}

/** How a call is made. */
export interface Manner {
  scheme: Scheme
  format: Format
}

/** Both signatures with both formats. */
export const manners: readonly Manner[] = [
  { scheme: 'rpc', format: 'JSON' },
  { scheme: 'acs3', format: 'XML' },
  { scheme: 'acs3', format: 'JSON' },
  { scheme: 'rpc', format: 'XML' },
]

/** Makes a call of an Action as an account. */
export function send(
  cloud: Cloud,
  account: Pick<Account, 'credentials'>,
  { name, service }: Action,
  params: Case['changes'],
  { scheme, format }: Manner,
): Promise<Reply> {
  const { host, version } = service
  const given = Object.fromEntries(Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined))
  return cloud.handle(sign(scheme, { host, version, action: name, params: given, key: account.credentials, format }))
}

/** Runs a case in each of the given manners. */
export async function runCase(
  cloud: Cloud,
  facts: Facts,
  action: Action,
  world: World,
  each: Case,
  inManners: readonly Manner[],
): Promise<Result[]> {
  const results: Result[] = []
  for (const manner of inManners) {
    const account = await world.account.fork()
    try {
      const reply = await send(cloud, account, action, { ...world.params, ...each.changes }, manner)
      const fault = faultOf(action, each, reply, manner.format, facts)
      const title = `${each.title}, ${manner.scheme}, ${manner.format}`
      results.push({
        action: action.id,
        kind: each.kind,
        title,
        ...('code' in each.outcome && { code: each.outcome.code }),
        ...(fault !== undefined && { fault }),
      })
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}
