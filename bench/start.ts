/** From the start of the process to its first answered call, and the memory it then holds. */

import { Pool } from 'undici'
import { createCloud } from '../src/index.js'
import { sign } from '../src/signing/sign.js'
import { type Server, startBare, startEmulator } from './server.js'
import { median, send, signedCall } from './throughput.js'

/** Milliseconds and megabytes, medians over the rounds. */
export interface Start {
  bareMs: number
  emulatorMs: number
  /** Emulator against bare Fastify, pair by pair. */
  ratio: number
  bareMemory: number
  emulatorMemory: number
}

/** Starts both in turn. */
export async function measureStart(count: number): Promise<Start> {
  const rounds: { bare: Figures; emulator: Figures }[] = []
  for (let round = -1; round < count; round++) {
    const measured = { bare: await measure(startBare), emulator: await measure(startEmulator) }
    if (round >= 0) rounds.push(measured)
  }
  return {
    bareMs: median(rounds.map(({ bare }) => bare.ms)),
    emulatorMs: median(rounds.map(({ emulator }) => emulator.ms)),
    ratio: median(rounds.map(({ bare, emulator }) => emulator.ms / bare.ms)),
    bareMemory: median(rounds.map(({ bare }) => bare.memory)),
    emulatorMemory: median(rounds.map(({ emulator }) => emulator.memory)),
  }
}

interface Figures {
  ms: number
  memory: number
}

async function measure(start: () => Promise<Server>): Promise<Figures> {
  const started = performance.now()
  const server = await start()
  const pool = new Pool(server.url)
  await send(pool, signedCall(server, 'rpc', 'SegmentVideoBody', { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' }))
  const ms = performance.now() - started
  const memory = server.memory() ?? Number.NaN
  await pool.close()
  await server.stop()
  return { ms, memory }
}

const ACCOUNTS = 2000

/** Microseconds that a fresh account takes in process, with its end, and the first call to one. */
export async function measureAccount(): Promise<{ fresh: number; firstCall: number }> {
  const cloud = createCloud({ clock: 'manual' })
  const create = (): void => {
    for (let count = 0; count < ACCOUNTS; count++) cloud.disposeAccount(cloud.createAccount())
  }
  create()
  const started = performance.now()
  create()
  const fresh = ((performance.now() - started) * 1000) / ACCOUNTS
  const first = async (): Promise<number> => {
    let spent = 0
    for (let count = 0; count < ACCOUNTS; count++) {
      const account = cloud.createAccount()
      const call = sign('rpc', { host: '127.0.0.1', version: '2017-03-21', action: 'GetCategories', key: account.credentials })
      const begun = performance.now()
      const { status } = await cloud.handle(call)
      spent += performance.now() - begun
      if (status !== 200) throw new Error(`Answered ${status}`)
      cloud.disposeAccount(account)
    }
    return (spent * 1000) / ACCOUNTS
  }
  await first()
  return { fresh, firstCall: await first() }
}
