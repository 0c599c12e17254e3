/** What does the steps of workflows: each chapter of VOD hangs in what it can do. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import type { StepKind, StepOutcome, WorkflowStep } from '../storage/workflow.js'

/** A job or task that goes on, which is told of with {@link stepEnded} once it has ended; or how the step has ended already. */
export type StepStart = { workId: string } | { outcome: StepOutcome }

/** Does the steps of one kind. */
export interface WorkflowStepKind<Kind extends StepKind = StepKind> {
  does: Kind
  /** Begins a step, in the account's turn. */
  start: (account: Account, video: Video, step: WorkflowStep<Kind>) => StepStart | Promise<StepStart>
}

/** Defines what does the steps of a kind. */
export const defineWorkflowStep = <Kind extends StepKind>(kind: WorkflowStepKind<Kind>): WorkflowStepKind =>
  kind as unknown as WorkflowStepKind
