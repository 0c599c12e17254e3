/**
 * Answers that were recorded from an upstream, for calls of Actions that are not emulated. Of an Action, a call is given what was answered to one with the
 * same parameters: the first time the first such answer, then the next, and in the end the last again and again. If there is none with the same, the
 * answer to the call that has most in common with it, and the reply says what is different.
 */

import { stopwatch } from '../../src/base/clock.js'
import { isCommon } from '../../src/http/common-parameters.js'
import { headerText } from '../../src/http/text.js'
import type { Account, Call, Cloud, Reply } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { namedBy } from '../../src/rpc/find.js'
import { accessKeyIdOf, type ReadCall, readCall } from '../../src/rpc/read.js'
import type { State } from '../../src/state/state.js'
import { bytesOf, type EventOf } from '../record/format.js'
import { openRecording } from '../record/recording.js'
import { RecordingError } from '../record/recording-error.js'
import { refusalIn } from '../record/refusal.js'
import { isPlaceholder } from '../redact/placeholders.js'

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

/** By account, and anew with each of its states: how often was asked for what was answered first to the call of this number. */
type Asked = WeakMap<State, Map<number, number>>

/** Has a recording answer what a cloud has no Action for. Rejects with a `RecordingError` if it cannot be read. */
export async function addFallback(cloud: Cloud, file: string): Promise<void> {
  const recorded = await readAnswers(cloud, file).catch((error: Error) => {
    throw new RecordingError(error instanceof RecordingError ? `${file}: ${error.message}` : error.message)
  })
  const asked: Asked = new WeakMap()
  const { handle } = cloud
  cloud.handle = async (call) => {
    if (isObjectCall(call, cloud)) return handle(call)
    const started = stopwatch()
    const read = readCall(call)
    const answers = recorded.get(keyOf(read))
    if (answers === undefined || namedBy(cloud.catalogue, read).length > 0) return handle(call)
    const account = accountOf(cloud, read)
    const [answer, difference] = answerTo(read, answers, asked, account.state)
    const requestId = await account.turn.take(() => account.ids.uuid())
    const reply = replyOf(answer, difference, requestId)
    log(account, read.call, reply, stopwatch() - started)
    return reply
  }
}

async function readAnswers(cloud: Cloud, file: string): Promise<Map<string, Recorded[]>> {
  const { header, events } = await openRecording(file)
  if (header.upstream === undefined) throw new RecordingError('it was not recorded from an upstream')
  const recorded = new Map<string, Recorded[]>()
  let waiting: EventOf<'call'> | undefined
  let [answers, characters] = [0, 0]
  for await (const event of events) {
    if (event === 'cut') continue
    if (event.type === 'call') waiting = event
    if (event.type !== 'reply' || waiting?.call !== event.call || !event.body || !('text' in event.body)) continue
    if (Object.hasOwn(event.rest as object, 'broken')) continue
    const read = readCall({ ...waiting, body: waiting.body && !('file' in waiting.body) ? bytesOf(waiting.body) : new Uint8Array() })
    if (isObjectCall(waiting) || read.action === undefined || namedBy(cloud.catalogue, read).length > 0) continue
    const body = event.body.text
    characters += body.length
    if (++answers > MAX_ANSWERS || characters > MAX_CHARACTERS)
      throw new RecordingError(
        `it holds more than ${MAX_ANSWERS} answers, or ${MAX_CHARACTERS} characters of them, for Actions that are not emulated`,
      )
    const ofAction = recorded.get(keyOf(read)) ?? []
    recorded.set(keyOf(read), ofAction)
    ofAction.push({
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

/** Which answer a call is given, and in what its parameters are not those that were recorded, if they are not. */
function answerTo(
  read: ReadCall,
  answers: readonly Recorded[],
  asked: Asked,
  state: State,
): [answer: Recorded, difference: string | undefined] {
  const params = ownParams(read)
  const same = answers.filter((each) => isSame(each.params, params))
  const [first] = same
  if (first === undefined) {
    const answer = nearest(answers, params)
    return [answer, differenceOf(answer.params, params)]
  }
  // How often is only of use where there is more than one answer.
  if (same.length === 1) return [first, undefined]
  const counts = asked.get(state) ?? new Map<number, number>()
  asked.set(state, counts)
  const count = counts.get(first.call) ?? 0
  counts.set(first.call, count + 1)
  return [same[Math.min(count, same.length - 1)] ?? first, undefined]
}

/** True for the same parameters. What was removed from the recording may have been any value. */
const isSame = (recorded: ReadonlyMap<string, string>, params: ReadonlyMap<string, string>): boolean =>
  recorded.size === params.size && [...recorded].every(([name, value]) => isSameValue(value, params.get(name)))

/** A placeholder that was handed out with an answer, such as that of the token of the next page, means one value. */
const isSameValue = (recorded: string, value: string | undefined): boolean =>
  recorded === value || (isPlaceholder(recorded) && value !== undefined && !isPlaceholder(value))

const replyOf = (answer: Recorded, difference: string | undefined, requestId: string): Reply => ({
  status: answer.status,
  headers: {
    ...(answer.contentType !== '' && { 'content-type': answer.contentType }),
    'x-acs-request-id': requestId,
    'x-emulator-source': 'recording',
    'x-emulator-recorded-call': String(answer.call),
    ...(difference !== undefined && { 'x-emulator-reason': headerText(difference) }),
  },
  body: withRequestId(answer.body, requestId),
})

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

/** An answer says which request it is for, also in the address of help that a refusal names. */
const withRequestId = (body: string, requestId: string): string =>
  body
    .replace(/("RequestId"\s*:\s*")[^"]*|(<RequestId>)[^<]*/g, (_whole, json?: string, xml?: string) => (json ?? xml ?? '') + requestId)
    .replace(/([?&](?:amp;)?requestId=)[\w-]+/g, (_whole, before: string) => before + requestId)

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
