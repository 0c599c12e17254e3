/** Serving in an account's turn: one call, or one step of it, at a time. */

import type { Account } from '../account/types.js'
import { refuseCall } from '../base/gateway-errors.js'
import { messageOf } from '../base/realm.js'
import type { Call } from '../http/call.js'

/**
 * Does `work` for a call in the account's turn: first comes what has fallen due, then `work`, all of it at one instant of the account's clock.
 * What a call is answered depends on nothing else than on the turns before it, so a recording of the turns can be replayed. As long as there is no
 * room to store anything, only calls are served that may make some: `makesRoom`.
 */
export function inTurn<T>(
  account: Account,
  { onTurn, origin }: Pick<Call, 'onTurn' | 'origin'>,
  work: () => T | Promise<T>,
  makesRoom?: () => boolean,
): Promise<T> {
  const { written, full } = account.cloud
  const turn = (): Promise<T> => takeTurn(account, { onTurn, origin }, work)
  if (written === undefined) return turn()
  // What cannot be stored is not begun: it would only be more to store.
  if (full?.() && !makesRoom?.()) return acknowledged(Promise.resolve(true), written).then(() => acknowledged(turn(), written))
  return acknowledged(turn(), written)
}

function takeTurn<T>(account: Account, { onTurn, origin }: Pick<Call, 'onTurn' | 'origin'>, work: () => T | Promise<T>): Promise<T> {
  return account.turn.take(async () => {
    const { clock } = account
    clock.freeze()
    try {
      if (clock.hasOverdue) await clock.catchUp()
      account.cloud.addresses.reached(account, origin)
      onTurn?.(account)
      return await work()
    } finally {
      clock.unfreeze()
    }
  })
}

/** Nothing is answered that could be forgotten: what cannot be stored is refused. A step without a result is no answer yet. */
async function acknowledged<T>(done: Promise<T>, written: () => Promise<void>): Promise<T> {
  const result = await done
  if (result === undefined) return result
  try {
    await written()
  } catch (error) {
    refuseCall('InternalError', { reason: messageOf(error) })
  }
  return result
}
