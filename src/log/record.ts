/** One call, as the log keeps it: nothing is read or put into words before somebody asks. */

import type { Action } from '../actions/action.js'
import { ApiError } from '../base/errors.js'
import type { Call } from '../http/call.js'
import type { Identity } from '../identity/access-key.js'
import type { Met } from '../variation/variation.js'

/** One call, as the log keeps it. */
export interface CallRecord {
  requestId: string
  /** Milliseconds since 1970 on the account's clock. */
  at: number
  call: Call
  action: Action | undefined
  /** Of a request to OSS, which has no Action. */
  operation?: { service: string; name: string | undefined; object: string }
  identity: Identity | undefined
  status: number
  /** Body of the answer, where it is text. */
  answer?: string | undefined
  /** Headers of the answer by lower-case name. */
  answerHeaders?: Readonly<Record<string, string>> | undefined
  /** What was thrown, if the call was refused. */
  error: unknown
  /** Ids of the faults that were applied to it. */
  faults?: readonly string[] | undefined
  /** What varied in the answer, if the account has that set. */
  variations?: readonly Met[] | undefined
  elapsedMs: number
  /** Who has answered, if it was not the emulator: the upstream to which the call was forwarded, or what was recorded from one. */
  source?: CallSource | undefined
}

/** Who can have answered a call in the emulator's place. */
export type CallSource = 'upstream' | 'recording'

/** As what the log shows what a proxy has refused: a request to a host that is not emulated. */
export const REFUSED_BY_PROXY = { service: 'proxy', name: 'Refuse' } as const

const NONE: Readonly<Record<string, string>> = {}

/** How much of the log a call takes, in bytes, more or less. */
export function sizeOf(record: CallRecord): number {
  const { call, answer, answerHeaders = NONE } = record
  let size = call.query.length + (answer?.length ?? 0) + attachedSizeOf(record)
  for (const name in call.headers) size += name.length + (call.headers[name]?.length ?? 0)
  for (const name in answerHeaders) size += name.length + (answerHeaders[name]?.length ?? 0)
  return size
}

/** What of it is neither among the texts of the call nor among those of its answer. */
export function attachedSizeOf({ call, error }: Pick<CallRecord, 'call' | 'error'>): number {
  // A refused signature is answered and explained with the whole text that was to be signed, twice encoded.
  const explained = error instanceof ApiError && error.diagnosis ? error.message.length + error.diagnosis.serverStringToSign.length : 0
  return call.body.byteLength + 2 * explained
}

/** Bytes of the answer's body, as far as they are known: those of a body that was sent piece by piece are what its header says. */
export function answerBytes({ answer, answerHeaders = NONE }: CallRecord): number | undefined {
  if (answer !== undefined && answer !== '') return Buffer.byteLength(answer)
  const length = answerHeaders['content-length']
  return length === undefined ? undefined : Number(length)
}
