/** The time of a job, in stages: what its record says of now, and its kind of before and after. */

import type { AnswerTo } from './api.js'
import type { JobKindInfo } from './known.js'

/** A job as the control API shows it. */
export type JobInfo = AnswerTo<'GET /jobs'>[number]

/** One stage of a job, in milliseconds since 1970 on the account's clock. */
export interface Span {
  name: string
  from: number
  until: number
  is: 'over' | 'now' | 'ahead' | 'waiting' | 'failed'
}

const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time))

/** The stages of a job, in order. A job that waits or is held is as long as it has been so far. */
export function spansOf(job: JobInfo, kind: JobKindInfo | undefined, now: number): Span[] {
  const stages = kind?.stages ?? [{ name: job.stage, duration: 0 }]
  const current = Math.max(
    0,
    stages.findIndex(({ name }) => name === job.stage),
  )
  const [submitted, ended, due, held] = [at(job.submittedAt) as number, at(job.endedAt), at(job.dueAt), at(job.held)]
  const isWaiting = job.queue?.place === 'waiting'
  const spans: Span[] = []
  let from = submitted
  for (const { name, duration } of stages.slice(0, current)) {
    spans.push({ name, from, until: from + duration, is: 'over' })
    from += duration
  }
  const own = stages[current]?.duration ?? 0
  const start = ended === undefined && due !== undefined && !isWaiting ? Math.max(from, due - own) : from
  // What lies between is the time that it waited, or was held.
  if (start > from && spans.length > 0) spans.push({ name: '', from, until: start, is: 'waiting' })
  if (ended !== undefined) {
    spans.push({ name: job.stage, from: Math.min(start, ended), until: ended, is: job.ending === 'succeeded' ? 'over' : 'failed' })
    return spans
  }
  if (held !== undefined || isWaiting) {
    const usual = Math.min(start + own, held ?? now)
    spans.push(
      { name: job.stage, from: start, until: usual, is: isWaiting ? 'over' : 'now' },
      { name: '', from: usual, until: Math.max(now, usual), is: 'waiting' },
    )
    return spans
  }
  let until = due ?? start + own
  spans.push({ name: job.stage, from: start, until, is: 'now' })
  for (const { name, duration } of stages.slice(current + 1)) {
    spans.push({ name, from: until, until: until + duration, is: 'ahead' })
    until += duration
  }
  return spans
}

/** The same of a job that was asked for by itself: as it has been, and not only as its kind says. */
export function spansOfTimeline(timeline: AnswerTo<'GET /jobs/{id}'>['timeline'], ending: JobInfo['ending'], now: number): Span[] {
  const kinds = { passed: 'over', running: 'now', waiting: 'waiting', held: 'waiting', planned: 'ahead' } as const
  const spans = timeline.flatMap(({ stage: name, state, from, until }): Span[] => {
    const start = at(from)
    return start === undefined ? [] : [{ name, from: start, until: Math.max(at(until) ?? now, start), is: kinds[state] }]
  })
  const last = spans.at(-1)
  if (last && ending !== undefined && ending !== 'succeeded') last.is = 'failed'
  return spans
}

/** How far a job has come in its stage, from 0 to 1. */
export function progressOf(spans: readonly Span[], now: number): number | undefined {
  const current = spans.find(({ is }) => is === 'now')
  if (current === undefined) return undefined
  const { from, until } = current
  return until > from ? Math.min(Math.max((now - from) / (until - from), 0), 1) : 1
}

/** From when to when all of it is. */
export const extentOf = (spans: readonly Span[]): [from: number, until: number] => [
  Math.min(...spans.map(({ from }) => from)),
  Math.max(...spans.map(({ until }) => until)),
]
