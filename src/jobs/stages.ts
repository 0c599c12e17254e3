/** The stages of a job: what its record says when it comes to one, and when it leaves it. */

import type { Account } from '../account/types.js'
import { toMilliseconds } from '../base/clock.js'
import type { Job } from './job.js'
import type { JobKind, Stage } from './kind.js'
import { durationsFor } from './settings.js'

/** What comes next for a job that has no time left. */
export const TIMED_OUT = 'timedOut'

/** What comes next for a job that will have to wait for a slot of its queue. */
const SLOT = 'slot'

/** Which stage a job is in. */
export const indexOf = ({ stages }: JobKind, { stage }: Job): number => stages.findIndex(({ name }) => name === stage)

/** True if it is in its last stage. */
export const isLast = (kind: JobKind, job: Job): boolean => indexOf(kind, job) === kind.stages.length - 1

/** True if it is to be held in the stage that it is in. */
export const isHeld = ({ stage, script }: Job): boolean => script?.does === 'hold' && script.stage === stage

/** Durations of definitions and settings are checked where they come in. */
const milliseconds = (duration: number | string): number => toMilliseconds(duration) ?? 0

/** How many milliseconds jobs of a kind may take in all. */
export const timeoutOf = ({ settings }: Account, kind: JobKind): number =>
  milliseconds(durationsFor(settings, kind.name).timeout ?? kind.timeout)

/** The stages of jobs of a kind, and how many milliseconds each takes in this account. */
export const stagesOf = ({ settings }: Account, kind: JobKind): { name: string; duration: number }[] => {
  const { stages } = durationsFor(settings, kind.name)
  return kind.stages.map(({ name, duration }) => ({ name, duration: milliseconds(stages?.[name] ?? duration) }))
}

/** When a job has no time left. */
export const deadlineOf = (account: Account, kind: JobKind, { submittedAt, heldFor = 0 }: Job): number =>
  Math.max(account.clock.now(), submittedAt + heldFor + timeoutOf(account, kind))

/** Puts down what comes next for a job that comes to a stage, and when. */
export function enterStage(account: Account, kind: JobKind, draft: Job, index: number): void {
  const { clock, settings } = account
  const { name, duration } = kind.stages[index] as Stage
  const now = clock.now()
  const until = now + milliseconds(durationsFor(settings, kind.name).stages?.[name] ?? duration)
  const deadline = deadlineOf(account, kind, draft)
  if (draft.span !== undefined) passStage(draft, now)
  draft.stage = name
  if (draft.queue) draft.queue.place = index === 0 ? 'arriving' : 'running'
  draft.dueAt = Math.min(until, deadline)
  draft.span = { from: now, until: draft.dueAt }
  draft.sequence = clock.nextSequence()
  const next = draft.queue?.place === 'arriving' ? SLOT : (kind.stages[index + 1]?.name ?? 'end')
  draft.next = until > deadline ? TIMED_OUT : next
  if (isHeld(draft)) draft.held = now
}

/** Stages that are remembered: tests can have a job begin a stage any number of times. */
const MAX_PASSED = 100

/** Puts down when the stage that a job is in has ended. */
export function passStage(draft: Job, now: number): void {
  draft.passed = [...(draft.passed ?? []), { stage: draft.stage, until: now }].slice(-MAX_PASSED)
}

/** Puts down that a stage is over: the next one begins, unless it was the first one and the job has to wait for a slot of its queue. */
export function leaveStage(account: Account, kind: JobKind, draft: Job): void {
  if (draft.queue?.place !== 'arriving') {
    enterStage(account, kind, draft, indexOf(kind, draft) + 1)
    return
  }
  draft.queue.place = 'waiting'
  draft.dueAt = deadlineOf(account, kind, draft)
  draft.sequence = account.clock.nextSequence()
  draft.next = TIMED_OUT
}

/** How far a job has come in its stage, from 0 to 1; where that lasts longer than it was to, it is at 1. */
export function progressOf({ clock }: Account, { span, held }: Job): number {
  if (span === undefined) return 0
  const { from, until } = span
  return until > from ? Math.min(Math.max(((held ?? clock.now()) - from) / (until - from), 0), 1) : 1
}
