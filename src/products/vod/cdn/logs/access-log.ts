/** Access logs of domains: a line for each request, and a file for each hour. */

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { ApiError } from '../../../../base/errors.js'
import { fingerprint } from '../../../../base/ids.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { toChinaIso } from '../../../../base/times.js'
import type { Call } from '../../../../http/call.js'
import { ofNoApp } from '../../shared/apps/rule.js'
import { fileSchema } from '../../shared/media/file.js'
import { startOfSlice } from '../../shared/traffic/slices.js'

const compress = promisify(gzip)

/** Seconds that a file is about. */
const HOUR = 3600

/** Lines that wait for their hour to be over; beyond that they go into a file before it is. */
const MAX_LINES = 10_000

/** Files that an account keeps; beyond that the oldest are deleted. */
const MAX_FILES = 1000

const lineSchema = z.object({
  requestId: z.string(),
  domain: z.string(),
  /** When its hour began, in milliseconds since 1970, as all instants here. */
  hour: timestampSchema,
  text: z.string(),
})

type Line = z.output<typeof lineSchema>

const logFileSchema = z.object({
  /** `vod.example.com_2026_01_01_080000_090000.gz` */
  name: z.string(),
  domain: z.string(),
  from: timestampSchema,
  until: timestampSchema,
  /** Bytes. */
  size: z.int(),
  file: fileSchema,
})

/** A file with lines of one hour. */
export type LogFile = z.output<typeof logFileSchema>

export const logRecords = {
  logLines: { name: 'vod.logLines', schema: lineSchema, keyOf: ({ requestId }: Line) => requestId, app: ofNoApp },
  logFiles: {
    name: 'vod.logFiles',
    schema: logFileSchema,
    keyOf: ({ name }: LogFile) => name,
    indexes: { domain: ({ domain }: LogFile) => domain },
    app: ofNoApp,
  },
}

/** One request and its answer. */
export interface Access {
  requestId: string
  domain: string
  at: number
  /** Without what proves who may have it. */
  url: string
  address: string | undefined
  call: Call
  status: number
  /** Of the answer's body. */
  bytes: number
  /** Of the answer. */
  headers: Readonly<Record<string, string>>
}

/** Writes a line about a request. */
export async function writeAccess(account: Account, access: Access): Promise<void> {
  const { requestId, domain, at } = access
  account.vod.logLines.put({ requestId, domain, hour: startOfSlice(at, HOUR), text: lineOf(access) })
  if (account.vod.logLines.count > MAX_LINES) await storeLogs(account, Number.POSITIVE_INFINITY)
}

/** Stores the lines of hours that were over at an instant. */
export async function storeLogs(account: Account, now: number): Promise<void> {
  const { logLines } = account.vod
  const hours = new Map<string, Line[]>()
  for (const line of logLines.list({ where: ({ hour }) => hour + HOUR * 1000 <= now }).rows) {
    const id = `${line.domain} ${line.hour}`
    const lines = hours.get(id)
    if (lines) lines.push(line)
    else hours.set(id, [line])
  }
  for (const lines of hours.values()) {
    await storeHour(account, lines)
    for (const { requestId } of lines) logLines.delete(requestId)
  }
}

async function storeHour(account: Account, lines: readonly Line[]): Promise<void> {
  const { oss, vod, accountId } = account
  const [{ domain, hour }] = lines as readonly [Line, ...Line[]]
  const until = hour + HOUR * 1000
  const name = nameOf(account, domain, hour, until)
  const file = { bucket: `cdnlog-${fingerprint(accountId, 'cdnlog').slice(0, 32)}`, key: `${domain}/${dayOf(hour)}/${name}` }
  const bytes = await compress(lines.map(({ text }) => `${text}\n`).join(''))
  try {
    oss.createBucket(file.bucket, 'cn-shanghai')
    await oss.putObject(file.bucket, file.key, bytes, { contentType: 'application/gzip' })
  } catch (error) {
    // Where there is no room for it, there is no log.
    if (error instanceof ApiError) return
    throw error
  }
  vod.logFiles.put({ name, domain, from: hour, until, size: bytes.length, file })
  const excess = vod.logFiles.list({ take: Math.max(0, vod.logFiles.count - MAX_FILES) }).rows
  for (const { name: oldest, file: gone } of excess) {
    oss.delete(gone.bucket, gone.key)
    vod.logFiles.delete(oldest)
  }
}

/** Names and folders of files go by the time in China. */
const dayOf = (instant: number): string => toChinaIso(instant).slice(0, 10).replaceAll('-', '_')

const timeOf = (instant: number): string => toChinaIso(instant).slice(11, 19).replaceAll(':', '')

/** An hour with many requests has several files. */
function nameOf({ vod: { logFiles } }: Account, domain: string, from: number, until: number): string {
  const name = `${domain}_${dayOf(from)}_${timeOf(from)}_${timeOf(until)}`
  let number = 1
  while (logFiles.get(number === 1 ? `${name}.gz` : `${name}_${number}.gz`)) number++
  return number === 1 ? `${name}.gz` : `${name}_${number}.gz`
}

/** Characters of a method and a URL; the names of objects, percent-encoded, are no longer. */
const MAX_REQUEST = 4096

/** Milliseconds that an answer takes: none of the account's time goes by meanwhile. */
const TOOK = 0

/** A line, in the order that the service has (developer guide, log fields); what does not apply is a hyphen. */
function lineOf({ at, url, address = '-', call, status, bytes, headers }: Access): string {
  const { referer = '-', 'user-agent': agent = '-' } = call.headers
  const [cached = '-'] = headers['x-cache']?.split(' ', 1) ?? []
  const requestBytes = call.path.length + call.query.length + Object.entries(call.headers).join('').length
  const words = [
    `[${stampOf(at)}]`,
    address,
    '-',
    TOOK,
    quoted(referer),
    quoted(`${call.method} ${url}`, MAX_REQUEST),
    status,
    requestBytes,
    bytes,
  ]
  return [...words, cached, quoted(agent), quoted(headers['content-type'] ?? '-')].join(' ')
}

/** What a client sends must not look like something else, nor take any room that it likes. */
const quoted = (text: string, most = 1024): string =>
  `"${text
    .slice(0, most)
    .replace(/[^\x20-\x7e]|["\\]/g, (char) => encodeURIComponent(char.toWellFormed()))
    .slice(0, most)}"`

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `1/Jan/2026:08:00:00 +0800` */
function stampOf(at: number): string {
  const iso = toChinaIso(at)
  return `${Number(iso.slice(8, 10))}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0800`
}
