/** Runs: workflows on their way through their steps, each with one video. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { stepOutcomes, workflowStepSchema } from '../storage/workflow.js'

const runStepSchema = z.object({
  /** The step as the workflow had it when the run began. */
  step: workflowStepSchema,
  /** `skipped`: what it comes after has ended otherwise than it wants. */
  state: z.enum(['waiting', 'running', 'ended', 'skipped']),
  /** The job or task that does it, while it is running. */
  workId: z.string().optional(),
  /** How it ended. */
  outcome: z.enum(stepOutcomes).optional(),
  startedAt: timestampSchema.optional(),
  endedAt: timestampSchema.optional(),
})

export const workflowRunSchema = z.object({
  runId: z.string(),
  workflowId: z.string(),
  videoId: z.string(),
  steps: z.array(runStepSchema),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  startedAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** A step of a run. */
export type RunStep = z.output<typeof runStepSchema>

/** See {@link workflowRunSchema}. */
export type WorkflowRun = z.output<typeof workflowRunSchema>

/** Finds runs by what their steps wait for. */
export const workOf = ({ steps }: WorkflowRun): string[] =>
  steps.flatMap(({ state, workId }) => (state === 'running' && workId !== undefined ? [workId] : []))
