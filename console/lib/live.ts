/** What has happened in the account: a number for each topic, which grows with every piece of news. */

import { effect, type Signal, signal } from '@preact/signals'
import { isReached, call } from './api.js'
import { chosenAccount, controlToken } from './prefs.js'

/** What there can be news of. */
export const topics = ['accounts', 'calls', 'clock', 'events', 'faults', 'jobs', 'state'] as const

/** See {@link topics}. */
export type Topic = (typeof topics)[number]

/** How much news there has been of each. */
export const ticks = Object.fromEntries(topics.map((topic) => [topic, signal(0)])) as Readonly<Record<Topic, Signal<number>>>

/** How the news comes. */
export const liveState = signal<'connecting' | 'live' | 'lost'>('connecting')

/** There is news: of some topics, or of all. */
export function stir(...which: readonly Topic[]): void {
  for (const topic of which.length === 0 ? topics : which) ticks[topic].value++
}

const POLL = 1000

/** Follows the chosen account from now on. */
export function follow(): void {
  effect(() => {
    void chosenAccount.value
    void controlToken.value
    let last = ''
    const look = async () => {
      try {
        const clock = await call('GET /clock')
        const requests = await call('GET /requests', { query: { limit: 1, order: 'desc' } })
        const now = JSON.stringify([clock, requests[0]?.requestId])
        liveState.value = 'live'
        if (now !== last) stir()
        last = now
      } catch {
        liveState.value = isReached.value ? 'connecting' : 'lost'
      }
    }
    const timer = setInterval(look, POLL)
    void look()
    return () => clearInterval(timer)
  })
}
