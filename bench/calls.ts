/**
 * What a call costs the server: processor time of its whole process, by its own account, so that neither the client nor whatever else the machine does counts.
 * All targets run in one go, in slices that follow in random order; of the slices, medians and quartiles count.
 */

import { Pool } from 'undici'
import { type Call, DEFAULT_KEY } from '../src/index.js'
import { type Scheme, sign } from '../src/signing/sign.js'
import { type Server, startBare, startEmulator, startMinimal } from './server.js'
import { pollUntil, quartiles, send } from './throughput.js'

/** Microseconds of processor time per call: lower quartile, median, upper quartile. */
export type CostOfCall = readonly [lower: number, median: number, upper: number]

const CONNECTIONS = 16

/** One kind of call to one server. */
interface Load {
  server: Server
  /** Made when its slice comes, so that nothing is stale; not while it is measured. */
  calls: (count: number) => Call[]
}

/** How much is measured. */
export interface Effort {
  slices: number
  callsPerSlice: number
}

const VOD = { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21' }

const callsOf =
  (action: string, params: (number: number) => Record<string, string>, scheme: Scheme = 'rpc') =>
  ({ url }: Server) => {
    let number = 0
    const { host } = new URL(url)
    const version = action === 'GetAsyncJobResult' ? '2020-03-20' : VOD.version
    return (count: number): Call[] =>
      Array.from({ length: count }, () =>
        sign(scheme, { host, version, action, params: params(number++), key: DEFAULT_KEY, method: 'GET' }),
      )
  }

async function ask(pool: Pool, { url }: Server, action: string, params: Record<string, string>, version = VOD.version) {
  const call = sign('rpc', { host: new URL(url).host, version, action, params, key: DEFAULT_KEY, method: 'GET' })
  return JSON.parse(await send(pool, call))
}

async function setLimits(pool: Pool): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: 'PUT',
    path: '/_emulator/settings',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ limits: { actions: { '*': { limit: 1_000_000, per: 'second' } } } }),
  })
  const answer = await body.text()
  if (statusCode !== 200) throw new Error(answer)
}

/** Costs by what was called. */
export async function measureCalls({ slices, callsPerSlice }: Effort): Promise<Record<string, CostOfCall>> {
  // Time stands still, so that the job is asked for in one and the same state: the address of a result is signed anew with every answer.
  const [bare, minimal, emulator] = await Promise.all([startBare(), startMinimal(), startEmulator('--clock', 'manual')])
  const servers = [bare, minimal, emulator]
  const pools = new Map(servers.map((server) => [server, new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 })]))
  try {
    const pool = pools.get(emulator) as Pool
    // Throttling counts as always, and refuses nothing.
    await setLimits(pool)
    const { RequestId: jobId } = await ask(
      pool,
      emulator,
      'SegmentVideoBody',
      { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' },
      '2020-03-20',
    )
    const { VideoId: videoId } = await ask(pool, emulator, 'CreateUploadVideo', { Title: 'bench', FileName: 'bench.mp4' })
    const job = callsOf('GetAsyncJobResult', () => ({ JobId: jobId }))
    const loads: Record<string, Load> = {
      'bare Fastify': { server: bare, calls: job(bare) },
      'the check': { server: minimal, calls: job(minimal) },
      GetAsyncJobResult: { server: emulator, calls: job(emulator) },
      'GetAsyncJobResult, ACS3': { server: emulator, calls: callsOf('GetAsyncJobResult', () => ({ JobId: jobId }), 'acs3')(emulator) },
      GetVideoInfo: { server: emulator, calls: callsOf('GetVideoInfo', () => ({ VideoId: videoId }))(emulator) },
      SetMessageCallback: {
        server: emulator,
        calls: callsOf('SetMessageCallback', (number) => ({ CallbackType: 'HTTP', CallbackURL: `http://bench.example/${number}` }))(
          emulator,
        ),
      },
      UpdateVideoInfo: {
        server: emulator,
        calls: callsOf('UpdateVideoInfo', (number) => ({ VideoId: videoId, Title: `bench ${number}` }))(emulator),
      },
      CreateUploadVideo: {
        server: emulator,
        calls: callsOf('CreateUploadVideo', (number) => ({ Title: `bench ${number}`, FileName: `bench-${number}.mp4` }))(emulator),
      },
    }
    const figures: Record<string, number[]> = Object.fromEntries(Object.keys(loads).map((name) => [name, []]))
    for (let slice = -5; slice < slices; slice++) {
      for (const name of shuffled(Object.keys(loads))) {
        const { server, calls } = loads[name] as Load
        const cost = await costOf(server, pools.get(server) as Pool, calls(callsPerSlice))
        // The first ones warm up.
        if (slice >= 0) figures[name]?.push(cost)
      }
    }
    return Object.fromEntries(Object.entries(figures).map(([name, costs]) => [name, quartiles(costs)]))
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.close()))
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** Microseconds of processor time that the server takes for each of the calls. */
async function costOf(server: Server, pool: Pool, calls: readonly Call[]): Promise<number> {
  const queue = calls.values()
  const worker = async (): Promise<void> => {
    for (const call of queue) await send(pool, call)
  }
  const before = await server.usage()
  await pollUntil(Promise.all(Array.from({ length: CONNECTIONS }, worker)))
  const after = await server.usage()
  return (after.cpu - before.cpu) / calls.length
}

function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list]
  for (let index = copy.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[copy[index], copy[other]] = [copy[other] as T, copy[index] as T]
  }
  return copy
}
