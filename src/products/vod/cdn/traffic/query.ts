/** What DescribeVodDomainTrafficData and DescribeVodDomainBpsData are asked: domains, times, how fine (manual 13.1). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { text, utcTime } from '../../../../params/scalars.js'
import type { Domain } from '../../shared/domains/domain.js'
import type { TrafficSlice } from '../../shared/traffic/traffic.js'
import { domainNamed, knownDomains } from '../common/errors.js'

const DAY = 86_400_000

/** How far from each other StartTime and EndTime may be, and how long ago what was played may be that is told of. */
const MAX_DAYS = 90

/** Seconds of a slice, by days that are asked for: the first is the default. */
const intervalsFor = (days: number): readonly number[] => (days < 3 ? [300, 3600, 86_400] : days < 31 ? [3600, 86_400] : [86_400])

/** The carrier and the region that all players are with. */
const PLACE = { isp: 'alibaba', locations: ['shanghai', 'cn-shanghai'] }

export const trafficParams = {
  DomainName: knownDomains().optional(),
  StartTime: utcTime({ codes: { format: 'InvalidStartTime.Malformed' } }).optional(),
  EndTime: utcTime({ codes: { format: 'InvalidEndTime.Malformed' } }).optional(),
  /** Seconds; what does not fit the time asked for is as good as nothing. */
  Interval: text({ maxLength: 16, ownLimit: true }).optional(),
  IspNameEn: text({ maxLength: 64, ownLimit: true }).optional(),
  LocationNameEn: text({ maxLength: 64, ownLimit: true }).optional(),
}

/** Values of one slice of time, as text. */
export const dataModule = z.object({
  TimeStamp: z.string(),
  Value: z.string(),
  DomesticValue: z.string(),
  OverseasValue: z.string(),
  HttpsValue: z.string(),
  HttpsDomesticValue: z.string(),
  HttpsOverseasValue: z.string(),
})

interface TrafficInput {
  DomainName?: string[] | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  Interval?: string | undefined
  IspNameEn?: string | undefined
  LocationNameEn?: string | undefined
}

type RangeCode = 'MissingParameter' | 'InvalidEndTime.Mismatch' | 'InvalidStartTime.ValueNotSupported' | 'InvalidDomain.NotFound'

/** What was asked for, in full. */
export interface TrafficQuery {
  domains: Domain[]
  /** The names of those that were asked for, each once, joined with commas; empty where all are meant. */
  named: string
  from: number
  to: number
  /** Seconds. */
  interval: number
}

/** Reads what is asked for. */
export function readQuery(account: Account, input: TrafficInput, fail: (code: RangeCode, refusal: Refusal) => never): TrafficQuery {
  const { DomainName, StartTime, EndTime, Interval } = input
  const given = [StartTime, EndTime].filter((time) => time !== undefined).length
  const lacking = StartTime === undefined ? 'StartTime' : 'EndTime'
  if (given === 1)
    fail('MissingParameter', { param: lacking, message: 'StartTime and EndTime can not be single.', reason: 'is missing beside the other' })
  const now = account.clock.now()
  const [from, to] = [StartTime ?? now - DAY, EndTime ?? now]
  if (to <= from) fail('InvalidEndTime.Mismatch', { param: 'EndTime', reason: 'is not later than StartTime' })
  if (to - from > MAX_DAYS * DAY)
    fail('InvalidStartTime.ValueNotSupported', { param: 'StartTime', reason: `is more than ${MAX_DAYS} days before EndTime` })
  const asked = DomainName && [...new Set(DomainName.map((name) => domainNamed(account, name, fail)))]
  const domains = asked ?? account.playDomains.all()
  const intervals = intervalsFor((to - from) / DAY)
  const interval = intervals.find((seconds) => String(seconds) === Interval) ?? (intervals[0] as number)
  return { domains, named: (asked ?? []).map(({ name }) => name).join(','), from, to, interval }
}

/** The same slices for players of each part of the world: a domain has nodes in one of them, or its players are in mainland China. */
export interface TrafficByPlace {
  /** Milliseconds since 1970. */
  at: number
  all: Bytes
  domestic: Bytes
  overseas: Bytes
}

type Bytes = Pick<TrafficSlice, 'bytes' | 'httpsBytes'>

/** What was played in each slice of time. Players are all with one carrier in one region; with another, nobody has played anything. */
export function trafficOf(account: Account, { domains, from, to, interval }: TrafficQuery, input: TrafficInput): TrafficByPlace[] {
  const { IspNameEn: isp, LocationNameEn: location } = input
  const isElsewhere =
    (isp !== undefined && isp.toLowerCase() !== PLACE.isp) || (location !== undefined && !PLACE.locations.includes(location.toLowerCase()))
  const counted = isElsewhere ? [] : domains
  const since = account.clock.now() - MAX_DAYS * DAY
  const sumOf = (some: Domain[]) =>
    account.traffic.sum(
      { from, to, since },
      interval,
      some.map(({ name }) => name),
    )
  const domestic = sumOf(counted.filter(({ scope }) => scope !== 'overseas'))
  const overseas = sumOf(counted.filter(({ scope }) => scope === 'overseas'))
  return domestic.map((slice, index) => byPlace(slice, overseas[index] as TrafficSlice))
}

const byPlace = (domestic: TrafficSlice, overseas: TrafficSlice): TrafficByPlace => ({
  at: domestic.at,
  all: { bytes: domestic.bytes + overseas.bytes, httpsBytes: domestic.httpsBytes + overseas.httpsBytes },
  domestic,
  overseas,
})

/** The values of a slice, each written as `write` does it. */
export function moduleOf({ at, all, domestic, overseas }: TrafficByPlace, write: (bytes: number) => string): z.input<typeof dataModule> {
  return {
    TimeStamp: toUtcSeconds(at),
    Value: write(all.bytes),
    DomesticValue: write(domestic.bytes),
    OverseasValue: write(overseas.bytes),
    HttpsValue: write(all.httpsBytes),
    HttpsDomesticValue: write(domestic.httpsBytes),
    HttpsOverseasValue: write(overseas.httpsBytes),
  }
}
