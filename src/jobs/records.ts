/** Jobs as records of an account, and as the control API shows them. */

import { toIso } from '../base/times.js'
import { type Job, jobSchema } from './job.js'
import { queueIndexes } from './queues.js'

/** A job with its instants as ISO 8601 times, as the control API shows it. */
export const describeJob = ({ submittedAt, dueAt, sequence: _, span: __, passed: ___, held, endedAt, ...job }: Job) => ({
  ...job,
  submittedAt: toIso(submittedAt),
  // A job that is held is not going on, whenever it would have been due.
  ...(held !== undefined ? { held: toIso(held) } : dueAt !== undefined && { dueAt: toIso(dueAt) }),
  ...(endedAt !== undefined && { endedAt: toIso(endedAt) }),
})

export const jobRecords = {
  name: 'jobs',
  schema: jobSchema,
  keyOf: ({ id }: Job) => id,
  indexes: {
    /** A job that is held, or that is to be held later, has not ended. */
    state: ({ ending, script }: Job) => (ending !== undefined ? 'ended' : script?.does === 'hold' ? ['unfinished', 'held'] : 'unfinished'),
    cause: ({ cause }: Job) => cause,
    ...queueIndexes,
  },
}
