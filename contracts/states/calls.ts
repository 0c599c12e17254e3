/** States that calls of Actions lead to, together with all that follows from them. */

import { z } from 'zod'
import type { Account } from '../../src/index.js'
import { defineProviderState, type ProviderState, StateError } from '../../src/product/provider-state.js'
import { paramsOf } from '../format/examples.js'
import { actionNamed } from './lookup.js'

const called = defineProviderState({
  name: '<Action> has been called',
  means:
    'The Action has been called, and all jobs have ended. What its example refers to is what the states before it give, where one does.',
  params: z.looseObject({}).describe('parameters of the Action, instead of those of its example'),
  async apply({ account, call, values }, { Action }, params) {
    const action = actionNamed(account.cloud.catalogue, Action)
    const given = Object.keys(paramsOf(action)).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))
    await call(action.id, { ...Object.fromEntries(given), ...params })
    await untilAllEnded(account)
    return {}
  },
})

const refused = defineProviderState({
  name: 'a refused call of <Action>',
  means: 'The Action has been called, and has answered with an error.',
  params: z.looseObject({}).describe('parameters of the Action, instead of those of its example'),
  async apply({ account, call }, { Action }, params) {
    const { id } = actionNamed(account.cloud.catalogue, Action)
    const answered = await call(id, params).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof StateError)) throw error
        return false
      },
    )
    if (answered) throw new StateError(`${id} has not been refused; give the state parameters that the Action refuses`)
    return {}
  },
})

const jobsFail = defineProviderState({
  name: 'jobs of <Action> fail',
  means:
    'Whatever job of the Action comes to its work, fails: with this error, or as one that has been tried too often. Transcoding is of SubmitTranscodeJobs, whatever has led to it.',
  params: z.strictObject({ code: z.string().min(1).optional(), message: z.string().optional() }),
  apply({ account }, { Action = '' }, { code, message }) {
    const [service, action = Action] = Action.includes('.') ? Action.split('.', 2) : []
    const job = code === undefined ? { exhaust: true as const } : { fail: { code, ...(message !== undefined && { message }) } }
    account.faults.add({ ...(service !== undefined && { service }), action, job, custom: true })
    return {}
  },
})

export const callStates: readonly ProviderState[] = [called, refused, jobsFail]

/** Lets the clock run until no job goes on. */
async function untilAllEnded({ clock, jobs }: Account): Promise<void> {
  for (let due = clock.nextDue; due !== undefined && jobs.unfinished > 0; due = clock.nextDue) await clock.advanceTo(due)
}
