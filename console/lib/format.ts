/** The one place where values become text. Times are those of the account's clock, in UTC. */

import { language } from './prefs.js'

/** `2026-01-01T00:10:00.000Z` or milliseconds as the time of day: `00:10:00.000`. */
export const timeOfDay = (time: string | number): string => isoOf(time).slice(11, 23)

/** `00:10:00` */
export const shortTime = (time: string | number): string => isoOf(time).slice(11, 19)

/** `2026-01-01` */
export const day = (time: string | number): string => isoOf(time).slice(0, 10)

/** `2026-01-01 00:10:00` */
export const dateTime = (time: string | number): string => isoOf(time).slice(0, 19).replace('T', ' ')

function isoOf(time: string | number): string {
  const instant = new Date(time)
  return Number.isNaN(instant.getTime()) ? String(time) : instant.toISOString()
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** `28.3 KB` */
export function bytes(count: number): string {
  let [value, unit] = [count, 0]
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${UNITS[unit]}`
}

/** `1h 3m`, `2.5s`, `40ms` */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds < 10 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)}ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${Number(seconds.toFixed(1))}s`
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const
  const parts: string[] = []
  let left = Math.round(seconds)
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.slice(0, 2).join(' ')
}

/** `0:02`, as players write it; of seconds. */
export function playingTime(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** `1,234` */
export const count = (value: number): string => value.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en-US')

/** `¥0.0042` */
export const yuan = (value: number): string => `¥${value === 0 ? '0' : value.toFixed(value < 1 ? 4 : 2)}`

/** Ids in lists, where the beginning is enough to tell them apart. */
export const shortId = (id: string): string => (id.length > 12 ? id.slice(0, 8) : id)

/** `acs:ram::1234567890123456:user/alice` as `user/alice`. */
export const shortArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1)

/** What a secret looks like until somebody asks for it. */
export const mask = (secret: string): string => '•'.repeat(Math.min(secret.length, 20))

/** The last part of a path. */
export const nameOf = (path: string): string => path.replace(/\/$/, '').slice(path.replace(/\/$/, '').lastIndexOf('/') + 1)

/** JSON for people. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2) ?? ''
