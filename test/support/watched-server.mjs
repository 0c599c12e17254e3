/**
 * The built emulator in a process of its own, which tells how it is: started with `fork` and `--expose-gc`. It says its URL, and answers each message with
 * what has become of its heap, of its event loop, and of what nobody has caught.
 */

import { startEmulator } from '../../dist/emulator.js'
import { watchEventLoop } from './event-loop.mjs'

const bugs = []
const note = (error) => bugs.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
process.on('uncaughtException', note)
process.on('unhandledRejection', note)

const emulator = await startEmulator({ port: 0, clock: 'manual', onBug: note, settings: { limits: { enabled: false } } })
const loop = watchEventLoop()

process.on('message', async () => {
  const longestMs = loop.longestMs()
  for (let round = 0; round < 4; round++) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  process.send({ heap: heapUsed + arrayBuffers, longestMs, bugs: bugs.splice(0) })
  loop.longestMs()
})
process.on('disconnect', () => process.exit(0))
process.send({ url: emulator.url })
