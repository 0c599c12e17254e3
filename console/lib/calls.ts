/** The calls of the chosen account, newest first: more than the emulator keeps, as long as this page is open. */

import { effect, signal } from '@preact/signals'
import { type AnswerTo, call } from './api.js'
import { ticks } from './live.js'
import { chosenAccount, controlToken } from './prefs.js'

/** A call as the log shows it. */
export type LogEntry = AnswerTo<'GET /requests'>[number]

/** A call with its request and its answer. */
export type WholeCall = AnswerTo<'GET /requests/{requestId}'>

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

/** What has come since the newest that is known. */
async function news(about: string): Promise<readonly LogEntry[]> {
  const known = calls.value
  const newest = known[0]?.requestId
  const since = newest === undefined ? undefined : await list(about, newest).catch(() => undefined)
  if (since !== undefined) return [...since.toReversed(), ...known]
  const all = (await list(about)).toReversed()
  const ids = new Set(known.map(({ requestId }) => requestId))
  const unknown = all.filter(({ requestId }) => !ids.has(requestId))
  // Nothing of what there is was known: the account was reset, or the log emptied.
  return unknown.length === all.length ? all : [...unknown, ...known]
}

/** Keeps them up to date. */
export function keepCalls(): void {
  let [busy, again] = [false, false]
  const run = async () => {
    again = busy
    if (busy) return
    busy = true
    const about = chosenAccount.value
    try {
      const all = await news(about)
      if (about === chosenAccount.value) calls.value = all.length > MOST ? all.slice(0, MOST) : all
      callsError.value = undefined
      callsCame.value = true
    } catch (error) {
      callsError.value = error
    }
    busy = false
    if (again) void run()
  }
  effect(() => {
    void [chosenAccount.value, controlToken.value]
    calls.value = []
    callsCame.value = false
    void run()
  })
  let isFirst = true
  ticks.calls.subscribe(() => {
    if (!isFirst) void run()
    isFirst = false
  })
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
    text = [entry.requestId, entry.service, entry.action, entry.object, entry.code, entry.message, entry.reason, entry.host, ...Object.entries(entry.params).flat()]
      .join('\n')
      .toLowerCase()
    haystacks.set(entry, text)
  }
  return text
}

const has = (value: string | undefined, wanted: string): boolean => wanted === '' || (value ?? '').toLowerCase().includes(wanted.toLowerCase())

function hasStatus({ status }: LogEntry, wanted: string): boolean {
  if (wanted === '') return true
  if (wanted === 'ok') return status >= 200 && status < 400
  if (wanted === 'refused') return status === 0 || status >= 400
  return /^\dxx$/.test(wanted) ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted)
}

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
