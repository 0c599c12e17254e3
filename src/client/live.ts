/** Listening to the live stream of a running emulator: server-sent events, and coming back where the stream was cut off. */

import { pause } from '../base/clock.js'
import type { Change } from '../following/change.js'
import { parseJson } from '../params/structures.js'
import { CallError } from './error.js'

/** What is told: changes, and that some may have been missed. */
export type LiveChange = Change | { type: 'gap' }

/** What to listen to. */
export interface LiveOptions {
  /** To all accounts. Default: to the one that the client is about. */
  all?: boolean
  /** Types of changes. Default: all. */
  types?: readonly Change['type'][]
  /** Ends it. */
  signal?: AbortSignal
}

/** Where the stream is. */
export interface LiveSource {
  url: string
  headers: Readonly<Record<string, string>>
  signal?: AbortSignal | undefined
}

/** Milliseconds before it is tried to come back. */
const PAUSE = 100

const TITLE = 'GET /_emulator/live'

/** An event as it comes. */
interface Told {
  id: string | undefined
  event: string
  data: string
}

/** Begins to listen; resolves once whatever happens from then on is told. Rejects with a {@link CallError} if the stream cannot be had. */
export async function listen(source: LiveSource): Promise<AsyncGenerator<LiveChange, void>> {
  const events = await open(source, undefined)
  const { value } = await events.next()
  return changesOf(source, events, value?.id)
}

async function* changesOf(source: LiveSource, first: AsyncGenerator<Told>, ready: string | undefined): AsyncGenerator<LiveChange, void> {
  let last = ready
  for (let events = first; ; ) {
    try {
      for await (const { id, event, data } of events) {
        last = id ?? last
        if (event === 'gap') yield { type: 'gap' }
        else if (event !== 'ready' && event !== '') yield parseJson(data) as Change
      }
    } catch {
      // The connection broke.
    }
    try {
      await pause(PAUSE, source.signal)
      events = await open(source, last)
    } catch (error) {
      if (source.signal?.aborted) return
      throw error
    }
  }
}

/** Opens the stream behind an event. */
async function open({ url, headers, signal }: LiveSource, last: string | undefined): Promise<AsyncGenerator<Told>> {
  const response = await fetch(url, {
    headers: { ...headers, ...(last !== undefined && { 'last-event-id': last }) },
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason
    throw new CallError('Client.Connection', `The connection to ${new URL(url).host} failed.`, { call: TITLE, cause })
  })
  if (response.status === 200 && response.body) return eventsOf(response.body)
  const { error } = (parseJson(await response.text()) ?? {}) as { error?: string }
  throw new CallError('Control.Refused', error ?? `status ${response.status}`, { call: TITLE, status: response.status })
}

/** The events of a stream; none of the emulator's has data in several lines. */
async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Told> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of body) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split('\n\n')
    text = blocks.pop() as string
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      if (fields.has('id')) yield { id: fields.get('id'), event: fields.get('event') ?? '', data: fields.get('data') ?? '' }
    }
  }
}
