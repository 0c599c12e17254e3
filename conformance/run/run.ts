/** Runs cases: each on a fork of the account in which its Action succeeds, so that none sees what another has done. */

import type { Account, Action, Cloud, Reply } from '../../src/index.js'
import { type Scheme, sign } from '../../src/signing/sign.js'
import type { Case } from '../cases/case.js'
import type { World } from '../cases/plan.js'
import type { Facts } from '../facts/facts.js'
import { type Format, faultOf } from './reply.js'
import { changeIn, type Remembered, remembered } from './unchanged.js'

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

/** What cases of an Action are run in. */
export interface CaseRun {
  cloud: Cloud
  facts: Facts
  action: Action
  world: World
  /** What is remembered in its world. */
  before: Remembered
}

/** Runs a case in each of the given manners; where it is refused, looks in the first of them whether that has changed anything. */
export async function runCase(
  { cloud, facts, action, world, before }: CaseRun,
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
      if ('code' in each.outcome && manner === inManners[0]) results.push(await unchanged(action, account, each.title, before))
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}

/** That nothing in an account is other than before, as the result of a case. */
export async function unchanged(action: Action, account: Account, title: string, before: Remembered): Promise<Result> {
  const fault = changeIn(before, await remembered(account))
  return { action: action.id, kind: 'unchanged', title: `${title}: nothing is changed`, ...(fault !== undefined && { fault }) }
}
