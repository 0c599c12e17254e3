/** States that calls of Actions lead to, together with all that follows from them. */

import { z } from 'zod'
import type { Account } from '../../src/index.js'
import { defineProviderState, type ProviderState } from '../../src/product/provider-state.js'
import { paramsOf } from '../format/examples.js'
import { filledIn } from './fill-in.js'
import { actionNamed } from './lookup.js'

const called = defineProviderState({
  name: '<Action> has been called',
  means:
    'The Action has been called, and all jobs have ended. A parameter of its example that a state before it gives has the value that is given.',
  params: z
    .looseObject({})
    .describe('parameters of the Action, instead of those of its example; placeholders in them stand for what a state gives'),
  async apply({ account, call, values }, { Action }, params) {
    const action = actionNamed(account.cloud.catalogue, Action)
    const given = Object.keys(paramsOf(action)).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))
    const own = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? filledIn(value, values) : value])
    await call(action.id, Object.fromEntries([...given, ...own]))
    await untilAllEnded(account)
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

export const callStates: readonly ProviderState[] = [called, jobsFail]

/** Lets the clock run until no job goes on. */
async function untilAllEnded({ clock, jobs }: Account): Promise<void> {
  for (let due = clock.nextDue; due !== undefined && jobs.unfinished > 0; due = clock.nextDue) await clock.advanceTo(due)
}
