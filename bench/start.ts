/** From the start of the process to its first answered call, and the memory it then holds. */

import { Pool } from 'undici'
import { createCloud } from '../src/index.js'
import { signedFor } from './in-process.js'
import { type Server, startBare, startEmulator } from './server.js'
import { send, signedCall } from './throughput.js'

/** Of one program, in each round. */
export interface Starts {
  milliseconds: number[]
  /** Megabytes of resident memory after the first answer. */
  memory: number[]
}

/** Starts both in turn. */
export async function measureStart(rounds: number): Promise<{ bare: Starts; emulator: Starts }> {
  const starts = { bare: { milliseconds: [], memory: [] } as Starts, emulator: { milliseconds: [], memory: [] } as Starts }
  const programs = { bare: startBare, emulator: startEmulator }
  for (let round = -1; round < rounds; round++)
    for (const name of ['bare', 'emulator'] as const) {
      const { milliseconds, memory } = await measure(programs[name])
      // The first ones read what is on the disk.
      if (round < 0) continue
      starts[name].milliseconds.push(milliseconds)
      starts[name].memory.push(memory)
    }
  return starts
}

async function measure(start: () => Promise<Server>): Promise<{ milliseconds: number; memory: number }> {
  const started = performance.now()
  const server = await start()
  const pool = new Pool(server.url)
  await send(pool, signedCall(server, 'rpc', 'SegmentVideoBody', { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' }))
  const milliseconds = performance.now() - started
  const memory = server.memory() ?? Number.NaN
  await pool.close()
  await server.stop()
  return { milliseconds, memory }
}

const ACCOUNTS = 2000

/** Microseconds that a fresh account takes in process, with its end, and the first call to one: each of them, one by one. */
export async function measureAccount(): Promise<{ fresh: number[]; firstCall: number[] }> {
  const cloud = createCloud({ clock: 'manual' })
  const measured = { fresh: [] as number[], firstCall: [] as number[] }
  for (let count = -ACCOUNTS; count < ACCOUNTS; count++) {
    const before = performance.now()
    cloud.disposeAccount(cloud.createAccount())
    const fresh = performance.now() - before
    const account = cloud.createAccount()
    const call = signedFor(account, 'vod.GetCategories')
    const started = performance.now()
    const { status } = await cloud.handle(call)
    const firstCall = performance.now() - started
    if (status !== 200) throw new Error(`Answered ${status}`)
    cloud.disposeAccount(account)
    // The first half warms up.
    if (count < 0) continue
    measured.fresh.push(fresh * 1000)
    measured.firstCall.push(firstCall * 1000)
  }
  cloud.dispose()
  return measured
}
