/** Jobs as a part of every account. */

import { definePart } from '../account/part.js'
import { renameField } from '../state/upgrade.js'
import type { Job } from './job.js'
import { Jobs } from './jobs.js'

export const jobsPart = definePart({
  name: 'jobs',
  upgrades: { 1: renameField('jobs', 'ticket', 'sequence') },
  needs: ['faults', 'usage'],
  create(account) {
    const jobs = new Jobs(account)
    account.clock.waitFor(() => jobs.settled())
    return jobs
  },
  dispose: ({ jobs }) => jobs.dispose(),
  checkState({ cloud: { jobKinds } }, { tables: { jobs = [] } }) {
    for (const [, job] of jobs) {
      const { kind } = job as Pick<Job, 'kind'>
      if (!jobKinds.has(kind)) throw new RangeError(`The state cannot be taken over: no Action here starts jobs of ${kind}.`)
    }
  },
})
