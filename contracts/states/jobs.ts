/** States of asynchronous jobs. Each calls the Action as a client would, and hands out the JobId. */

import { z } from 'zod'
import type { Asset } from '../../src/assets/asset.js'
import type { Account, Action, Job } from '../../src/index.js'
import { defineProviderState, type ProviderState, StateError, type World } from '../../src/product/provider-state.js'
import { exampleParams } from './call.js'
import { actionNamed } from './lookup.js'

const callParams = z.looseObject({}).describe('parameters of the Action, instead of those of its example')

const gives = { JobId: 'id of the job' }

/** Defines a state in which a job has ended; `defect` is what is wrong with the file that it works on. */
const endedJob = (name: string, means: string, ending: Job['ending'], defect?: Asset['defect']) =>
  defineProviderState({
    name,
    means,
    params: callParams,
    gives,
    async apply(world, { Action }, params) {
      const job = await startJob(world, actionNamed(world.account.cloud.catalogue, Action), params, defect)
      const { ending: actual, error } = await endOf(world.account, job)
      if (actual !== ending)
        throw new StateError(`the job of ${Action} has not ${ending} but ${actual}: ${error?.code}, ${error?.reason ?? error?.message}`)
      return { values: { JobId: job.id } }
    },
  })

const finishedJob = endedJob('a finished <Action> job', 'The Action has been called, and its job has succeeded.', 'succeeded')

const failedJob = endedJob(
  'a failed <Action> job',
  'The job has failed: the file it works on cannot be decoded.',
  'failed',
  'cannot be decoded',
)

const timedOutJob = endedJob('a timed-out <Action> job', 'The job was not finished in time.', 'timedOut', 'never finishes')

const givenUpJob = endedJob(
  'a given-up <Action> job',
  'The job has failed as often as it is tried.',
  'retriesExhausted',
  'fails every time',
)

const queuedJob = defineProviderState({
  name: 'a queued <Action> job',
  means: 'The Action has been called, and its job waits.',
  params: callParams,
  gives,
  apply: async (world, { Action }, params) => ({
    values: { JobId: (await startJob(world, actionNamed(world.account.cloud.catalogue, Action), params)).id },
  }),
})

const runningJob = defineProviderState({
  name: 'a running <Action> job',
  means: 'The Action has been called, and its job is being worked on.',
  params: callParams,
  gives,
  async apply(world, { Action }, params) {
    const { account } = world
    const job = await startJob(world, actionNamed(world.account.cloud.catalogue, Action), params)
    if (account.clock.nextDue !== undefined) await account.clock.advanceTo(account.clock.nextDue)
    return { values: { JobId: job.id } }
  },
})

const busy = defineProviderState({
  name: 'as many unfinished jobs as the account may have',
  means: 'A further asynchronous call is told that the service is busy.',
  params: z.strictObject({}),
  apply({ account }) {
    account.settings.change({ maxUnfinishedJobs: 0 })
    return {}
  },
})

export const jobStates: readonly ProviderState[] = [finishedJob, runningJob, queuedJob, failedJob, timedOutJob, givenUpJob, busy]

/** Calls an asynchronous Action, and returns its job. */
async function startJob(world: World, action: Action, given: object, defect?: Asset['defect']): Promise<Job> {
  const { account, call } = world
  const { id, job } = action
  if (job === undefined) throw new StateError(`${id} is not asynchronous: it starts no job`)
  const params = exampleParams(action, given)
  if (defect !== undefined) {
    const url = /https?:\/\/[^"\\\s]+/.exec(JSON.stringify(params))?.[0]
    if (url === undefined) throw new StateError(`${id} works on no file that could be at fault`)
    await account.turn.take(() => account.putAssets([{ url, defect }]))
  }
  await call(id, given)
  const started = account.jobs.records.list({ where: ({ kind }) => kind === job.name, descending: true }).rows[0]
  if (started === undefined) throw new StateError(`${id} has started no job`)
  return started
}

/** Lets the clock run until a job has ended. */
async function endOf({ clock, jobs }: Account, job: Job): Promise<Job> {
  let now = job
  for (let due = clock.nextDue; due !== undefined && now.ending === undefined; due = clock.nextDue) {
    await clock.advanceTo(due)
    now = jobs.get(job.id) ?? job
  }
  return now
}
