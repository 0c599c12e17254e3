/** Serving in an account's turn: one call, or one step of it, at a time. */

import type { Account } from '../account/types.js'
import { refuseCall } from '../base/gateway-errors.js'
import { isPromise, type MaybePromise } from '../base/maybe-promise.js'
import { messageOf } from '../base/realm.js'
import type { Call } from '../http/call.js'

/**
 * Does `work` for a call in the account's turn: first comes what has fallen due, then `work`, all of it at one instant of the account's clock.
 * What a call is answered depends on nothing else than on the turns before it, so a recording of the turns can be replayed. As long as there is no
 * room to store anything, only calls are served that may make some: `makesRoom`.
 */
export function inTurn<T>(
  account: Account,
  call: Pick<Call, 'onTurn' | 'origin'>,
  work: () => MaybePromise<T>,
  makesRoom?: () => boolean,
): MaybePromise<T> {
  const { written, full } = account.cloud
  const turn = (): MaybePromise<T> => takeTurn(account, call, work)
  if (written === undefined) return turn()
  // What cannot be stored is not begun: it would only be more to store.
  if (full?.() && !makesRoom?.()) return acknowledged(true, written).then(() => acknowledged(turn(), written))
  return acknowledged(turn(), written)
}

const takeTurn = <T>(account: Account, call: Pick<Call, 'onTurn' | 'origin'>, work: () => MaybePromise<T>): MaybePromise<T> =>
  account.turn.begin(() => atOneInstant(account, call, work))

function atOneInstant<T>(account: Account, call: Pick<Call, 'onTurn' | 'origin'>, work: () => MaybePromise<T>): MaybePromise<T> {
  const { clock } = account
  const { onTurn, origin } = call
  const begin = (): MaybePromise<T> => {
    account.cloud.addresses.reached(account, origin)
    account.history.before(call)
    onTurn?.(account)
    return work()
  }
  clock.freeze()
  let result: MaybePromise<T>
  try {
    result = clock.hasOverdue ? clock.catchUp().then(begin) : begin()
  } catch (error) {
    clock.unfreeze()
    throw error
  }
  if (isPromise(result)) return result.finally(() => clock.unfreeze())
  clock.unfreeze()
  return result
}

/** Nothing is answered that could be forgotten: what cannot be stored is refused. A step without a result is no answer yet. */
async function acknowledged<T>(done: MaybePromise<T>, written: () => Promise<void>): Promise<T> {
  const result = await done
  if (result === undefined) return result
  try {
    await written()
  } catch (error) {
    refuseCall('InternalError', { reason: messageOf(error) })
  }
  return result
}
