/**
 * Answers that were recorded from an upstream, for calls of Actions that are not emulated. Of an Action, a call is given what was answered to one with the
 * same parameters: the first time the first such answer, then the next, and in the end the last again and again. If there is none with the same, the
 * answer to the call that has most in common with it, and the reply says what is different.
 */

import { randomUUID } from 'node:crypto'
import { stopwatch } from '../../src/base/clock.js'
import { isCommon } from '../../src/http/common-parameters.js'
import { headerText } from '../../src/http/text.js'
import type { Account, Call, Cloud, Reply } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { namedBy } from '../../src/rpc/find.js'
import { accessKeyIdOf, type ReadCall, readCall } from '../../src/rpc/read.js'
import { bytesOf, type EventOf, RecordingError } from '../record/format.js'
import { openRecording } from '../record/recording.js'
import { refusalIn } from '../record/refusal.js'

/** Answers of one recording that are held. */
const MAX_ANSWERS = 10_000

/** Characters of them in all. */
const MAX_CHARACTERS = 128 * 1024 * 1024

/** A recorded answer to a call of an Action that is not emulated. */
interface Recorded {
  /** Number of the call in the recording. */
  call: number
  params: ReadonlyMap<string, string>
  status: number
  contentType: string
  body: string
}

/** What was recorded of one Action, in order, and how often each set of parameters was asked for. */
interface OfAction {
  answers: Recorded[]
  asked: Map<string, number>
}

/** Has a recording answer what a cloud has no Action for. Rejects with a `RecordingError` if it cannot be read. */
export async function addFallback(cloud: Cloud, file: string): Promise<void> {
  const recorded = await readAnswers(cloud, file).catch((error: Error) => {
    throw new RecordingError(error instanceof RecordingError ? `${file}: ${error.message}` : error.message)
  })
  const { handle } = cloud
  cloud.handle = async (call) => {
    if (isObjectCall(call, cloud)) return handle(call)
    const started = stopwatch()
    const read = readCall(call)
    const of = recorded.get(keyOf(read))
    if (of === undefined || namedBy(cloud.catalogue, read).length > 0) return handle(call)
    return answerFrom(of, cloud, read, started)
  }
}

async function readAnswers(cloud: Cloud, file: string): Promise<Map<string, OfAction>> {
  const { header, events } = await openRecording(file)
  if (header.upstream === undefined) throw new RecordingError('it was not recorded from an upstream')
  const recorded = new Map<string, OfAction>()
  let waiting: EventOf<'call'> | undefined
  let [answers, characters] = [0, 0]
  for await (const event of events) {
    if (event === 'cut') continue
    if (event.type === 'call') waiting = event
    if (event.type !== 'reply' || waiting?.call !== event.call || !event.body || !('text' in event.body)) continue
    const read = readCall({ ...waiting, body: waiting.body && !('file' in waiting.body) ? bytesOf(waiting.body) : new Uint8Array() })
    if (isObjectCall(waiting) || read.action === undefined || namedBy(cloud.catalogue, read).length > 0) continue
    const body = event.body.text
    characters += body.length
    if (++answers > MAX_ANSWERS || characters > MAX_CHARACTERS)
      throw new RecordingError(
        `it holds more than ${MAX_ANSWERS} answers, or ${MAX_CHARACTERS} characters of them, for Actions that are not emulated`,
      )
    const of: OfAction = recorded.get(keyOf(read)) ?? { answers: [], asked: new Map() }
    recorded.set(keyOf(read), of)
    of.answers.push({
      call: event.call,
      params: ownParams(read),
      status: event.status,
      contentType: event.headers['content-type'] ?? '',
      body,
    })
  }
  return recorded
}

const keyOf = ({ version = '', action = '' }: ReadCall): string => `${version} ${action}`

/** Parameters that are the Action's own. */
const ownParams = ({ params }: ReadCall): Map<string, string> => new Map([...params].filter(([name]) => !isCommon(name)).sort(byName))

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)

function answerFrom(of: OfAction, cloud: Cloud, read: ReadCall, started: number): Reply {
  const params = ownParams(read)
  const key = JSON.stringify([...params])
  const same = of.answers.filter((each) => JSON.stringify([...each.params]) === key)
  const asked = of.asked.get(key) ?? 0
  // How often is only of use where there is more than one answer.
  if (same.length > 1) of.asked.set(key, asked + 1)
  const answer = same[Math.min(asked, same.length - 1)] ?? nearest(of.answers, params)
  const requestId = randomUUID().toUpperCase()
  const reply: Reply = {
    status: answer.status,
    headers: {
      ...(answer.contentType !== '' && { 'content-type': answer.contentType }),
      'x-acs-request-id': requestId,
      'x-emulator-source': 'recording',
      'x-emulator-recorded-call': String(answer.call),
      ...(same.length === 0 && { 'x-emulator-reason': headerText(differenceOf(answer.params, params)) }),
    },
    body: withRequestId(answer.body, requestId),
  }
  log(accountOf(cloud, read), read.call, reply, stopwatch() - started)
  return reply
}

/** The answer to the call with most parameters in common, and fewest others. */
function nearest(answers: readonly Recorded[], params: ReadonlyMap<string, string>): Recorded {
  const inCommon = (each: Recorded): number =>
    [...each.params].reduce((sum, [name, value]) => sum + (params.get(name) === value ? 2 : params.has(name) ? 1 : -1), 0)
  return answers.reduce((best, each) => (inCommon(each) > inCommon(best) ? each : best))
}

function differenceOf(recorded: ReadonlyMap<string, string>, params: ReadonlyMap<string, string>): string {
  const names = [...new Set([...recorded.keys(), ...params.keys()])].filter((name) => recorded.get(name) !== params.get(name))
  return `the call that was recorded had other parameters: ${names.slice(0, 10).join(', ')}`
}

/** An answer says which request it is for. */
const withRequestId = (body: string, requestId: string): string =>
  body.replace(/("RequestId"\s*:\s*")[^"]*|(<RequestId>)[^<]*/g, (_whole, json?: string, xml?: string) => (json ?? xml ?? '') + requestId)

/** Whose log has the call: the signature of what is not emulated is not checked. */
function accountOf(cloud: Cloud, read: ReadCall): Account {
  const key = accessKeyIdOf(read)
  try {
    return cloud.account(key)
  } catch {
    return cloud.account()
  }
}

function log(account: Account, call: Call, { status, headers, body }: Reply, elapsedMs: number): void {
  const answer = String(body)
  account.log.add({
    requestId: headers['x-acs-request-id'] as string,
    at: account.clock.now(),
    call,
    action: undefined,
    identity: undefined,
    status,
    answer,
    answerHeaders: headers,
    error: refusalIn(status, answer),
    elapsedMs,
    source: 'recording',
  })
}
