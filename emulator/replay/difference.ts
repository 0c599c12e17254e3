/** The first place at which two replies differ. */

import type { ContentJson, EventOf } from '../record/format.js'
import { bytesOf } from '../record/format.js'

/** A reply as a recording has it, its bytes included. */
export type Answer = Pick<EventOf<'reply'>, 'status' | 'headers' | 'rest'> & { body: ContentJson | undefined }

/** Where two replies differ, and what stands there. */
export interface ReplyDifference {
  /** `the status`, `the header etag`, `the body at byte 120 ($.VideoBase.Status)`. */
  where: string
  expected: string
  actual: string
}

/** Bytes shown before a difference, and from there on. */
const BEFORE = 24
const AFTER = 56

/** Compares a reply with the one that was recorded; `undefined` if they are the same. */
export function differenceOf(expected: Answer, actual: Answer): ReplyDifference | undefined {
  if (expected.status !== actual.status) return { where: 'the status', expected: String(expected.status), actual: String(actual.status) }
  const rest = [expected.rest, actual.rest].map((each) => JSON.stringify(each)) as [string, string]
  if (rest[0] !== rest[1]) return { where: 'what happens to the connection', expected: rest[0], actual: rest[1] }
  for (const name of [...new Set([...Object.keys(expected.headers), ...Object.keys(actual.headers)])].sort()) {
    const [before, now] = [expected.headers, actual.headers].map((headers) => (Object.hasOwn(headers, name) ? headers[name] : undefined))
    if (before !== now) return { where: `the header ${name}`, expected: before ?? 'not there', actual: now ?? 'not there' }
  }
  return expected.body && actual.body && bodyDifference(expected.body, actual.body)
}

function bodyDifference(expected: ContentJson, actual: ContentJson): ReplyDifference | undefined {
  if ('sha256' in expected || 'sha256' in actual) {
    const [before, now] = [describe(expected), describe(actual)]
    return before === now ? undefined : { where: 'the body', expected: before, actual: now }
  }
  const [before, now] = [bytesOf(expected), bytesOf(actual)]
  if (before.equals(now)) return undefined
  let at = 0
  while (at < before.byteLength && at < now.byteLength && before[at] === now[at]) at++
  const path = pathOf(before.toString(), now.toString())
  return {
    where: `the body at byte ${at}${path === undefined ? '' : ` (${path})`}`,
    expected: excerpt(before, at),
    actual: excerpt(now, at),
  }
}

const describe = (body: ContentJson): string =>
  'sha256' in body ? `${body.size} bytes with the SHA-256 ${body.sha256}` : `${bytesOf(body).byteLength} bytes`

function excerpt(bytes: Buffer, at: number): string {
  const [start, end] = [Math.max(at - BEFORE, 0), Math.min(at + AFTER, bytes.byteLength)]
  const shown = bytes
    .subarray(start, end)
    .toString()
    .replace(/\p{Cc}/gu, '\uFFFD')
  return `${start > 0 ? '…' : ''}${shown}${end < bytes.byteLength ? '…' : ''}`
}

/** Path of the first value that differs, if both are JSON. */
function pathOf(expected: string, actual: string): string | undefined {
  try {
    return walk(JSON.parse(expected), JSON.parse(actual), '$')
  } catch {
    return undefined
  }
}

function walk(expected: unknown, actual: unknown, path: string): string | undefined {
  if (!isObject(expected) || !isObject(actual)) return Object.is(expected, actual) ? undefined : path
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const below = walk(expected[name], actual[name], Array.isArray(expected) ? `${path}[${name}]` : `${path}.${name}`)
    if (below !== undefined) return below
  }
  return undefined
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
