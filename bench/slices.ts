/**
 * Servers side by side: processor time of the whole process of each, by the system's account, so that neither the client nor whatever else the machine does
 * counts. All of them run in one go, in slices that follow in random order.
 */

import { Pool } from 'undici'
import type { Call } from '../src/index.js'
import type { Server } from './server.js'
import { shuffled } from './statistics.js'
import { pollUntil, send } from './throughput.js'

const CONNECTIONS = 16

/** One kind of call to one server. */
export interface Load {
  server: Server
  /** Made when its slice comes, so that nothing is stale; not while it is measured. Of what is large there may be fewer. */
  calls: (count: number) => Call[]
  /** Over how many connections at a time. Default: {@link CONNECTIONS}. */
  connections?: number
}

/** How much is measured. */
export interface Effort {
  slices: number
  callsPerSlice: number
  /** Slices before those that count. */
  warmUp: number
}

/** Microseconds of processor time per call: one figure of each load for each round of slices, so that those of one round can be compared. */
export async function measureInSlices<Name extends string>(
  loads: Readonly<Record<Name, Load>>,
  { slices, callsPerSlice, warmUp }: Effort,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(loads) as Name[]
  const pools = new Map(
    names.map((name) => [name, new Pool(loads[name].server.url, { connections: loads[name].connections ?? CONNECTIONS, pipelining: 1 })]),
  )
  const costs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  try {
    for (let slice = -warmUp; slice < slices; slice++) {
      for (const name of shuffled(names)) {
        const { server, calls, connections = CONNECTIONS } = loads[name]
        const cost = await costOf(server, pools.get(name) as Pool, calls(callsPerSlice), connections)
        if (slice >= 0) costs[name].push(cost)
      }
    }
    return costs
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.close()))
  }
}

/** Microseconds of processor time that the server takes for each of the calls. */
async function costOf(server: Server, pool: Pool, calls: readonly Call[], connections: number): Promise<number> {
  const queue = calls.values()
  const worker = async (): Promise<void> => {
    for (const call of queue) await send(pool, call)
  }
  const before = await server.usage()
  await pollUntil(Promise.all(Array.from({ length: connections }, worker)))
  const after = await server.usage()
  return (after.cpu - before.cpu) / calls.length
}
