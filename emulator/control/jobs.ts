/** The jobs of an account: what becomes of them, and what a test makes of them. */

import { jobRoutes } from '../../src/control/jobs.js'
import { describeJob } from '../../src/index.js'
import { timelineOf } from '../../src/jobs/timeline.js'
import { type Control, serveRoutes } from './serve.js'

export const serveJobs = (control: Control): void =>
  serveRoutes(control, jobRoutes, {
    'GET /jobs': ({ account }) => account.jobs.records.list().rows.map(describeJob),
    'GET /jobs/{id}': ({ account, params: { id } }) => {
      const job = account.jobs.get(id)
      if (job === undefined) throw new RangeError(`there is no job "${id}"`)
      return { ...describeJob(job), timeline: timelineOf(account, job) }
    },
    'POST /jobs/{id}/script': async ({ account, params, body: { script, custom } }) =>
      describeJob(await account.jobs.script(params.id, script, { custom })),
    'POST /jobs/{id}/release': async ({ account, params }) => describeJob(await account.jobs.release(params.id)),
    'POST /jobs/release': async ({ account }) => (await account.jobs.releaseAll()).map(describeJob),
  })
