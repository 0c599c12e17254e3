/**
 * The built emulator in a process of its own, which tells how it is: started with `fork` and `--expose-gc`. It says its URL, and answers each message with
 * what has become of its heap, of its event loop, and of what nobody has caught.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startEmulator } from '../../dist/emulator.js'

const bugs = []
const note = (error) => bugs.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
process.on('uncaughtException', note)
process.on('unhandledRejection', note)

const delay = monitorEventLoopDelay({ resolution: 10 })
const emulator = await startEmulator({ port: 0, clock: 'manual', onBug: note, settings: { limits: { enabled: false } } })
delay.enable()

process.on('message', async () => {
  const longestMs = delay.max / 1e6
  for (let round = 0; round < 4; round++) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  process.send({ heap: heapUsed + arrayBuffers, longestMs, bugs: bugs.splice(0) })
  delay.reset()
})
process.on('disconnect', () => process.exit(0))
process.send({ url: emulator.url })
