/** One call with its request and its answer, as far as the log has kept them. */

import type { LogEntry } from './describe.js'
import { answerBytes, type CallRecord } from './record.js'

/** A call with all that was sent and answered. */
export interface WholeCall extends LogEntry {
  request: {
    /** Still percent-encoded. */
    path: string
    /** Without the question mark, still encoded, signature included. */
    query: string
    headers: Record<string, string>
    /** The body as text; uploads are not kept. */
    body?: string
  }
  answer: {
    headers: Record<string, string>
    /** The body, where it is text. */
    body?: string
    /** Bytes of the body, where they are known. */
    bytes?: number
  }
}

/** What the entry of a call leaves out. */
export function wholeOf(record: CallRecord): Pick<WholeCall, 'request' | 'answer'> {
  const { call, answer, answerHeaders } = record
  const bytes = answerBytes(record)
  return {
    request: {
      path: call.path,
      query: call.query,
      headers: withoutGaps(call.headers),
      ...(call.body.byteLength > 0 && { body: Buffer.from(call.body).toString('utf8') }),
    },
    answer: {
      headers: withoutGaps(answerHeaders ?? {}),
      ...(answer !== undefined && answer !== '' && { body: answer }),
      ...(bytes !== undefined && { bytes }),
    },
  }
}

const withoutGaps = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined))
