/** Instants as text, in the forms that the services and protocols have: milliseconds since 1970 on one side. */

import { rememberingLatest } from './lazily.js'

/** `2026-01-01T00:00:00.000Z` for an instant in milliseconds since 1970. */
export const toIso = (instant: number): string => new Date(instant).toISOString()

const SECONDS_PER_DAY = 86_400

/** `2026-01-01T`, by the number of the day: most of what is written is of the present one. */
const textOfDay = rememberingLatest((day: number) => toIso(1000 * SECONDS_PER_DAY * day).slice(0, -'00:00:00.000Z'.length))

/** `00` to `59` */
const SIXTY = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

/** `2026-01-01T00:00:00Z`: the form in which the services write UTC times. */
export function toUtcSeconds(instant: number): string {
  const seconds = Math.floor(instant / 1000)
  const day = Math.floor(seconds / SECONDS_PER_DAY)
  const second = seconds - day * SECONDS_PER_DAY
  return `${textOfDay(day)}${SIXTY[Math.floor(second / 3600)]}:${SIXTY[Math.floor(second / 60) % 60]}:${SIXTY[second % 60]}Z`
}

/** `2026-01-01T08:00:00.000`: the time in China, eight hours ahead of UTC all year. */
export const toChinaIso = (instant: number): string => toIso(instant + 8 * 3_600_000).slice(0, -1)

/** `Thu, 01 Jan 2026 00:00:00 GMT`: the form of times in HTTP headers. */
export const toHttpDate = (instant: number): string => new Date(instant).toUTCString()

/** Milliseconds since 1970 of a time in an HTTP header, or `undefined` if it is not one. */
export function fromHttpDate(text: string): number | undefined {
  const instant = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(instant) ? undefined : instant
}

/** Milliseconds since 1970 of an ISO 8601 UTC time such as `2026-01-01T00:00:00Z` (fraction optional), or `undefined` if it is not one. */
export function fromIso(text: string): number | undefined {
  // Nearly all are of this form, and every month has 28 days.
  if (/^[12]\d{3}-\d\d-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):\d\d:\d\dZ$/.test(text)) {
    const instant = Date.parse(text)
    return Number.isNaN(instant) ? undefined : instant
  }
  // The manuals' own examples have months and days of one digit (2017-3-29T12:00:00Z).
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3})\d*)?Z$/.exec(text)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[7] ?? '0').padEnd(3, '0')))
  const date = new Date(instant)
  // Date.UTC takes the year 50 for 1950, and February 30 for March 2.
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  return exists ? instant : undefined
}
