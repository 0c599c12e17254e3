/** From the start of the process to its first answered call, and the memory it then holds. */

import { Pool } from 'undici'
import { createCloud } from '../src/index.js'
import { type Server, startBare, startEmulator } from './server.js'
import { median, send, signedCall } from './throughput.js'

const ROUNDS = 7

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
export async function measureStart(): Promise<Start> {
  const rounds: { bare: Figures; emulator: Figures }[] = []
  for (let round = -1; round < ROUNDS; round++) {
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

/** Microseconds that a fresh account takes in process, creation and disposal. */
export function measureAccount(): number {
  const cloud = createCloud({ clock: 'manual' })
  const create = (): void => {
    for (let count = 0; count < ACCOUNTS; count++) cloud.disposeAccount(cloud.createAccount())
  }
  create()
  const started = performance.now()
  create()
  return ((performance.now() - started) * 1000) / ACCOUNTS
}
