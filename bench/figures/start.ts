/** Starting, memory, accounts. */

import type { Figure } from '../figure.js'
import { measureMemory } from '../memory.js'
import { measureAccount, measureStart } from '../start.js'
import { measureStates } from '../state.js'

/** From the start of the process to its first answer. */
export async function startFigures(quick: boolean): Promise<Figure[]> {
  const { bareMs, emulatorMs, ratio, bareMemory, emulatorMemory } = await measureStart(quick ? 3 : 7)
  return [
    { what: 'bare Fastify, start to first answer', values: [bareMs], unit: 'ms' },
    { what: 'emulator, start to first answered call', values: [emulatorMs], unit: 'ms' },
    { what: 'emulator against bare Fastify', values: [ratio], unit: '', aim: 'at most 1.6' },
    { what: 'bare Fastify, memory after first answer', values: [bareMemory], unit: 'MB' },
    { what: 'emulator, memory after first answered call', values: [emulatorMemory], unit: 'MB' },
  ]
}

/** Resident memory after very many calls. */
export async function memoryFigures(): Promise<Figure[]> {
  const { few, many } = await measureMemory()
  return [
    { what: 'memory after 20,000 calls', values: [few], unit: 'MB' },
    { what: 'memory after 200,000 calls', values: [many], unit: 'MB', aim: 'at most 150 MB, and twice that after 20,000' },
  ]
}

/** Fresh accounts, snapshots, forks. */
export async function accountFigures(): Promise<Figure[]> {
  const { fresh, firstCall } = await measureAccount()
  const { save, restore, fork } = await measureStates()
  return [
    { what: 'fresh account in process', values: [fresh], unit: 'µs', aim: 'at most 100 µs' },
    { what: 'its first call', values: [firstCall], unit: 'µs', aim: 'at most 150 µs' },
    { what: '1,000 media, saving a snapshot', values: [save], unit: 'ms', aim: 'a few ms' },
    { what: '1,000 media, restoring a snapshot', values: [restore], unit: 'ms', aim: 'a few ms' },
    { what: '1,000 media, a fork and its end', values: [fork], unit: 'ms', aim: 'a few ms' },
  ]
}
