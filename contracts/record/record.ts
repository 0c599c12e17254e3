/** A session becomes a Pact file: what was called and how it was answered, written as the generated contracts are. */

import { ApiError } from '../../src/base/errors.js'
import { isCommon } from '../../src/http/common-parameters.js'
import { type Account, type CallRecord, type Cloud, createCloud } from '../../src/index.js'
import { describeCall, lineOf } from '../../src/log/describe.js'
import type { Interaction, Json, Pact } from '../format/pact.js'
import { answerBody, type Body, refusalBody } from '../generate/body.js'
import { interaction } from '../generate/interactions.js'
import { vocabularyOf } from '../states/index.js'
import { arrangements, type RecordedCall } from './arrange.js'
import { tryOut } from './trial.js'

/** Whose calls are recorded, and those to which service. */
export interface RecordOptions {
  /** Name of the consumer: the code that made the calls. */
  consumer: string
  /** The service. Default: the one that all calls went to. */
  provider?: string
}

/** A call that is not in a recorded pact. */
export interface LeftOut {
  requestId: string
  /** In one line: `vod.GetPlayInfo { VideoId: "v2" } → 200`. */
  call: string
  reason: string
}

/** A Pact file that says what is not in it. */
export interface RecordedPact extends Pact {
  metadata: Pact['metadata'] & { 'vod-viapi-emulator': { leftOut: LeftOut[] } }
}

/** Values of these fields open something; what is recorded is that there is one. */
const SECRETS = new Set(['UploadAuth', 'PlayAuth', 'AccessKeySecret', 'SecurityToken'])

/** Parameters longer than this do not fit into a query. */
const MAX_QUERY = 32 * 1024

/**
 * Makes a Pact file of the calls in an account's log to one service. Each is tried against a fresh account in the provider states that it may
 * have started from; only what was answered in the same way there is in the file, so `verifyPacts` finds the file kept. What cannot be
 * recorded is listed in its metadata, each call with the reason. Rejects with a `RangeError` if the options name no consumer or service.
 */
export async function recordPact(account: Account, { consumer, provider }: RecordOptions): Promise<RecordedPact> {
  if (consumer === '') throw new RangeError('consumer: is not given; it is the name of the code that made the calls')
  const records = account.log.records()
  const service = provider ?? onlyService(records)
  if (!account.cloud.catalogue.services.has(service))
    throw new RangeError(`provider: there is no service ${service}; there are ${[...account.cloud.catalogue.services.keys()].join(', ')}`)
  const calls = new Map(records.map((record) => [record.requestId, readRecord(record)]))
  const startOf = (cause: string): RecordedCall | undefined => callOf(calls.get(cause))
  const cloud = createCloud({ products: account.cloud.products })
  const vocabulary = vocabularyOf(cloud)
  const interactions: Interaction[] = []
  const leftOut: LeftOut[] = []
  const seen = new Set<string>()
  try {
    for (const record of records) {
      if ((record.action?.service.name ?? service) !== service || record.operation) continue
      const leave = (reason: string): void => {
        leftOut.push({ requestId: record.requestId, call: lineOf(describeCall(record, { jobs: [], events: [], forkable: false })), reason })
      }
      const read = calls.get(record.requestId)
      const call = callOf(read)
      if (call === undefined) {
        leave(typeof read === 'string' ? read : 'it is not in the log any more')
        continue
      }
      const body = bodyOf(call)
      if (typeof body === 'string') {
        leave(body)
        continue
      }
      const { exact } = body
      const same = JSON.stringify([record.action?.name, call.params, record.status, call.code, body.rules, exact])
      if (seen.has(same)) continue
      seen.add(same)
      const title = `recorded call ${interactions.length + 1}${call.code === undefined ? '' : `: ${call.code}`}`
      const found = await firstKept(
        cloud,
        arrangements(call, account, startOf, vocabulary).map((states) =>
          interaction(call.record.action, title, call.params, states, record.status, body, vocabulary),
        ),
        service,
      )
      if ('kept' in found) interactions.push(found.kept)
      else leave(found.reason)
    }
  } finally {
    cloud.dispose()
  }
  return {
    consumer: { name: consumer },
    provider: { name: service },
    interactions,
    metadata: { pactSpecification: { version: '4.0' }, 'vod-viapi-emulator': { leftOut } },
  }
}

function onlyService(records: readonly CallRecord[]): string {
  const [service, ...others] = new Set(records.flatMap(({ action }) => action?.service.name ?? []))
  if (service === undefined) throw new RangeError('provider: the log has no call to a service; make some, or say which service is meant')
  if (others.length > 0)
    throw new RangeError(`provider: there were calls to ${[service, ...others].join(', ')}; a Pact file is about one of them`)
  return service
}

/** The first interaction that a fresh account keeps; or why the first of all does not. */
async function firstKept(
  cloud: Cloud,
  candidates: readonly Interaction[],
  service: string,
): Promise<{ kept: Interaction } | { reason: string }> {
  let reason: string | undefined
  for (const candidate of candidates) {
    const difference = await tryOut(cloud, service, candidate)
    if (difference === undefined) return { kept: candidate }
    reason ??= difference
  }
  return { reason: `no provider state leads to this answer; in a new account, ${reason}` }
}

/** A call of an Action, or why it cannot be recorded. */
function readRecord(record: CallRecord): RecordedCall | string {
  const { action, error, faults = [] } = record
  if (action === undefined) return 'it is no call of an Action'
  // An error is an error, whoever has set it; what else a fault does to an answer, no provider state does.
  if (faults.length > 0 && error === undefined) return `a fault was applied to it (${faults.join(', ')})`
  if (error !== undefined && !(error instanceof ApiError)) return 'it met a bug'
  const { params: sent } = describeCall(record, { jobs: [], events: [], forkable: false })
  const params = Object.fromEntries(Object.entries(sent).filter(([name]) => !isCommon(name)))
  if (JSON.stringify(params).length > MAX_QUERY) return 'its parameters are too long for a query'
  return { record: { ...record, action }, params, code: error?.code }
}

const callOf = (read: RecordedCall | string | undefined): RecordedCall | undefined => (typeof read === 'object' ? read : undefined)

/** The body that the contract asks for, or why there is none. */
function bodyOf({ record: { action, answer = '', error, status }, code }: RecordedCall): (Body & { exact: Json[] }) | string {
  if (code !== undefined) {
    const spec = action.errors[code]
    if (spec === undefined) return `${action.id} does not document ${code}`
    return { ...refusalBody(action, code, { ...spec, status }, (error as ApiError).param), exact: [] }
  }
  let example: Json
  try {
    example = JSON.parse(answer)
  } catch {
    return 'it was answered in XML; a contract is written for JSON'
  }
  const { RequestId: _, ...fields } = plain(example) as Record<string, Json>
  const { rules } = answerBody(action, fields)
  // What state something is in counts by its value, everything else by its type.
  const exact = Object.keys(rules)
    .filter((path) => /\.(?:Status|ErrorCode)$/.test(path) && new Set(valuesAt(fields, path)).size === 1)
    .map((path) => path.slice(2))
  return { ...answerBody(action, fields, exact), exact: exact.map((path) => valuesAt(fields, `$.${path}`)[0] as Json) }
}

/** A copy without secrets, in which text that holds JSON is what it means. */
function plain(value: Json, name = ''): Json {
  if (typeof value === 'string') {
    if (SECRETS.has(name)) return 'not recorded'
    return /^\s*[{[].*"\w+"\s*:/s.test(value) ? (parsed(value) ?? value) : value
  }
  if (Array.isArray(value)) return value.map((each) => plain(each, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, plain(each as Json, field)]))
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The values at `$.Data.Status` or `$.List[*].Status`. */
const valuesAt = (value: Json, path: string): Json[] =>
  path
    .replaceAll('[*]', '.*')
    .split('.')
    .slice(1)
    .reduce<Json[]>((values, field) => values.flatMap((each) => (Array.isArray(each) ? each : fieldOf(each, field))), [value])

const fieldOf = (value: Json, field: string): Json[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && value[field] !== undefined ? [value[field]] : []
