/** What a data folder costs: calls that are answered only once what they have changed is stored, against the same calls without. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import type { Call } from '../src/index.js'
import { objectCall } from './oss.js'
import { type Server, startEmulator } from './server.js'
import { callsFor, callsPerSecond, send, startJob } from './throughput.js'

const CALLS = 3000
const ROUNDS = 5
const BUCKET = 'bench-kept'

/** Microseconds per call, of each round. */
export interface Kept {
  without: number[]
  with: number[]
}

/** Both emulators in turn: signed calls, which change no more than the nonces and counts of ids, and small uploads. */
export async function measureKept(): Promise<{ call: Kept; callOfMany: Kept; put: Kept }> {
  const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-bench-'))
  const servers = [await startEmulator(), await startEmulator('--data-dir', folder)] as const
  try {
    const jobIds = [await startJob(servers[0]), await startJob(servers[1])] as const
    for (const server of servers) await putBucket(server)
    const measured = async (calls: (index: 0 | 1) => Call[], connections: number): Promise<Kept> => {
      const kept: Kept = { without: [], with: [] }
      for (let round = -1; round < ROUNDS; round++) {
        const each = async (index: 0 | 1) => 1_000_000 / (await callsPerSecond(servers[index], calls(index), connections))
        const [without, withFolder] = [await each(0), await each(1)]
        // The first round warms up.
        if (round < 0) continue
        kept.without.push(without)
        kept.with.push(withFolder)
      }
      return kept
    }
    const signed = (index: 0 | 1): Call[] => callsFor(servers[index], 'rpc', jobIds[index], CALLS)
    return {
      call: await measured(signed, 1),
      callOfMany: await measured(signed, 16),
      put: await measured(
        (index) => Array.from({ length: CALLS }, (_, number) => objectCall(servers[index], 'PUT', BUCKET, `object-${number}`, CONTENT)),
        1,
      ),
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true })
  }
}

const CONTENT = Buffer.alloc(1000, 'synthetic video ')

async function putBucket(server: Server): Promise<void> {
  const pool = new Pool(server.url)
  await send(pool, objectCall(server, 'PUT', BUCKET))
  await pool.close()
}
