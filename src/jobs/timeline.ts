/** The stages of a job on the account's clock: those that are over, the one that it is in, and those that will come if nothing comes between. */

import type { Account } from '../account/types.js'
import { toMilliseconds } from '../base/clock.js'
import { toIso } from '../base/times.js'
import type { Job } from './job.js'
import { durationsFor } from './settings.js'
import { indexOf, progressOf } from './stages.js'

/** One stage of a job, with its instants as ISO 8601 times. */
export interface TimelineStage {
  stage: string
  state: 'passed' | 'running' | 'waiting' | 'held' | 'planned'
  /** Left out where that is not known: of what comes behind a stage whose end is open. */
  from?: string
  /** Left out where it is open. */
  until?: string
  /** Of the stage that goes on, how much of it is over, from 0 to 1. */
  progress?: number
}

/** See above. */
export function timelineOf(account: Account, job: Job): TimelineStage[] {
  const { passed = [], submittedAt, stage, ending, held, queue, dueAt } = job
  const timeline: TimelineStage[] = []
  let from: number | undefined = submittedAt
  for (const each of passed) {
    timeline.push({ stage: each.stage, state: 'passed', from: toIso(from), until: toIso(each.until) })
    from = each.until
  }
  if (ending !== undefined) return timeline
  const state = held !== undefined ? 'held' : queue?.place === 'waiting' ? 'waiting' : 'running'
  let until: number | undefined = state === 'running' ? dueAt : undefined
  timeline.push({ stage, state, from: toIso(from), ...timeOf('until', until), progress: progressOf(account, job) })
  const kind = account.cloud.jobKinds.get(job.kind)
  for (const { name, duration } of kind?.stages.slice(indexOf(kind, job) + 1) ?? []) {
    from = until
    until =
      from === undefined ? undefined : from + (toMilliseconds(durationsFor(account.settings, job.kind).stages?.[name] ?? duration) ?? 0)
    timeline.push({ stage: name, state: 'planned', ...timeOf('from', from), ...timeOf('until', until) })
  }
  return timeline
}

const timeOf = (name: 'from' | 'until', instant: number | undefined) => (instant === undefined ? {} : { [name]: toIso(instant) })
