/**
 * How long an event loop is blocked. Plain JavaScript, because a server in a process of its own watches its own.
 */

import { readFileSync } from 'node:fs'

/** Milliseconds between two heartbeats. */
export const BEAT_MS = 20

/** Milliseconds for which this thread has had a processor; where that cannot be told, the whole process. */
function computedMs() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}

/** Watches the event loop from now on. While others have the processor, nothing is blocked by what is done here: that does not count. */
export function watchEventLoop() {
  let longest = 0
  let latest = performance.now()
  let computed = computedMs()
  const beat = () => {
    const [now, computedNow] = [performance.now(), computedMs()]
    longest = Math.max(longest, Math.min(now - latest, computedNow - computed))
    latest = now
    computed = computedNow
  }
  const heart = setInterval(beat, BEAT_MS)
  return {
    /** Milliseconds for which it was blocked at the longest, since the last time this was asked. */
    longestMs() {
      beat()
      const told = longest
      longest = 0
      return told
    },
    stop: () => clearInterval(heart),
  }
}
