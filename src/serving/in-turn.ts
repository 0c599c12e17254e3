/** Serving in an account's turn: one call, or one step of it, at a time. */

import type { Account } from '../account/types.js'
import { refuseCall } from '../base/gateway-errors.js'
import type { Call } from '../http/call.js'

/**
 * Does `work` for a call in the account's turn: first comes what has fallen due, then `work`, all of it at one instant of the account's clock.
 * What a call is answered depends on nothing else than on the turns before it, so a recording of the turns can be replayed.
 */
export function inTurn<T>(account: Account, { onTurn }: Pick<Call, 'onTurn'>, work: () => T | Promise<T>): Promise<T> {
  const done = account.turn.take(async () => {
    const { clock } = account
    clock.freeze()
    try {
      if (clock.hasOverdue) await clock.catchUp()
      onTurn?.(account)
      return await work()
    } finally {
      clock.unfreeze()
    }
  })
  const { written } = account.cloud
  return written === undefined ? done : acknowledged(done, written)
}

/** Nothing is answered that could be forgotten: what cannot be stored is refused. A step without a result is no answer yet. */
async function acknowledged<T>(done: Promise<T>, written: () => Promise<void>): Promise<T> {
  const result = await done
  if (result === undefined) return result
  try {
    await written()
  } catch (error) {
    refuseCall('InternalError', { reason: error instanceof Error ? error.message : String(error) })
  }
  return result
}
