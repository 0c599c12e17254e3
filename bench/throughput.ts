/** Signed calls through HTTP, and how long they take by the clock on the wall. */

import { Pool } from 'undici'
import { type Call, DEFAULT_KEY } from '../src/index.js'
import { type Scheme, sign } from '../src/signing/sign.js'
import type { Server } from './server.js'

const CONNECTIONS = 16
const CALLS = 8000

/** A signed call to an Action of videoseg. */
export const signedCall = ({ url }: Server, scheme: Scheme, action: string, params: Record<string, string>): Call =>
  sign(scheme, { host: new URL(url).host, version: '2020-03-20', action, params, key: DEFAULT_KEY, method: 'GET' })

/** Sends a call and returns its answer; anything but 200 ends the measurement. */
export async function send(pool: Pool, { method, path, query, headers, body }: Call): Promise<string> {
  const { statusCode, body: answer } = await pool.request({
    method: method as 'GET',
    path: `${path}?${query}`,
    headers: headers as Record<string, string>,
    ...(body.byteLength > 0 && { body }),
  })
  const text = await answer.text()
  if (statusCode !== 200) throw new Error(`Answered ${statusCode}: ${text}`)
  return text
}

/** Starts a job to ask for, and answers its id. */
export async function startJob(emulator: Server): Promise<string> {
  const pool = new Pool(emulator.url)
  const answer = await send(
    pool,
    signedCall(emulator, 'rpc', 'SegmentVideoBody', { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' }),
  )
  await pool.close()
  return JSON.parse(answer).RequestId as string
}

/** Signed beforehand, so that the client's own signing is not measured. */
export const callsFor = (server: Server, scheme: Scheme, jobId: string, count = CALLS): Call[] =>
  Array.from({ length: count }, () => signedCall(server, scheme, 'GetAsyncJobResult', { JobId: jobId }))

/** Sends the calls over so many connections. */
export async function callsPerSecond({ url }: Server, calls: readonly Call[], connections = CONNECTIONS): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const queue = calls.values()
  const worker = async (): Promise<void> => {
    for (const call of queue) await send(pool, call)
  }
  const started = performance.now()
  const done = Promise.all(Array.from({ length: connections }, worker))
  await pollUntil(done)
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  return calls.length / seconds
}

/** Keeps this process awake: on a virtual machine, waking a sleeping client costs the server more than answering it. */
export async function pollUntil(done: Promise<unknown>): Promise<void> {
  let waiting = true
  const stop = (): void => {
    waiting = false
  }
  done.then(stop, stop)
  while (waiting) await new Promise<void>((resolve) => setImmediate(resolve))
  await done
}
