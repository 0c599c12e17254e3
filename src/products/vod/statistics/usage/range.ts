/** What the Actions about usage have in common: times, regions, slices of time, errors (manual 14.1). */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { oneOf, text, utcTime } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { throttling } from '../../cdn/common/errors.js'
import { startOfSlice } from '../../shared/traffic/slices.js'

const DAY = 86_400_000

/** Seconds of the slices, by their names. */
const SECONDS = { hour: 3600, day: 86_400 } as const

/** How long the slices of an answer are. */
export type IntervalName = keyof typeof SECONDS

/** What was used in up to so many days is told by the hour, all else by the day. */
const DAYS_BY_HOUR = 7

/** How far from each other StartTime and EndTime may be. */
const MAX_DAYS = 31

/** Errors for times that cannot be. */
export const timeErrors = {
  InvalidParameterStartTime: { status: 400, message: 'Invalid Parameter StartTime.' },
  InvalidParameterEndTime: { status: 400, message: 'Invalid Parameter EndTime.' },
  InvalidTimeRange: { status: 400, message: 'StartTime and EndTime range should less than 1 month.' },
} as const satisfies ErrorTable

/** Errors of the Actions that tell of storages, transcoding and AI. */
export const usageErrors = {
  ...throttling,
  InvalidParameterAliUid: { status: 400, message: 'Invalid Parameter AliUid.' },
  ...timeErrors,
  InvalidParameterRegion: { status: 400, message: 'Invalid Parameter Region.' },
} as const satisfies ErrorTable

export const timeParams = {
  StartTime: utcTime({ codes: { format: 'InvalidParameterStartTime' } }),
  EndTime: utcTime({ codes: { format: 'InvalidParameterEndTime' } }),
}

const regions = ['cn-shanghai', 'cn-beijing', 'eu-central-1', 'ap-southeast-1'] as const

/** Regions, all of them unless some are named. */
export const regionParam = () => csv(oneOf(regions), { codes: { value: 'InvalidParameterRegion' } }).optional()

/** Names of buckets, all of them unless some are named. Those that the account does not have hold nothing. */
export const bucketsParam = () => csv(text({ maxLength: 63 }), { maxItems: 100, ownLimit: true }).optional()

/** The account whose usage is asked for, as old clients send it: the AliUid that the errors speak of. */
export const ownerParam = () =>
  paramType({ type: 'Long', codes: { format: 'InvalidParameterAliUid' } }, (value) =>
    /^\d{1,20}$/.test(value) ? value : new Violated('format', 'is not the id of an account'),
  ).optional()

/** Refuses to tell of the usage of somebody else. */
export function checkOwner(
  { OwnerId }: { OwnerId?: string | undefined },
  { accountId }: Account,
  fail: (code: 'InvalidParameterAliUid', refusal: Refusal) => never,
): void {
  if (OwnerId !== undefined && OwnerId !== accountId)
    fail('InvalidParameterAliUid', { param: 'OwnerId', reason: `is not ${accountId}, the id of the account that calls` })
}

type Fail = (code: keyof typeof timeErrors, refusal: Refusal) => never

/** Refuses times that are the wrong way round, or too far from each other. */
export function checkRange({ StartTime, EndTime }: { StartTime: number; EndTime: number }, maxDays: number, fail: Fail): void {
  if (EndTime <= StartTime) fail('InvalidParameterEndTime', { param: 'EndTime', reason: 'is not later than StartTime' })
  if (EndTime - StartTime > maxDays * DAY)
    fail('InvalidTimeRange', { param: 'StartTime', reason: `is more than ${maxDays} days before EndTime` })
}

/** One slice of time, in milliseconds since 1970; `until` is not in it any more. */
export interface Slice {
  at: number
  until: number
  /** As the service writes it. */
  TimeStamp: string
}

/** The slices that an answer has, and their length: without gaps, those that have not begun left out. */
export function slicesOf(
  { clock }: Account,
  input: { StartTime: number; EndTime: number },
  fail: Fail,
  asked?: IntervalName,
): { DataInterval: IntervalName; slices: Slice[] } {
  checkRange(input, MAX_DAYS, fail)
  const { StartTime, EndTime } = input
  // What is asked for goes before what the length of time says: the manual does not tell which does.
  const DataInterval = asked ?? (EndTime - StartTime <= DAYS_BY_HOUR * DAY ? 'hour' : 'day')
  const seconds = SECONDS[DataInterval]
  const end = Math.min(EndTime, clock.now() + 1)
  const slices: Slice[] = []
  for (let at = startOfSlice(StartTime, seconds); at < end; at += seconds * 1000)
    slices.push({ at, until: at + seconds * 1000, TimeStamp: toUtcSeconds(at) })
  return { DataInterval, slices }
}
