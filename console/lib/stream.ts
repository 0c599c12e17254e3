/** Server-sent events over fetch, which can send a token along. */

import { openStream } from './api.js'

/** An event of a stream. */
export interface StreamEvent {
  id: string
  type: string
  data: string
}

/** The events of a text that has so far come in pieces, each ended by an empty line; what is left is not complete. */
export function takeEvents(text: string): { events: StreamEvent[]; rest: string } {
  const blocks = text.split('\n\n')
  const rest = blocks.pop() ?? ''
  const events = blocks.map((block) => {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
    )
    return { id: fields.get('id') ?? '', type: fields.get('event') ?? '', data: fields.get('data') ?? '' }
  })
  return { events, rest }
}

/** Reads a stream until it ends, behind the event `last` if there was one; what comes at once is handed over at once. Rejects if it cannot be had. */
export async function readStream(
  path: string,
  last: string,
  stop: AbortSignal,
  take: (events: readonly StreamEvent[]) => void,
): Promise<void> {
  const response = await openStream(path, stop, last === '' ? {} : { 'last-event-id': last })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const { events, rest } = takeEvents(text + decoder.decode(value, { stream: true }))
    text = rest
    if (events.length > 0) take(events)
  }
}
