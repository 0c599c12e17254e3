/** Working through workflows. */

import type { Account } from '../../../../account/types.js'
import { newId } from '../media/new-id.js'
import type { Video } from '../media/video.js'
import { forgetOldest } from '../service/forget-oldest.js'
import { nameOf, type StepOutcome, stepsOf, type Workflow } from '../storage/workflow.js'
import { notifyRunDone } from './events.js'
import type { RunStep, WorkflowRun } from './run.js'
import type { StepStart } from './step.js'

/** Begins a workflow with a video: all steps that come after no other begin at once. */
export async function startWorkflow(account: Account, { videoId }: Video, workflow: Workflow): Promise<void> {
  const { vod, clock } = account
  const { runId } = vod.workflowRuns.put({
    runId: newId(account),
    workflowId: workflow.id,
    videoId,
    steps: stepsOf(workflow).map((step) => ({ step, state: 'waiting' })),
    startedAt: clock.now(),
  })
  await goOn(account, runId)
  forgetOldest(vod.workflowRuns)
}

/** A job or task has ended: if it was a step of a workflow, that goes on. Called for every one that can be a step. */
export async function stepEnded(account: Account, workId: string, outcome: StepOutcome): Promise<void> {
  for (const { runId } of account.vod.workflowRuns.list({ by: { work: workId } }).rows) {
    const ended: Partial<RunStep> = { state: 'ended', outcome, endedAt: account.clock.now() }
    change(account, runId, ({ steps }) => {
      for (const each of steps) if (each.workId === workId && each.state === 'running') Object.assign(each, ended)
    })
    await goOn(account, runId)
  }
}

const change = ({ vod }: Account, runId: string, edit: (draft: WorkflowRun) => void): WorkflowRun | undefined =>
  vod.workflowRuns.update(runId, edit)

/** Begins what can begin; once nothing is left, the run is complete, and it is told of it. */
async function goOn(account: Account, runId: string): Promise<void> {
  const { vod } = account
  for (let index = 0; ; index++) {
    const run = vod.workflowRuns.get(runId)
    const each = run?.steps[index]
    if (run === undefined || each === undefined) break
    const next = each.state === 'waiting' ? whatNext(run, index) : 'wait'
    if (next === 'wait') continue
    const started = next === 'begin' ? await begin(account, run, index) : undefined
    const fields = begun(started, account.clock.now())
    change(account, runId, ({ steps }) => {
      Object.assign(steps[index] ?? {}, fields)
    })
  }
  complete(account, runId)
}

/** What the record of a step says that has just begun, or that never will. */
function begun(started: StepStart | undefined, now: number): Partial<RunStep> {
  if (started === undefined) return { state: 'skipped' }
  if ('workId' in started) return { state: 'running', startedAt: now, ...started }
  return { state: 'ended', startedAt: now, endedAt: now, ...started }
}

/** Ends a run of which nothing is left. */
function complete(account: Account, runId: string): void {
  const run = account.vod.workflowRuns.get(runId)
  if (run === undefined || run.completedAt !== undefined) return
  if (run.steps.some(({ state }) => state === 'waiting' || state === 'running')) return
  const completed = change(account, runId, (draft) => {
    draft.completedAt = account.clock.now()
  })
  if (completed) notifyRunDone(account, completed)
}

/** What becomes of a step that has not begun. Steps stand behind the one that they come after, so that one pass over them is enough. */
function whatNext({ steps }: WorkflowRun, index: number): 'begin' | 'skip' | 'wait' {
  const { after, on } = steps[index]?.step ?? {}
  if (after === undefined) return 'begin'
  const before = steps.find(({ step }) => nameOf(step) === after)
  if (before === undefined || before.state === 'skipped') return 'skip'
  if (before.state !== 'ended') return 'wait'
  return on === undefined || on === before.outcome ? 'begin' : 'skip'
}

/** Begins a step. Of a video that is gone by now, nothing can be made. */
async function begin(account: Account, { videoId, steps }: WorkflowRun, index: number): Promise<StepStart> {
  const step = steps[index]?.step
  const video = account.vod.videos.get(videoId)
  const kind = step && account.cloud.workflowSteps.get(step.does)
  return video && kind ? kind.start(account, video, step) : { outcome: 'fail' }
}
