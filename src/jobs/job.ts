/** Asynchronous jobs as plain data. */

import { z } from 'zod'
import { timestampSchema } from '../base/time-schemas.js'

const errorSchema = z.object({ code: z.string(), message: z.string(), reason: z.string().optional() })

/** What a test makes of a job: in which stage, and at its end what; a job that is to be held is held from its beginning. */
const scriptSchema = z.discriminatedUnion('does', [
  z.object({ does: z.literal('hold'), stage: z.string() }),
  z.object({ does: z.literal('fail'), stage: z.string(), error: errorSchema }),
  /** Fails there with every attempt. */
  z.object({ does: z.literal('exhaust'), stage: z.string(), error: errorSchema }),
  /** Stays there until its time is up. */
  z.object({ does: z.literal('timeout'), stage: z.string() }),
  /** Succeeds with this result, whatever comes of its work. */
  z.object({ does: z.literal('finish'), stage: z.string(), result: z.json() }),
])

/** Priorities in a queue; the highest comes first. */
export const PRIORITIES = { lowest: 1, highest: 10, usual: 6 } as const

const queueSchema = z.object({
  /** The queue's name; jobs of several kinds may share one. */
  name: z.string(),
  priority: z.int().min(PRIORITIES.lowest).max(PRIORITIES.highest),
  /** `arriving`: in its first stage; `waiting`: for a slot, at the end of that; `running`: it has a slot. */
  place: z.enum(['arriving', 'waiting', 'running']),
})

export const jobSchema = z.object({
  /** RequestId of the call that started it. */
  id: z.string(),
  /** RequestId of the call that it goes back to, if it goes back to one. */
  cause: z.string().optional(),
  /** `<service>.<Action>` of the Action that started it. */
  kind: z.string(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  submittedAt: timestampSchema,
  /** Name of the stage it is in, or was in when it ended. */
  stage: z.string(),
  /** From when to when the stage goes on, if nothing comes between. */
  span: z.object({ from: timestampSchema, until: timestampSchema }).optional(),
  /** Stages that are over, those of earlier attempts included, and when they ended: the latest of them. */
  passed: z.array(z.object({ stage: z.string(), until: timestampSchema })).optional(),
  /** Where it stands in a queue, if its kind has any. */
  queue: queueSchema.optional(),
  /** Which attempt at the work this is, from 1. */
  attempt: z.int(),
  /** What the job works on; its shape belongs to the kind. */
  input: z.record(z.string(), z.json()),
  /** When it goes on, as long as it has not ended. */
  dueAt: timestampSchema.optional(),
  /** Its place among what is due at that instant. */
  sequence: z.int().optional(),
  /** What comes then: the next stage, `slot` (of its queue, if one is free), `end` (of an attempt, at least), or `timedOut`. */
  next: z.string().optional(),
  /** What a test makes of it. */
  script: scriptSchema.optional(),
  /** Id of the fault that the script comes from. */
  fault: z.string().optional(),
  /** Since when it is held; until it is released, it is not going on at `dueAt`. */
  held: timestampSchema.optional(),
  /** For how many milliseconds it has been held before; they do not count as time that it has taken. */
  heldFor: z.number().optional(),
  endedAt: timestampSchema.optional(),
  ending: z.enum(['succeeded', 'failed', 'timedOut', 'retriesExhausted']).optional(),
  /** What came of it, if it succeeded. */
  result: z.json().optional(),
  /** Why it ended otherwise; `reason` says in more words what the answer has no room for. */
  error: errorSchema.optional(),
})

/** Why a job failed. */
export type JobError = z.output<typeof errorSchema>

/** What a test makes of a job, with nothing left open. */
export type Script = z.output<typeof scriptSchema>

/** Where a job stands in a queue. */
export type JobQueue = z.output<typeof queueSchema>

/** An asynchronous job. */
export type Job = z.output<typeof jobSchema>
