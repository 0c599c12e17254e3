/** What a call that succeeds does to the account: one that reads changes nothing, every other one something. */

import type { Action } from '../../src/index.js'
import type { Before } from '../cases/before.js'
import { echoes } from '../cases/echo.js'
import { beforeIn } from './before.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'
import { namesOfChanges, remembered } from './unchanged.js'

const READS = /^(?:Get|List|Describe|Search|Verify|Decrypt|Generate(?=KMS))/

/** What calls that read leave behind, too: that they were made, and keys that they hand out. */
const BESIDES = new Set(['usage', 'ram.issued'])

/** What is done before, where the world of the example is already as the Action would make it. */
const before: Readonly<Record<string, (before: Before) => Promise<unknown>>> = {
  'vod.BatchStartVodDomain': async ({ call, advance, params: { DomainNames = '' } }) => {
    await call('BatchStopVodDomain', { DomainNames })
    await advance('1h')
  },
  'vod.DeleteMessageCallback': ({ call, params }) =>
    call('SetMessageCallback', { ...params, CallbackURL: 'http://example.com/callback', EventTypeList: 'ALL' }),
}

/** True if a round trip shows what the Action does, or if all that a vision service does is answer. */
const isShownElsewhere = ({ id, service }: Action): boolean => service.name !== 'vod' || echoes.some((echo) => echo.action === id)

/** Runs it for an Action in its world. */
export async function runEffect(trial: Trial): Promise<Result[]> {
  const { cloud, action, world } = trial
  const reads = READS.test(action.name)
  if (!reads && isShownElsewhere(action)) return []
  const account = await world.account.fork()
  try {
    await before[action.id]?.(beforeIn(trial, account))
    const was = await remembered(account)
    await send(cloud, account, action, world.params, { scheme: 'acs3', format: 'JSON' })
    const changed = namesOfChanges(was, await remembered(account)).filter((name) => !reads || !BESIDES.has(name))
    const fault =
      reads === (changed.length === 0)
        ? undefined
        : reads
          ? `the call reads, and has changed ${changed.join(', ')}`
          : 'the call has succeeded, and nothing is other than before'
    const title = reads ? 'what reads changes nothing' : 'what succeeds has changed something'
    return [{ action: action.id, kind: 'effect', title, ...(fault !== undefined && { fault }) }]
  } finally {
    cloud.disposeAccount(account)
  }
}
