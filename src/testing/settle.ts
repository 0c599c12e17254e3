/** The check at the end of a test: has everything come to its end, and was everything used that was arranged? */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { toIso } from '../base/times.js'
import type { EventRecord } from '../events/record.js'

/** What is looked at. */
export const settleKinds = ['unusedFaults', 'unfinishedJobs', 'undeliveredCallbacks', 'throttledNeverRetried', 'unknownParams'] as const

/** One of the things that are looked at. */
export type SettleKind = (typeof settleKinds)[number]

const kindsSchema = z.array(z.enum(settleKinds))

/** What to look at: only some things, or all but some. */
export const settleSchema = z.strictObject({ only: kindsSchema.optional(), ignore: kindsSchema.optional() })

/** See {@link settleSchema}. */
export type SettleOptions = z.input<typeof settleSchema>

interface Found {
  /** What is wrong, and what to do about it. */
  problem: string
}

/** A fault that was set and has not happened. */
export interface UnusedFault extends Found {
  id: string
  /** How often something matched it. */
  matched: number
}

/** A job that has not ended. */
export interface UnfinishedJob extends Found {
  id: string
  kind: string
  stage: string
  /** RequestId of the call that it goes back to. */
  cause?: string
  /** Of a job that is held on purpose: the fault that holds it, or `the test`. */
  heldBy?: string
}

/** An event notification that has not arrived. */
export interface UndeliveredCallback extends Found {
  id: string
  type: string
  /** RequestId of the call that it goes back to. */
  cause?: string
  attempts: number
}

/** A call that was throttled and never made again with success. */
export interface ThrottledCall extends Found {
  action: string
  /** RequestId of the first such call. */
  requestId: string
  calls: number
}

/** A parameter that was sent and that the Action does not know. */
export interface UnknownParamSent extends Found {
  action: string
  param: string
  /** RequestId of the first such call. */
  requestId: string
  calls: number
}

/** What the check has found; what was not looked at is empty. */
export interface SettleReport {
  /** True if there is no problem. */
  ok: boolean
  /** All problems, each in one line. */
  problems: string[]
  unusedFaults: UnusedFault[]
  unfinishedJobs: UnfinishedJob[]
  undeliveredCallbacks: UndeliveredCallback[]
  throttledNeverRetried: ThrottledCall[]
  unknownParams: UnknownParamSent[]
}

/** Waits for deliveries that are under way, and looks at what is left over. Throws a `ZodError` if the options cannot be. */
export async function settle(account: Account, options: SettleOptions = {}): Promise<SettleReport> {
  const { only = settleKinds, ignore = [] } = settleSchema.parse(options)
  await account.clock.settle()
  const find = <Item extends Found>(kind: SettleKind, items: (account: Account) => Item[]): Item[] =>
    only.includes(kind) && !ignore.includes(kind) ? items(account) : []
  const found = {
    unusedFaults: find('unusedFaults', unusedFaults),
    unfinishedJobs: find('unfinishedJobs', unfinishedJobs),
    undeliveredCallbacks: find('undeliveredCallbacks', undeliveredCallbacks),
    throttledNeverRetried: find('throttledNeverRetried', throttledNeverRetried),
    unknownParams: find('unknownParams', unknownParams),
  }
  const problems = Object.values(found).flatMap((items: readonly Found[]) => items.map(({ problem }) => problem))
  return { ok: problems.length === 0, problems, ...found }
}

function unusedFaults({ faults }: Account): UnusedFault[] {
  return faults
    .list()
    .filter(({ applied }) => applied === 0)
    .map(({ id, matched, applied: _, ...fault }) => {
      const why = matched === 0 ? 'nothing matched it' : `it was matched ${times(matched)}, which "after" or "every" let pass`
      return { id, matched, problem: `fault ${id} ${JSON.stringify(fault)} was never applied: ${why}` }
    })
}

function unfinishedJobs({ jobs, clock }: Account): UnfinishedJob[] {
  const hint = clock.mode === 'manual' ? 'the clock stands still until it is advanced' : 'wait for it, or advance the clock'
  return jobs.records.list({ by: { state: 'unfinished' } }).rows.map(({ id, kind, stage, cause, submittedAt, dueAt, held, fault }) => {
    const heldBy = held === undefined ? undefined : (fault ?? 'the test')
    const due = dueAt === undefined ? '' : `it goes on at ${toIso(dueAt)}; `
    const left = heldBy === undefined ? `${due}${hint}` : `it is held there on purpose, by ${heldBy}`
    return {
      id,
      kind,
      stage,
      ...(cause !== undefined && { cause }),
      ...(heldBy !== undefined && { heldBy }),
      problem: `job ${id} (${kind}), submitted at ${toIso(submittedAt)}, is still ${stage}: ${left}`,
    }
  })
}

function undeliveredCallbacks({ events }: Account): UndeliveredCallback[] {
  return events
    .list()
    .filter(({ state }) => state === 'due' || state === 'dropped')
    .map(({ id, type, cause, attempts, state, dueAt, route }) => {
      const to = route.to === 'HTTP' ? route.url : route.to === 'MNS' ? `queue ${route.queue}` : 'nobody'
      const left = state === 'due' ? `the next attempt is due at ${toIso(dueAt)}` : 'it was given up'
      return {
        id,
        type,
        ...(cause !== undefined && { cause }),
        attempts: attempts.length,
        problem: `callback ${type} ${id} has not arrived at ${to}: ${left} (${attemptsOf(attempts)})`,
      }
    })
}

function attemptsOf(attempts: EventRecord['attempts']): string {
  if (attempts.length === 0) return 'not tried yet'
  return `${times(attempts.length)} tried: ${attempts.map(({ status, error }) => error ?? status).join(', ')}`
}

function throttledNeverRetried({ log }: Account): ThrottledCall[] {
  return log.watch.throttled.map(({ action, calls, requestId, at }) => ({
    action,
    requestId,
    calls,
    problem: `${action} was throttled ${times(calls)} (last at ${toIso(at)}, first RequestId ${requestId}) and never made again with success with the same parameters`,
  }))
}

function unknownParams({ log }: Account): UnknownParamSent[] {
  return log.watch.unknownParams.map(({ action, param, calls, requestId }) => ({
    action,
    param,
    requestId,
    calls,
    problem: `${action} knows no parameter ${param}, which was sent ${times(calls)} (first RequestId ${requestId})`,
  }))
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

/**
 * The check at the end of a test: waits for deliveries that are under way, and reports unused faults, unfinished jobs, undelivered callbacks,
 * throttled calls that nobody made again, and parameters that no Action knows. Rejects with a `ZodError` if the options cannot be.
 */
export type Settle = (options?: SettleOptions) => Promise<SettleReport>

export const settlePart = definePart({
  name: 'settle',
  needs: ['faults', 'jobs', 'events', 'log'],
  create:
    (account): Settle =>
    (options) =>
      settle(account, options),
})
