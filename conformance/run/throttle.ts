/** The documented limit of an Action: as many calls as it allows, one more, and one in the next second. */

import { statusesOf } from '../cases/plan.js'
import { about } from '../situations/situation.js'
import { faultOf } from './reply.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const CODE = 'Throttling.User'

/** Nobody waits for more calls than these: of a limit of that many a day, the number is compared with the catalogue's alone. */
const MOST = 1000

/** Runs it, for an Action that has a limit in the manual. */
export async function runThrottle({ cloud, facts, action, world }: Trial): Promise<Result[]> {
  const limit = facts.manual.get(action.id)?.limit
  if (limit === undefined || limit.limit > MOST) return []
  const account = await world.account.fork()
  // A call counts whatever its parameters are.
  const call = () => send(cloud, account, action, {}, { scheme: 'rpc', format: 'JSON' })
  const code = async (): Promise<string | undefined> => (JSON.parse(String((await call()).body)) as { Code?: string }).Code
  const refused = { code: CODE, status: statusesOf(facts, action.id)(CODE), names: about.rate }
  const result = (title: string, fault: string | undefined): Result => ({
    action: action.id,
    kind: 'throttle',
    title,
    ...(fault !== undefined && { fault }),
  })
  try {
    await account.clock.advance('1s')
    let admitted = 0
    while (admitted < limit.limit && (await code()) !== CODE) admitted++
    const beyond = faultOf(action, { outcome: refused }, await call(), 'JSON', facts)
    await account.clock.advance('1s')
    const later = await code()
    return [
      result(`${limit.limit} calls a second`, admitted === limit.limit ? undefined : `call ${admitted + 1} is refused with ${CODE}`),
      { ...result('one call more', beyond), code: CODE },
      result('a call in the next second', later === CODE ? `it is refused with ${CODE}` : undefined),
    ]
  } finally {
    cloud.disposeAccount(account)
  }
}
