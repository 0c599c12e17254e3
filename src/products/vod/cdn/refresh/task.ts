/** Tasks of refreshing and preloading files: one for each URL. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { yieldToOthers } from '../../../../base/clock.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import type { Job, JobError } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { ofNoApp } from '../../shared/apps/rule.js'
import type { Domain } from '../../shared/domains/domain.js'
import { stateOf } from '../../shared/records.js'
import { forgetOldest } from '../../shared/service/forget-oldest.js'
import { startOfDay } from '../../shared/traffic/slices.js'
import { filePathOf } from '../playout/authenticate.js'
import { dropCopies, keepCopy } from '../playout/cache.js'
import { objectAt } from '../playout/find.js'

/** A URL under a domain of the account. */
export interface Target {
  /** With its scheme. */
  url: string
  domain: Domain
}

/** What is done, as the service writes it. */
export const taskTypes = ['file', 'directory', 'preload'] as const

/** See {@link taskTypes}. */
export type TaskType = (typeof taskTypes)[number]

const taskSchema = z.object({
  /** Ten digits; also the id of its job. */
  taskId: z.string(),
  type: z.enum(taskTypes),
  url: z.string(),
  domain: z.string(),
  status: z.enum(['Pending', 'Refreshing', 'Complete', 'Failed']),
  /** Why it has failed. */
  description: z.string().optional(),
  createdAt: timestampSchema,
  completedAt: timestampSchema.optional(),
})

/** See {@link taskSchema}. */
export type RefreshTask = z.output<typeof taskSchema>

/** Of what type, on which day; and of those that are under way, for which domain. */
const dayKey = (type: TaskType, at: number): string => `${type} ${startOfDay(at)}`
const queueKey = (type: TaskType, domain: string): string => `${type} ${domain}`

export const refreshRecords = {
  refreshTasks: {
    name: 'vod.refreshTasks',
    schema: taskSchema,
    keyOf: ({ taskId }: RefreshTask) => taskId,
    indexes: {
      state: stateOf,
      day: ({ type, createdAt }: RefreshTask) => dayKey(type, createdAt),
      queue: ({ type, domain, completedAt }: RefreshTask) => (completedAt === undefined ? queueKey(type, domain) : undefined),
      url: ({ url }: RefreshTask) => url,
    },
    app: ofNoApp,
  },
}

/** How many tasks of a type were created on the day of an instant. */
export const countOfDay = ({ vod }: Account, type: TaskType, at: number): number => vod.refreshTasks.countBy('day', dayKey(type, at))

/** How many tasks of a type are under way for a domain. */
export const countUnderWay = ({ vod }: Account, type: TaskType, domain: string): number =>
  vod.refreshTasks.countBy('queue', queueKey(type, domain))

/** Errors of jobs, whose messages are what a task says of itself. */
const failures = {
  InternalError: { status: 500, message: 'Internal Error' },
  OriginTimeout: { status: 504, message: 'Origin Timeout' },
  OriginStatus5XX: { status: 502, message: 'Origin Return StatusCode 5XX' },
} as const

const failure = (code: keyof typeof failures, reason?: string): JobError => ({
  code,
  message: failures[code].message,
  ...(reason && { reason }),
})

const kindOf = (action: string, work: JobKind['work']): JobKind => ({
  name: `vod.${action}`,
  stages: [
    {
      name: 'Pending',
      duration: '1s',
      work(account, { id }) {
        account.vod.refreshTasks.update(id, (draft) => {
          draft.status = 'Refreshing'
        })
        return undefined
      },
    },
    { name: 'Refreshing', duration: '4s' },
  ],
  timeout: '1h',
  attempts: 1,
  errors: failures,
  failure: failure('InternalError'),
  faultParams: { ObjectPath: ({ vod }, { id }) => vod.refreshTasks.get(id)?.url },
  ...(work && { work }),
  ended: finish,
})

export const refreshing = kindOf('RefreshVodObjectCaches', (account, job) => {
  const { type, url } = account.vod.refreshTasks.get(job.id) ?? {}
  if (url === undefined) return { result: null }
  const { host, path } = placeOf(account, url)
  return originFailure(account, url) ?? done(() => dropCopies(account, host, path, type === 'directory'))
})

export const preloading = kindOf('PreloadVodObjectCaches', (account, job) => {
  const { url = '' } = account.vod.refreshTasks.get(job.id) ?? {}
  const { host, path, query } = placeOf(account, url)
  const domain = account.playDomains.ofHost(host)
  const object = objectAt({ account, path })
  const failed = originFailure(account, url)
  if (failed) return failed
  if (object === undefined || domain === undefined) return { failed: failure('InternalError', `no storage of the account has ${path}`) }
  return done(() => keepCopy(account, { domain, host, path, query }, object))
})

/** Where the nodes have the file of a URL: under its host, whatever the port and the proof of who may have it. */
function placeOf({ playDomains }: Account, url: string): { host: string; path: string; query: ReadonlyMap<string, string> } {
  const { hostname, pathname, searchParams } = new URL(url)
  return { host: hostname, path: filePathOf(playDomains.hostOf(hostname)?.auth, pathname), query: new Map(searchParams) }
}

function done(work: () => unknown): Outcome {
  work()
  return { result: null }
}

/** What a test has declared to be wrong with a file shows at the origin, too. */
function originFailure({ assetOf }: Account, url: string): Outcome | undefined {
  const defect = assetOf(url)?.defect
  if (defect === undefined) return undefined
  const code = defect === 'never finishes' ? 'OriginTimeout' : defect === 'cannot be downloaded' ? 'OriginStatus5XX' : 'InternalError'
  return { failed: failure(code, `the file ${defect}`) }
}

function finish({ vod, clock }: Account, { id, ending, error }: Job): void {
  vod.refreshTasks.update(id, (draft) => {
    draft.status = ending === 'succeeded' ? 'Complete' : 'Failed'
    if (ending !== 'succeeded') draft.description = error?.message ?? failures.OriginTimeout.message
    draft.completedAt = clock.now()
  })
}

/** Tasks that are started before others have their turn. */
const AT_ONCE = 100

/** Starts a task for each target; answers with their ids, in this order. */
export async function startTasks(account: Account, type: TaskType, targets: readonly Target[]): Promise<string[]> {
  const { vod, clock, ids, jobs } = account
  const taskIds: string[] = []
  for (const { url, domain } of targets) {
    const taskId = ids.digits(10)
    vod.refreshTasks.put({ taskId, type, url, domain: domain.name, status: 'Pending', createdAt: clock.now() })
    await jobs.start(type === 'preload' ? preloading : refreshing, taskId, {})
    taskIds.push(taskId)
    if (taskIds.length % AT_ONCE === 0) await yieldToOthers()
  }
  forgetOldest(vod.refreshTasks)
  return taskIds
}

/** How far a task is, in percent. */
export function progressOf({ jobs, clock }: Account, { taskId, status }: RefreshTask): number {
  if (status === 'Complete') return 100
  const { span } = jobs.get(taskId) ?? {}
  if (status !== 'Refreshing' || span === undefined || span.until <= span.from) return 0
  return Math.min(99, Math.max(0, Math.floor(((clock.now() - span.from) / (span.until - span.from)) * 100)))
}
