/** What calls are answered when there is no room for anything: the error for which a table has no other reason. */

import { fillingCloud } from '../situations/full-store.js'
import { faultOf } from './reply.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const CODE = 'InternalError'

/** Runs it for an Action whose own table has the row, and for the first of a service that has it in the table of all. */
export async function runFullStore({ cloud: { catalogue }, facts, action, world }: Trial): Promise<Result[]> {
  const { name } = action.service
  const isFirst = catalogue.actions.find(({ service }) => service.name === name)?.id === action.id
  const own = facts.manual.get(action.id)?.errors[CODE]
  const row = own ?? (isFirst ? facts.commonErrors.get(name)?.[CODE] : undefined)
  if (row === undefined) return []
  const { cloud, account, fill, close } = await fillingCloud(world.account.clock.now())
  try {
    const call = () => send(cloud, account, action, world.params, { scheme: 'rpc', format: 'JSON' })
    // As long as there is room, it is something else that is answered.
    const early = (await call()).status >= 500 ? 'the same is answered while there is room' : undefined
    fill()
    const reply = await call()
    const fault =
      early ??
      faultOf(
        action,
        { outcome: { code: CODE, status: row.status ?? 500, names: { none: 'the room that there is' } } },
        reply,
        'JSON',
        facts,
      )
    return [{ action: action.id, kind: 'error', title: `${CODE}, without room`, code: CODE, ...(fault !== undefined && { fault }) }]
  } finally {
    await close()
  }
}
