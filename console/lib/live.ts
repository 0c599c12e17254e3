/** What happens in the account, as it happens: the changes of the live stream, and for each topic a number that grows with every piece of news. */

import { batch, effect, type Signal, signal } from '@preact/signals'
import type { Change } from '../../src/following/change.js'
import { isReached } from './api.js'
import { chosenAccount, controlToken } from './prefs.js'
import { readStream, type StreamEvent } from './stream.js'

/** What there can be news of: `state` of whatever is in an account, `table vod.videos` of one of its tables alone. */
export type Topic = 'accounts' | 'calls' | 'clock' | 'events' | 'faults' | 'jobs' | 'state' | `table ${string}`

const ticks = new Map<Topic, Signal<number>>()

/** How much news there has been of a topic. */
export function tickOf(topic: Topic): Signal<number> {
  const known = ticks.get(topic)
  if (known) return known
  const tick = signal(0)
  ticks.set(topic, tick)
  return tick
}

/** How the news comes. */
export const liveState = signal<'connecting' | 'live' | 'lost'>('connecting')

/** How often something was missed, such as all that another emulator in the place of this one has done. */
export const gaps = signal(0)

/** There is news: of some topics, or of all. */
export function stir(...which: readonly Topic[]): void {
  batch(() => {
    for (const topic of which.length === 0 ? ticks.keys() : which) {
      const tick = tickOf(topic)
      tick.value = tick.peek() + 1
    }
  })
}

const listeners = new Set<(changes: readonly Change[]) => void>()

/** Hands over every change from now on; those that come at once, at once. */
export function onChanges(listener: (changes: readonly Change[]) => void): void {
  listeners.add(listener)
}

/** The topics that changes are news of, where they are all of one kind. */
const TOPICS = {
  call: ['calls'],
  job: ['jobs'],
  event: ['events'],
  fault: ['faults'],
  clock: ['clock'],
  settings: ['state'],
} as const satisfies Partial<Record<Change['type'], readonly Topic[]>>

/** The topics that a change of something in an account is news of. */
const topicsOf = (change: Exclude<Change, { type: 'account' }>): readonly Topic[] =>
  change.type === 'records' ? ['state', ...change.tables.map((name): Topic => `table ${name}`)] : TOPICS[change.type]

/** Milliseconds before it is tried to come back. */
const RETRY = 1000

/** Milliseconds after which the list of all accounts is asked for again: the stream is of the chosen one. */
const LOOK = 10_000

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, RETRY))

/** Follows an account until `stop`; where the stream breaks off, it goes on behind what came last. */
async function followOne(stop: AbortSignal): Promise<void> {
  let last = ''
  const take = (events: readonly StreamEvent[]) => {
    const changes: Change[] = []
    let isMissing = false
    for (const { id, type, data } of events) {
      if (id !== '') last = id
      if (type === 'gap') isMissing = true
      else if (type === 'ready') {
        liveState.value = 'live'
        isReached.value = true
      } else if (type !== '') changes.push(JSON.parse(data) as Change)
    }
    if (changes.length > 0) for (const listener of listeners) listener(changes)
    if (isMissing) gaps.value++
    if (isMissing || changes.some(({ type }) => type === 'account')) stir()
    else if (changes.length > 0) stir(...new Set(changes.flatMap((change) => (change.type === 'account' ? [] : topicsOf(change)))))
  }
  while (!stop.aborted) {
    try {
      await readStream('/live', last, stop, take)
    } catch (error) {
      if (stop.aborted) return
      isReached.value = !(error instanceof TypeError)
    }
    if (stop.aborted) return
    liveState.value = isReached.value ? 'connecting' : 'lost'
    await pause()
    // What the emulator has forgotten, or another one in its place never had, is asked for anew.
    if (!isReached.value) stir()
  }
}

/** Follows the chosen account from now on, as long as the page can be seen. */
export function follow(): void {
  const isSeen = signal(!document.hidden)
  document.addEventListener('visibilitychange', () => {
    isSeen.value = !document.hidden
  })
  effect(() => {
    void [chosenAccount.value, controlToken.value]
    if (!isSeen.value) return
    const stop = new AbortController()
    void followOne(stop.signal)
    stir()
    return () => stop.abort()
  })
  setInterval(() => !document.hidden && stir('accounts'), LOOK)
}
