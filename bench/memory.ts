/** What very many calls leave behind. */

import { Pool } from 'undici'
import { startEmulator } from './server.js'
import { callsFor, send, startJob } from './throughput.js'

const CONNECTIONS = 16
const FEW = 20_000
const MANY = 200_000
const SLICE = 2000

/** Megabytes of resident memory after so many calls. */
export async function measureMemory(): Promise<{ few: number; many: number }> {
  const emulator = await startEmulator()
  const pool = new Pool(emulator.url, { connections: CONNECTIONS, pipelining: 1 })
  try {
    const jobId = await startJob(emulator)
    let few = Number.NaN
    for (let calls = 0; calls < MANY; calls += SLICE) {
      const queue = callsFor(emulator, 'rpc', jobId, SLICE).values()
      const worker = async (): Promise<void> => {
        for (const call of queue) await send(pool, call)
      }
      await Promise.all(Array.from({ length: CONNECTIONS }, worker))
      if (calls + SLICE === FEW) few = (await emulator.usage()).memory / 1_000_000
    }
    return { few, many: (await emulator.usage()).memory / 1_000_000 }
  } finally {
    await pool.close()
    await emulator.stop()
  }
}
