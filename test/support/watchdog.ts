/** A watchdog for tests that attack: whatever is sent, the event loop goes on and no error gets lost. */

import { BEAT_MS, watchEventLoop } from './event-loop.mjs'

/** Milliseconds for which nothing may block the event loop; generous, for machines that are slow. */
const LONGEST_BLOCK_MS = 2000

/** Errors that nobody has caught, which would end a process. */
const LOST = ['uncaughtException', 'unhandledRejection'] as const

/**
 * Runs an attack and resolves with what it resolves with. Rejects if the event loop was blocked for longer than `longestMs`, and says for how
 * long; or if there was an uncaught exception or an unhandled rejection, with those as its `errors`.
 */
export async function watched<T>(attack: () => Promise<T>, { longestMs = LONGEST_BLOCK_MS } = {}): Promise<T> {
  const lost: unknown[] = []
  const note = (error: unknown): void => void lost.push(error)
  // The test runner's own listeners would blame the whole run.
  const others = LOST.map((event) => process.rawListeners(event))
  for (const event of LOST) process.removeAllListeners(event).on(event, note)
  const loop = watchEventLoop()
  try {
    const result = await attack()
    // What is thrown in the wake of it counts as well.
    await new Promise((resolve) => setTimeout(resolve, 2 * BEAT_MS))
    const longest = loop.longestMs()
    if (longest > longestMs)
      throw new Error(`the event loop was blocked for ${Math.round(longest)} ms; at most ${longestMs} ms is all right`)
    if (lost.length > 0) throw new AggregateError(lost, `nobody caught: ${lost.map(String).join('; ')}`)
    return result
  } finally {
    loop.stop()
    for (const [index, event] of LOST.entries()) {
      process.removeAllListeners(event)
      for (const listener of others[index] ?? []) process.on(event, listener as (error: unknown) => void)
    }
  }
}
