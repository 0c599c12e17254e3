/** The call log as an HTTP archive (HAR 1.2), which browsers' developer tools and proxies open. */

import { z } from 'zod'
import { toIso } from '../base/times.js'
import { baseOf, requestTarget } from './address.js'
import { answerBytes, type CallRecord } from './record.js'

const pairs = z.array(z.strictObject({ name: z.string(), value: z.string() }))

const entrySchema = z.strictObject({
  startedDateTime: z.string().meta({ format: 'date-time' }).describe("The time of the account's clock."),
  time: z.number().describe('Milliseconds that serving it took.'),
  request: z.strictObject({
    method: z.string(),
    url: z.string(),
    httpVersion: z.string(),
    cookies: pairs,
    headers: pairs,
    queryString: pairs,
    postData: z.strictObject({ mimeType: z.string(), text: z.string(), comment: z.string().optional() }).optional(),
    headersSize: z.int(),
    bodySize: z.int(),
  }),
  response: z.strictObject({
    status: z.int(),
    statusText: z.string(),
    httpVersion: z.string(),
    cookies: pairs,
    headers: pairs,
    content: z.strictObject({ size: z.int(), mimeType: z.string(), text: z.string().optional(), comment: z.string().optional() }),
    redirectURL: z.string(),
    headersSize: z.int(),
    bodySize: z.int(),
  }),
  cache: z.strictObject({}),
  timings: z.strictObject({ send: z.number(), wait: z.number(), receive: z.number() }),
  comment: z.string().describe('The RequestId.'),
})

/** An archive. */
export const harSchema = z
  .strictObject({
    log: z.strictObject({
      version: z.literal('1.2'),
      creator: z.strictObject({ name: z.string(), version: z.string() }),
      entries: z.array(entrySchema),
    }),
  })
  .meta({ id: 'Har' })

/** See {@link harSchema}. */
export type Har = z.output<typeof harSchema>

/** What the format wants where something is not known. */
const UNKNOWN = -1

/** Makes an archive of calls, each with its request as it was sent, signature included. `creator` is the program that has made it. */
export const harOf = (records: readonly CallRecord[], creator: Har['log']['creator']): Har => ({
  log: { version: '1.2', creator, entries: records.map(entryOf) },
})

function entryOf(record: CallRecord): Har['log']['entries'][number] {
  const { requestId, at, call, status, answer, answerHeaders = {}, elapsedMs } = record
  const bytes = answerBytes(record)
  const { method, host, query, headers, body } = call
  const { target, isPath } = requestTarget(call)
  return {
    startedDateTime: toIso(at),
    time: elapsedMs,
    request: {
      method,
      url: isPath ? `${baseOf(host)}${target}` : `${baseOf(host)}/${target.replace(/^\//, '').replaceAll('#', '%23')}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(headers),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      ...(body.byteLength > 0 && { postData: { mimeType: headers['content-type'] ?? '', ...textOf(body) } }),
      headersSize: UNKNOWN,
      bodySize: body.byteLength,
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(answerHeaders),
      content: {
        size: bytes ?? 0,
        mimeType: answerHeaders['content-type'] ?? 'x-unknown',
        ...(answer === undefined ? { comment: 'The log keeps bodies of text.' } : { text: answer }),
      },
      redirectURL: answerHeaders.location ?? '',
      headersSize: UNKNOWN,
      bodySize: bytes ?? UNKNOWN,
    },
    cache: {},
    timings: { send: 0, wait: elapsedMs, receive: 0 },
    comment: requestId,
  }
}

const pairsOf = (headers: Readonly<Record<string, string | undefined>>): { name: string; value: string }[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))

/** A body as text, which is all that the format has for it. */
function textOf(body: Uint8Array): { text: string; comment?: string } {
  const text = Buffer.from(body).toString('utf8')
  return Buffer.from(text).equals(body) ? { text } : { text, comment: 'The bytes are no UTF-8: those that are not stand as U+FFFD.' }
}
