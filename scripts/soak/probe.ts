/** Loaded into the emulator before its own code: tells its parent, whenever asked, what the process holds once garbage is collected. */

import { readdirSync } from 'node:fs'

/** What a process holds. */
export interface Held {
  /** Bytes of resident memory. */
  resident: number
  /** Bytes of the heap that are in use. */
  heap: number
  /** Bytes outside of the heap: buffers, mostly. */
  external: number
  /** Resources that keep the event loop busy, by kind. */
  resources: Record<string, number>
  /** Files, sockets and pipes that are open; where the system does not tell, 0. */
  openFiles: number
}

process.on('message', () => {
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  const resources: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
  process.send?.({ resident: rss, heap: heapUsed, external, resources, openFiles: openFiles() } satisfies Held)
})
// Whether the emulator goes on is its own business.
process.channel?.unref()

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
