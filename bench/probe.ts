/** Loaded into every server under measurement before its own code: tells its parent what the process has used so far, all of its threads included. */

/** What a process has used. */
export interface Usage {
  /** Microseconds of processor time, in user and system mode, of all threads. */
  cpu: number
  /** Bytes of resident memory. */
  memory: number
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system, memory: process.memoryUsage.rss() } satisfies Usage)
})
// Whether the server goes on is its own business.
process.channel?.unref()
