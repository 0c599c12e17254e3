/** Calls whose effect comes later: their client has seen a failure, and what they ask for happens nevertheless. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { ApiError } from '../base/errors.js'
import { timestampSchema } from '../base/time-schemas.js'
import type { Table } from '../state/table.js'
import { renameField } from '../state/upgrade.js'
import { runAction } from './run.js'

/** A call that has yet to take effect. */
const lateCallSchema = z.strictObject({
  /** Id of the fault that has lost the reply. */
  fault: z.string(),
  /** When it takes effect, in milliseconds since 1970 on the account's clock. */
  at: timestampSchema,
  /** How often. */
  effects: z.int(),
  /** `<service>.<Action>` */
  action: z.string(),
  host: z.string(),
  params: z.array(z.tuple([z.string(), z.string()])).readonly(),
  /** Who called. */
  accessKeyId: z.string(),
  requestId: z.string(),
  /** Its place among what falls due at one instant. */
  sequence: z.int(),
})

/** See {@link lateCallSchema}. */
export type LateCall = z.output<typeof lateCallSchema>

/** Calls that wait at a time, and characters of their parameters in all. */
const MAX_CALLS = 1000
const MAX_CHARACTERS = 8_000_000

const tableOptions = { name: 'faults.late', schema: lateCallSchema }

/** The calls of one account that have yet to take effect. */
export class LateCalls {
  /** By RequestId. */
  readonly #calls: Table<LateCall>
  #characters = 0

  constructor(private readonly account: Account) {
    const { state } = account
    this.#calls = state.table(tableOptions)
    state.onRestore(() => {
      for (const late of this.#calls.values()) this.#await(late)
    })
  }

  /** Has a call take effect when its time comes. If that is now, or if more wait already than are kept, returns what {@link takeEffect} does. */
  async add(call: Omit<LateCall, 'sequence'>): Promise<ApiError | undefined> {
    const { clock } = this.account
    const late = { ...call, sequence: clock.nextSequence() }
    const size = sizeOf(late)
    const full = this.#calls.size >= MAX_CALLS || this.#characters + size > MAX_CHARACTERS
    if (full || late.at <= clock.now()) return takeEffect(this.account, late)
    this.#calls.set(late.requestId, late)
    this.#await(late)
    return undefined
  }

  #await(late: LateCall): void {
    const { at, action, requestId, fault, sequence } = late
    this.#characters += sizeOf(late)
    this.account.clock.schedule(
      at,
      () => `effect of ${action} ${requestId}, whose reply was lost by ${fault}`,
      async () => {
        this.#characters -= sizeOf(late)
        this.#calls.delete(requestId)
        await takeEffect(this.account, late)
      },
      { sequence, cause: requestId },
    )
  }
}

/** Does what a call asks for, as often as it is to happen. Its answers are lost; returns the first refusal, if there is one. Only for who has the turn. */
async function takeEffect(account: Account, late: LateCall): Promise<ApiError | undefined> {
  const { effects, action: id, host, params, accessKeyId, requestId } = late
  const action = account.cloud.catalogue.byId.get(id)
  const { ram } = account
  // By now the key may be gone, and in a fork of the account it never was there: then it is the account itself that has called.
  const key = ram.find(accessKeyId) ?? ram.rootKey
  if (action === undefined) return undefined
  const call = { method: 'POST', host, path: '/', query: '', headers: { host }, body: new Uint8Array() }
  let refusal: ApiError | undefined
  for (let effect = 1; effect <= effects; effect++) {
    try {
      // A proxy that sends a call again gets it a RequestId of its own.
      const own = effect === 1 ? requestId : account.ids.uuid()
      await runAction(action, { account, key, requestId: own, call, params: new Map(params) })
    } catch (error) {
      if (error instanceof ApiError) refusal ??= error
      else account.cloud.onBug(error, `${id} ${requestId}`)
    }
  }
  return refusal
}

const sizeOf = ({ params }: LateCall): number => params.reduce((sum, [name, value]) => sum + name.length + value.length, 0)

export const lateCallsPart = definePart({
  name: 'lateCalls',
  needs: ['faults'],
  upgrades: { 1: renameField('faults.late', 'ticket', 'sequence') },
  create: (account) => new LateCalls(account),
})
