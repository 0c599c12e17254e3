/** The calls of the chosen account, newest first: more than the emulator keeps, as long as this page is open. */

import { effect, signal } from '@preact/signals'
import type { Change } from '../../src/following/change.js'
import { type AnswerTo, call } from './api.js'
import { gaps, onChanges, tickOf } from './live.js'
import { chosenAccount, controlToken } from './prefs.js'

/** A call as the log shows it. */
export type LogEntry = AnswerTo<'GET /requests'>[number]

/** A call with its request and its answer. */
export type WholeCall = AnswerTo<'GET /requests/{requestId}'>

/** Parameters that every call has, which say nothing about this one. */
const COMMON =
  /^(?:Format|Version|AccessKeyId|SignatureMethod|SignatureVersion|SignatureNonce|Timestamp|Action|Signature|RegionId|SignatureType)$/

/** Whether a parameter is one that every call has. */
export const isCommon = (name: string): boolean => COMMON.test(name)

/** Calls that this page keeps. */
const MOST = 10_000

/** Calls asked for at a time. */
const PAGE = 1000

export const calls = signal<readonly LogEntry[]>([])

/** What is wrong with asking for them; `undefined`: nothing, or they are on their way. */
export const callsError = signal<unknown>(undefined)

/** True once they were asked for. */
export const callsCame = signal(false)

/** Forgets all calls, here and in the emulator. */
export async function forgetCalls(): Promise<void> {
  await call('DELETE /requests')
  calls.value = []
}

const list = (about: string, after?: string): Promise<LogEntry[]> =>
  call('GET /requests', { about, query: { limit: PAGE, ...(after !== undefined && { after }) } })

/** Asks for what has come since the newest that is known, and puts it in its place: below what was told of meanwhile. */
async function catchUp(about: string): Promise<void> {
  const newest = calls.value[0]?.requestId
  const since = newest === undefined ? undefined : await list(about, newest).catch(() => undefined)
  const came = (since ?? (await list(about))).toReversed()
  if (about !== chosenAccount.value) return
  const ids = new Set(came.map(({ requestId }) => requestId))
  const place = calls.value.findIndex(({ requestId }) => requestId === newest)
  const [told, known] = place < 0 ? [calls.value, []] : [calls.value.slice(0, place), calls.value.slice(place)]
  const isOther = (entry: LogEntry): boolean => !ids.has(entry.requestId)
  calls.value = [...told.filter(isOther), ...came, ...known.filter(isOther)].slice(0, MOST)
}

/** Takes over calls as they are told of. */
function take(changes: readonly Change[]): void {
  const came = changes.flatMap((change) => (change.type === 'call' ? [change.call as LogEntry] : []))
  if (came.length === 0) return
  // An emulator that was started anew gives the same ids again.
  const ids = new Set(came.map(({ requestId }) => requestId))
  calls.value = [...came.toReversed(), ...calls.value.filter(({ requestId }) => !ids.has(requestId))].slice(0, MOST)
}

/** Keeps them up to date. */
export function keepCalls(): void {
  let [busy, again] = [false, false]
  const run = async () => {
    again = busy
    if (busy) return
    busy = true
    try {
      await catchUp(chosenAccount.value)
      callsError.value = undefined
      callsCame.value = true
    } catch (error) {
      callsError.value = error
    }
    busy = false
    if (again) void run()
  }
  effect(() => {
    void [chosenAccount.value, controlToken.value, gaps.value]
    calls.value = []
    callsCame.value = false
    void run()
  })
  onChanges((changes) => {
    if (changes.some((change) => change.type === 'account' && change.what === 'reset')) calls.value = []
    take(changes)
  })
  // What was missed is asked for; what is told is there already.
  tickOf('accounts').subscribe(() => void run())
}

/** What somebody looks for among the calls; empty: whatever it is. */
export interface CallFilter {
  text: string
  action: string
  code: string
  caller: string
  status: string
}

const haystacks = new WeakMap<LogEntry, string>()

/** All that can be found of a call. */
function haystackOf(entry: LogEntry): string {
  let text = haystacks.get(entry)
  if (text === undefined) {
    text = [
      entry.requestId,
      entry.service,
      entry.action,
      entry.object,
      entry.code,
      entry.message,
      entry.reason,
      entry.host,
      ...Object.entries(entry.params).flat(),
    ]
      .join('\n')
      .toLowerCase()
    haystacks.set(entry, text)
  }
  return text
}

const has = (value: string | undefined, wanted: string): boolean =>
  wanted === '' || (value ?? '').toLowerCase().includes(wanted.toLowerCase())

function hasStatus({ status }: LogEntry, wanted: string): boolean {
  if (wanted === '') return true
  if (wanted === 'ok') return status >= 200 && status < 400
  if (wanted === 'refused') return status === 0 || status >= 400
  return /^\dxx$/.test(wanted) ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted)
}

/** Lets everything through. */
export const NO_FILTER: CallFilter = { text: '', action: '', code: '', caller: '', status: '' }

/** What is looked for now: it outlives a look at something else. */
export const callFilter = signal(NO_FILTER)

/** The calls that a filter lets through. */
export function filterCalls(all: readonly LogEntry[], { text, action, code, caller, status }: CallFilter): readonly LogEntry[] {
  if (text + action + code + caller + status === '') return all
  const wanted = text.toLowerCase()
  return all.filter(
    (entry) =>
      hasStatus(entry, status) &&
      has(`${entry.service ?? ''}.${entry.action ?? ''}`, action) &&
      has(entry.code, code) &&
      has(`${entry.identity ?? ''} ${entry.accessKeyId ?? ''}`, caller) &&
      (wanted === '' || haystackOf(entry).includes(wanted)),
  )
}
