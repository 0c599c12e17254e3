/** The call log of an account: what came in, what it was answered, and why. Bounded, and put into words only when it is read. */

import { toIso } from './clock.js'
import { ApiError } from './errors.js'
import type { Call } from './gateway/call.js'
import type { Diagnosis } from './gateway/diagnosis.js'
import { readCall } from './gateway/read.js'
import type { Identity } from './identity/ram.js'
import type { Action } from './services/action.js'

/** One call, as the log shows it. */
export interface LogEntry {
  requestId: string
  /** ISO 8601 time of the account's clock. */
  time: string
  method: string
  host: string
  /** Service and Action (of OSS: the operation), where the call got as far as naming them. */
  service?: string
  action?: string
  /** Of a request to OSS: `bucket/key`. */
  object?: string
  /** Who called: the ARN behind the access key. */
  identity?: string
  /** Parameters as sent, decoded, without Signature and SecurityToken. */
  params: Record<string, string>
  status: number
  /** Error code and message of a refusal. */
  code?: string
  message?: string
  /** Why it was refused, in more words than the answer has room for. */
  reason?: string
  /** What is wrong with the signature, where it can be told. */
  diagnosis?: Diagnosis
  /** Parameters that the Action does not know. */
  unknownParams?: string[]
  /** Milliseconds that serving it took. */
  elapsedMs: number
}

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
  /** What was thrown, if the call was refused. */
  error: unknown
  elapsedMs: number
}

const MOST_ENTRIES = 1000

/** Bytes of calls kept in all; large calls push older ones out sooner. */
const MOST_BYTES = 4_000_000

function sizeOf({ call, error }: CallRecord): number {
  let size = call.query.length + call.body.byteLength
  for (const name in call.headers) size += name.length + (call.headers[name]?.length ?? 0)
  // A refused signature is answered and explained with the whole text that was to be signed, twice encoded.
  if (error instanceof ApiError && error.diagnosis) size += 4 * error.message.length
  return size
}

/** The latest calls. */
export class CallLog {
  /** A ring: the oldest record is at `#oldest`. */
  readonly #records: (CallRecord | undefined)[] = []
  #oldest = 0
  #count = 0
  #size = 0

  add(record: CallRecord): void {
    this.#size += sizeOf(record)
    if (this.#count === MOST_ENTRIES) this.#drop()
    this.#records[(this.#oldest + this.#count++) % MOST_ENTRIES] = record
    while (this.#size > MOST_BYTES && this.#count > 1) this.#drop()
  }

  /** The calls, oldest first. */
  all(): LogEntry[] {
    return Array.from({ length: this.#count }, (_, index) =>
      describeCall(this.#records[(this.#oldest + index) % MOST_ENTRIES] as CallRecord),
    )
  }

  #drop(): void {
    this.#size -= sizeOf(this.#records[this.#oldest] as CallRecord)
    this.#records[this.#oldest] = undefined
    this.#oldest = (this.#oldest + 1) % MOST_ENTRIES
    this.#count--
  }
}

/** Parameters that every call may carry. */
const COMMON = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'RegionId',
])

const SECRET = new Set(['Signature', 'SecurityToken', 'security-token', 'x-oss-signature', 'x-oss-security-token'])

/** Puts a call into words. */
export function describeCall({ requestId, at, call, action, operation, identity, status, error, elapsedMs }: CallRecord): LogEntry {
  const read = readCall(call)
  const sent = read.params
  const service = operation?.service ?? action?.service.name
  const named = operation ? operation.name : (action?.name ?? read.action)
  // Without a prototype, so that no name of a parameter means anything else.
  const params: Record<string, string> = Object.create(null)
  const unknownParams: string[] = []
  for (const [name, value] of sent) {
    if (!SECRET.has(name)) params[name] = value
    if (action && !COMMON.has(name) && !Object.hasOwn(action.input, name.split('.', 1)[0] as string)) unknownParams.push(name)
  }
  return {
    requestId,
    time: toIso(at),
    method: call.method,
    host: call.host,
    ...(service && { service }),
    ...(named && { action: named }),
    ...(operation && { object: operation.object }),
    ...(identity && { identity: identity.arn }),
    params,
    status,
    ...describeError(error),
    ...(unknownParams.length > 0 && { unknownParams }),
    elapsedMs,
  }
}

function describeError(error: unknown): Pick<LogEntry, 'code' | 'message' | 'reason' | 'diagnosis'> {
  if (error === undefined) return {}
  if (!(error instanceof ApiError))
    return { code: 'InternalError', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  const { code, message, param, reason, diagnosis } = error
  return {
    code,
    message,
    ...(reason !== undefined && { reason: param === undefined ? reason : `${param} ${reason}` }),
    ...(diagnosis && { diagnosis }),
  }
}
