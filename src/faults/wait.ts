/** Waiting for a reply that a fault holds back: in real time, outside the account's turn, by whoever brings the client its reply. */

import { once } from 'node:events'
import { pause } from '../base/clock.js'
import type { Reply } from '../http/call.js'
import { firstBytes } from './effects.js'

/**
 * The reply, once it is time for the client to have it. `gone` is aborted when the client has given up: then nobody waits any longer, and
 * neither if the account ends; the connection breaks.
 */
export async function held(reply: Reply, gone: () => AbortSignal): Promise<Reply> {
  const { delay = 0, connection, ended } = reply
  if (delay === 0 && connection !== 'hang') return reply
  const over = new AbortController()
  const end = () => over.abort()
  const signals = ended === undefined ? [gone()] : [gone(), ended]
  for (const signal of signals) {
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
  }
  try {
    if (delay > 0) await pause(delay, over.signal)
    if (connection !== 'hang') return reply
    if (!over.signal.aborted) await once(over.signal, 'abort')
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', end)
  }
  return { ...reply, connection: 'reset' }
}

/** What of a body is sent before the connection breaks. */
export function sentBeforeReset({ body, stream }: Reply, bytes: number): AsyncGenerator<Uint8Array> {
  return firstBytes(stream ?? onePiece(Buffer.from(body as string)), bytes)
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
