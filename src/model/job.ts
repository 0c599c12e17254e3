/** Asynchronous jobs as plain data. */

import { z } from 'zod'

export const jobSchema = z.object({
  /** RequestId of the call that started it. */
  id: z.string(),
  /** RequestId of the call that it goes back to, if it goes back to one. */
  cause: z.string().optional(),
  /** `<service>.<Action>` of the Action that started it. */
  kind: z.string(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  submittedAt: z.number(),
  /** Name of the stage it is in, or was in when it ended. */
  stage: z.string(),
  /** Which attempt at the work this is, from 1. */
  attempt: z.int(),
  /** What the job works on; its shape belongs to the kind. */
  input: z.record(z.string(), z.json()),
  endedAt: z.number().optional(),
  ending: z.enum(['succeeded', 'failed', 'timedOut', 'retriesExhausted']).optional(),
  /** What came of it, if it succeeded. */
  result: z.json().optional(),
  /** Why it ended otherwise; `reason` says in more words what the answer has no room for. */
  error: z.object({ code: z.string(), message: z.string(), reason: z.string().optional() }).optional(),
})

/** Why a job failed. */
export type JobError = NonNullable<Job['error']>

/** An asynchronous job. */
export type Job = z.output<typeof jobSchema>
