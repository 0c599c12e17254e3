/** What calls cost the server: reads, writes, pages and objects, beside a bare Fastify and one that does no more than check signatures. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { type Call, DEFAULT_KEY } from '../src/index.js'
import { type Scheme, sign } from '../src/signing/sign.js'
import { writeLibrary } from './library.js'
import { objectCall } from './oss.js'
import { type Server, startBare, startEmulator, startMinimal } from './server.js'
import { type Effort, type Load, measureInSlices } from './slices.js'
import { send, startJob } from './throughput.js'

const VOD = { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21' }

type Calls = (server: Server) => (count: number) => Call[]

/** Signed when they are asked for, each with a nonce of its own. */
const callsOf =
  (action: string, params: (number: number) => Record<string, string>, scheme: Scheme = 'rpc'): Calls =>
  ({ url }) => {
    let number = 0
    const { host } = new URL(url)
    const version = action === 'GetAsyncJobResult' ? '2020-03-20' : VOD.version
    return (count) =>
      Array.from({ length: count }, () =>
        sign(scheme, { host, version, action, params: params(number++), key: DEFAULT_KEY, method: 'GET' }),
      )
  }

/** Reads of one thing. */
export const READS = {
  GetAsyncJobResult: (jobId: string, scheme?: Scheme) => callsOf('GetAsyncJobResult', () => ({ JobId: jobId }), scheme),
  GetVideoInfo: (videoId: string) => callsOf('GetVideoInfo', () => ({ VideoId: videoId })),
  GetPlayInfo: (videoId: string) => callsOf('GetPlayInfo', () => ({ VideoId: videoId })),
  SearchMedia: () =>
    callsOf('SearchMedia', () => ({ SearchType: 'video', Fields: 'Title,Status,CateId,Size', PageNo: '1', PageSize: '10' })),
}

const WRITES = {
  SetMessageCallback: callsOf('SetMessageCallback', (number) => ({ CallbackType: 'HTTP', CallbackURL: `http://bench.example/${number}` })),
  UpdateVideoInfo: (videoId: string) => callsOf('UpdateVideoInfo', (number) => ({ VideoId: videoId, Title: `bench ${number}` })),
  CreateUploadVideo: callsOf('CreateUploadVideo', (number) => ({ Title: `bench ${number}`, FileName: `bench-${number}.mp4` })),
}

/** An emulator whose time stands still, so that an answer is always the same, and that throttles and counts as always, but refuses nothing. */
async function startUnlimited(...flags: string[]): Promise<Server> {
  const server = await startEmulator('--clock', 'manual', ...flags)
  const response = await fetch(`${server.url}/_emulator/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ limits: { actions: { '*': { limit: 1_000_000, per: 'second' } } }, vod: { maxMedia: 1_000_000 } }),
  })
  const answer = await response.text()
  if (response.status !== 200) throw new Error(answer)
  return server
}

/** An emulator with a job to ask for. */
export async function emulatorWithJob(): Promise<{ server: Server; jobId: string }> {
  const server = await startUnlimited()
  return { server, jobId: await startJob(server) }
}

/** Of calls that cost many times what others do, so that a slice of them takes no longer. */
const fewer =
  (calls: Calls): Calls =>
  (server) => {
    const make = calls(server)
    return (count) => make(Math.ceil(count / 30))
  }

/** What is called, in the order of the figures. */
export type LoadName =
  | 'bare'
  | 'check'
  | 'check, one by one'
  | 'GetAsyncJobResult, one by one'
  | keyof typeof READS
  | 'ACS3'
  | keyof typeof WRITES
  | `${'put' | 'get'} ${'1 KB' | '1 MB'}`

/** Microseconds of processor time per call: one figure for each round of slices. */
export async function measureCalls(effort: Effort): Promise<Record<LoadName, number[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-calls-'))
  const servers: Server[] = []
  try {
    const state = join(folder, 'library.json')
    const { playable } = await writeLibrary(state)
    const [bare, minimal, { server: emulator, jobId }, library, objects] = await Promise.all([
      startBare(),
      startMinimal(),
      emulatorWithJob(),
      startUnlimited('--state', state),
      startUnlimited(),
    ])
    servers.push(bare, minimal, emulator, library, objects)
    const videoId = await createVideo(emulator)
    const load = (server: Server, calls: Calls): Load => ({ server, calls: calls(server) })
    return await measureInSlices<LoadName>(
      {
        bare: load(bare, READS.GetAsyncJobResult(jobId)),
        check: load(minimal, READS.GetAsyncJobResult(jobId)),
        GetAsyncJobResult: load(emulator, READS.GetAsyncJobResult(jobId)),
        // Each is sent when the one before it has been answered, as a test does: none comes together with others.
        'check, one by one': { ...load(minimal, READS.GetAsyncJobResult(jobId)), connections: 1 },
        'GetAsyncJobResult, one by one': { ...load(emulator, READS.GetAsyncJobResult(jobId)), connections: 1 },
        ACS3: load(emulator, READS.GetAsyncJobResult(jobId, 'acs3')),
        GetVideoInfo: load(emulator, READS.GetVideoInfo(videoId)),
        GetPlayInfo: load(library, READS.GetPlayInfo(playable)),
        SearchMedia: load(library, fewer(READS.SearchMedia())),
        SetMessageCallback: load(emulator, WRITES.SetMessageCallback),
        UpdateVideoInfo: load(emulator, WRITES.UpdateVideoInfo(videoId)),
        CreateUploadVideo: load(emulator, WRITES.CreateUploadVideo),
        ...(await objectLoads(objects)),
      },
      effort,
    )
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true })
  }
}

async function createVideo(server: Server): Promise<string> {
  const pool = new Pool(server.url)
  const [call] = WRITES.CreateUploadVideo(server)(1) as [Call]
  const { VideoId } = JSON.parse(await send(pool, call))
  await pool.close()
  return VideoId
}

const BUCKET = 'bench-calls'

/** Objects of both sizes, put over and over, and read. */
async function objectLoads(server: Server): Promise<Record<`${'put' | 'get'} ${'1 KB' | '1 MB'}`, Load>> {
  const pool = new Pool(server.url)
  const bytes = { '1 KB': Buffer.alloc(1000, 'synthetic video '), '1 MB': Buffer.alloc(1_000_000, 'synthetic video ') }
  await send(pool, objectCall(server, 'PUT', BUCKET))
  for (const size of ['1 KB', '1 MB'] as const) await send(pool, objectCall(server, 'PUT', BUCKET, size.replace(' ', '-'), bytes[size]))
  await pool.close()
  const repeated = (method: 'GET' | 'PUT', size: '1 KB' | '1 MB'): Load => {
    const calls: Calls = () => (count) => {
      const call = objectCall(server, method, BUCKET, size.replace(' ', '-'), method === 'PUT' ? bytes[size] : undefined)
      return Array.from({ length: count }, () => call)
    }
    return { server, calls: (size === '1 MB' ? fewer(calls) : calls)(server) }
  }
  return {
    'put 1 KB': repeated('PUT', '1 KB'),
    'get 1 KB': repeated('GET', '1 KB'),
    'put 1 MB': repeated('PUT', '1 MB'),
    'get 1 MB': repeated('GET', '1 MB'),
  }
}
