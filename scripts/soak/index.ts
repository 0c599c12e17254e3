/**
 * `npm run soak`: mixed load on the built emulator, over HTTP, for five minutes, or `-- --seconds N`; ends with 1 if what it holds has not stayed flat, if a
 * reply was not what it must be, or if there was a bug. With `--write`, the figures go into docs/soak.md and its translation.
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { Client } from './client.js'
import { type Emulator, type Sample, startEmulator } from './emulator.js'
import { type Done, session } from './load.js'
import { rowOf, writePages } from './report.js'
import { judge } from './verdict.js'

/** Sessions at a time. */
const WORKERS = 8

/** Load goes on and stops in turns: what is held is measured when nothing is under way, and no account is left. */
const ROUNDS = 20

/** Of each round, so much is load; the rest is a pause, of at least so many milliseconds. */
const LOADED = 0.75
const PAUSE = 1500

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, write: { type: 'boolean', default: false } } })
const seconds = Number(values.seconds)
if (!(seconds >= 20)) throw new RangeError('--seconds takes a number from 20 on')

let callbacks = 0
const receiver = createServer((request, response) => {
  callbacks++
  request.resume().on('end', () => response.end())
})
receiver.keepAliveTimeout = 1000
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`

const done: Done = { sessions: 0, uploads: 0, jobs: 0, forks: 0, resets: 0 }
const problems: string[] = []
const samples: Sample[] = []
let calls = 0

/** Sessions one after the other, on several connections, until it is time. */
async function load({ url }: Emulator, until: number): Promise<void> {
  const client = new Client(url, WORKERS)
  const work = async (): Promise<void> => {
    while (performance.now() < until && problems.length < 5)
      await session(client, receiverUrl, done).catch((error: Error) => problems.push(error.message))
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  await client.close()
  calls += client.calls
}

const emulator = await startEmulator()
const began = performance.now()
const length = (seconds * 1000) / ROUNDS
for (let round = 0; round < ROUNDS && problems.length === 0; round++) {
  const begun = performance.now()
  await load(emulator, begun + length * LOADED)
  // Connections to receivers end by themselves, and the database merges its files.
  await new Promise((resolve) => setTimeout(resolve, Math.max(PAUSE, begun + length - performance.now())))
  const sample = { ...(await emulator.sample()), second: Math.round((performance.now() - began) / 1000), calls }
  samples.push(sample)
  process.stdout.write(`${rowOf(sample)}\n`)
}
await emulator.stop()
receiver.close()

if (emulator.log() !== '') problems.push(`the emulator has logged: ${emulator.log().slice(0, 2000)}`)
if (callbacks === 0) problems.push('no event notification has arrived')
const judgements = problems.length === 0 ? judge(samples) : []
for (const { what, before, after, allowed, flat } of judgements)
  process.stdout.write(`${flat ? 'flat' : 'GROWN'}  ${what}: ${before}, at the end ${after} (${allowed} more is none)\n`)
process.stdout.write(`${JSON.stringify({ calls, callbacks, ...done })}\n`)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (values.write && problems.length === 0) writePages({ seconds, samples, judgements, counts: { calls, callbacks, ...done } })
process.exitCode = problems.length === 0 && judgements.every(({ flat }) => flat) ? 0 : 1
