/** Routes: the jobs of an account, and what a test makes of them. */

import { z } from 'zod'
import { withShape } from '../base/shape.js'
import { type JobScriptInput, jobScriptSchema } from '../faults/fault.js'
import { jobSchema } from '../jobs/job.js'
import { declareRoutes, timeSchema } from './route.js'

/** A job, with its instants as ISO 8601 times. */
export const jobStateSchema = jobSchema
  .omit({ sequence: true, span: true, passed: true })
  .extend({
    submittedAt: timeSchema,
    dueAt: timeSchema.optional().describe('When it goes on.'),
    held: timeSchema.optional().describe('Since when it is held, until it is released.'),
    endedAt: timeSchema.optional(),
  })
  .meta({ id: 'JobState' })

/** The jobs themselves say what is wrong with a script; beside it, `custom` says that its code need not be a documented one. */
const scriptSchema = withShape(
  z
    .looseObject({ custom: z.literal(true).optional() })
    .transform(({ custom = false, ...script }) => ({ custom, script: script as JobScriptInput })),
  z.union(jobScriptSchema.options.map((option) => option.safeExtend({ custom: z.literal(true).optional() }))),
)

const params = z.object({ id: z.string() })

const stageSchema = z
  .strictObject({
    stage: z.string(),
    state: z.enum(['passed', 'running', 'waiting', 'held', 'planned']).describe('`waiting`: for a slot of its queue.'),
    from: timeSchema.optional(),
    until: timeSchema.optional().describe('When it ended, or will; without it, that is open.'),
    progress: z.number().optional().describe('Of the stage that goes on, how much of it is over, from 0 to 1.'),
  })
  .meta({ id: 'TimelineStage' })

/** A job with its stages. */
export const wholeJobSchema = jobStateSchema.extend({ timeline: z.array(stageSchema) }).meta({ id: 'WholeJob' })

export const jobRoutes = declareRoutes({
  'GET /jobs': {
    chapter: 'jobs',
    id: 'listJobs',
    summary: 'The jobs of the account, oldest first.',
    answer: z.array(jobStateSchema),
    pagedBy: 'id',
  },
  'GET /jobs/{id}': {
    chapter: 'jobs',
    id: 'getJob',
    summary:
      "One job with its stages on the account's clock: those that are over, the one that it is in, those to come if nothing comes between.",
    params,
    answer: wholeJobSchema,
  },
  'POST /jobs/{id}/script': {
    chapter: 'jobs',
    id: 'scriptJob',
    summary: 'Decides what becomes of a job that has not ended.',
    params,
    body: scriptSchema,
    answer: jobStateSchema,
    example: { body: { hold: true } },
  },
  'POST /jobs/{id}/release': {
    chapter: 'jobs',
    id: 'releaseJob',
    summary: 'Lets a job go on that is held, or that was to be held later.',
    params,
    answer: jobStateSchema,
  },
  'POST /jobs/release': {
    chapter: 'jobs',
    id: 'releaseJobs',
    summary: 'Lets all jobs go on that are held, or that were to be held later, and answers those.',
    answer: z.array(jobStateSchema),
  },
})
