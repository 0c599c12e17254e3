/** From a call as the log keeps it to one that people and tests can read. */

import type { Action } from '../actions/action.js'
import type { Diagnosis } from '../base/diagnosis.js'
import { ApiError } from '../base/errors.js'
import { gatewayErrors } from '../base/gateway-errors.js'
import { toIso } from '../base/times.js'
import { isCommon } from '../http/common-parameters.js'
import { accessKeyIdOf, readCall } from '../rpc/read.js'
import type { CallRecord, CallSource } from './record.js'

/** A job that a call has led to. */
export interface CausedJob {
  id: string
  /** `<service>.<Action>` of the Action that starts such jobs. */
  kind: string
}

/** An event notification that a call has led to. */
export interface CausedEvent {
  id: string
  /** EventType: `FileUploadComplete`. */
  type: string
}

/** What has come of a call by now, however indirectly. */
export interface Consequences {
  jobs: CausedJob[]
  events: CausedEvent[]
  /** Whether it is kept what the account was before it. */
  forkable: boolean
}

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
  /** The access key that the call names; of a request to OSS, it stands in the parameters or nowhere. */
  accessKeyId?: string
  /** Who called: the ARN behind the access key. */
  identity?: string
  /** Parameters as sent, decoded, without Signature and SecurityToken. */
  params: Record<string, string>
  /** HTTP status of the answer; 0 if a fault has put nothing in its place. */
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
  /** Ids of the faults that were applied to it. */
  faults?: string[]
  /** What varied in the answer, as the setting `vary` has it: kinds, and the fields that they happened to. */
  variations?: { kind: string; at?: string }[]
  /** Jobs that go back to it, those that its jobs have started among them. */
  jobs?: CausedJob[]
  /** Event notifications that go back to it, or to its jobs. */
  events?: CausedEvent[]
  /** True if it is kept what the account was before it: `forkAt` makes a copy of that. */
  forkable?: true
  /** Milliseconds that serving it took. */
  elapsedMs: number
  /** Who has answered, if it was not the emulator: the upstream to which the proxy forwards, or what was recorded from one. */
  source?: CallSource
}

const SECRET = new Set(['Signature', 'SecurityToken', 'security-token', 'x-oss-signature', 'x-oss-security-token'])

/** True for a parameter that every call may carry, or that the Action knows; `Tag.1` is part of `Tag`. */
export function knows({ input, accepts }: Action, name: string): boolean {
  if (isCommon(name) || Object.hasOwn(input, name) || accepts.includes(name)) return true
  const dot = name.indexOf('.')
  return dot > 0 && Object.hasOwn(input, name.slice(0, dot))
}

/** Puts a call into words, with what has come of it. */
export function describeCall(record: CallRecord, { jobs, events, forkable }: Consequences): LogEntry {
  const { requestId, at, call, action, operation, identity, status, error, faults, variations, elapsedMs, source } = record
  const read = readCall(call)
  const service = operation?.service ?? action?.service.name
  const named = operation ? operation.name : (action?.name ?? read.action)
  const accessKeyId = operation ? undefined : accessKeyIdOf(read)
  // Without a prototype, so that no name of a parameter means anything else.
  const params: Record<string, string> = Object.create(null)
  const unknownParams: string[] = []
  for (const [name, value] of read.params) {
    if (!SECRET.has(name)) params[name] = value
    if (action && !knows(action, name)) unknownParams.push(name)
  }
  return {
    requestId,
    time: toIso(at),
    method: call.method,
    host: call.host,
    ...(service && { service }),
    ...(named && { action: named }),
    ...(operation && { object: operation.object }),
    ...(accessKeyId && { accessKeyId }),
    ...(identity && { identity: identity.arn }),
    params,
    status,
    ...describeError(error),
    ...(unknownParams.length > 0 && { unknownParams }),
    ...(faults && faults.length > 0 && { faults: [...faults] }),
    ...(variations && variations.length > 0 && { variations: [...variations] }),
    ...(jobs.length > 0 && { jobs }),
    ...(events.length > 0 && { events }),
    ...(forkable && { forkable }),
    elapsedMs,
    ...(source && { source }),
  }
}

/** What was thrown is for who runs the emulator, and may name files and secrets: whoever reads the log is told where it is. */
const BUG = "a bug: what was thrown is told to onBug, and stands in the emulator's log under this RequestId"

function describeError(error: unknown): Pick<LogEntry, 'code' | 'message' | 'reason' | 'diagnosis'> {
  if (error === undefined) return {}
  if (!(error instanceof ApiError))
    return {
      code: 'InternalError',
      message: gatewayErrors.InternalError.message,
      reason: BUG,
    }
  const { code, loggedMessage, param, reason, diagnosis } = error
  return {
    code,
    message: loggedMessage,
    ...(reason !== undefined && { reason: param === undefined ? reason : `${param} ${reason}` }),
    ...(diagnosis && { diagnosis }),
  }
}

/** Values beyond this length are cut where a call is shown in one line. */
const MAX_SHOWN = 80

/** A value in one line: `"http://…"`. */
export function shown(value: string): string {
  return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value)
}

/** A call in one line: `videoseg.SegmentVideoBody { VideoUrl: "nothing" } → 400 InvalidFile.URL`. */
export function lineOf({ service, action, method, object, params, status, code, faults }: LogEntry): string {
  const own = Object.entries(params).filter(([name]) => !isCommon(name))
  const said =
    object !== undefined ? ` ${object}` : own.length > 0 ? ` { ${own.map(([name, value]) => `${name}: ${shown(value)}`).join(', ')} }` : ''
  const by = faults ? ` (${faults.join(', ')})` : ''
  return `${service === undefined ? '' : `${service}.`}${action ?? method}${said} → ${status === 0 ? 'no answer' : status}${code === undefined ? '' : ` ${code}`}${by}`
}
