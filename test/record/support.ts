/** What the tests of recordings share: emulators that record, and a long mixed run to be recorded. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import { createControl } from '../../src/client/control.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import type { FaultInput } from '../../src/index.js'
import { type Scheme, type SigningKey, sign } from '../../src/signing/sign.js'
import { sample, type Ticket } from '../vod/support.js'
import { objectOf, uploaderOf } from '../vod/uploader.js'

/** Signature V4. */
const V4 = { authorizationV4: true }

/** A folder for one test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'recording-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** A file for one recording. */
export const recordingFile = (): string => join(folder(), 'run.jsonl')

// biome-ignore lint/suspicious/noExplicitAny: lines have all shapes
type Line = any

/** The lines of a recording. */
export const linesOf = (file: string): Line[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Writes lines as a recording. */
export const writeLines = (file: string, lines: readonly Line[]): void =>
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

/** An emulator that records, for one test. */
export async function recordingEmulator(options: EmulatorOptions = {}) {
  const file = recordingFile()
  const emulator = await startEmulator({ port: 0, seed: 7, record: file, ...options })
  let open = true
  const close = async (): Promise<void> => {
    if (open) await emulator.close()
    open = false
  }
  onTestFinished(close)
  return { ...emulator, file, close }
}

/** How a call differs from the usual one. */
interface Difference {
  scheme?: Scheme
  method?: 'GET' | 'POST'
  format?: 'JSON' | 'XML'
  nonce?: string
  timestamp?: number
}

/** An answer over HTTP; of a connection that breaks, the status is 0. */
export interface Answered {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  body: any
}

const VERSIONS: Record<string, string> = { vod: '2017-03-21', imageenhan: '2019-09-30' }

/** Calls by HTTP as an account. */
export function caller(url: string, key: SigningKey) {
  const { host } = new URL(url)
  return async (id: string, params: { [name: string]: ParamValue } = {}, difference: Difference = {}): Promise<Answered> => {
    const [service = '', action = ''] = id.split('.')
    const { scheme = 'rpc', ...rest } = difference
    const { method, query, headers, body } = sign(scheme, {
      host,
      action,
      version: VERSIONS[service] ?? '2020-03-20',
      params,
      key,
      ...rest,
    })
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host')) as Record<string, string>
    try {
      const response = await fetch(`${url}/?${query}`, { method, headers: sent, ...(method === 'POST' && { body }) })
      const text = await response.text()
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
    } catch {
      return { status: 0, body: {} }
    }
  }
}

const FILM = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/films/'

/** A film that takes several parts to upload, and more than a recording holds in a line. */
const LARGE = Buffer.concat([sample('sample.mp4'), Buffer.alloc(250_000, 'x')])

/** Faults of the default account. */
const FAULTS: FaultInput[] = [
  { service: 'videoseg', action: 'GetAsyncJobResult', times: 3, error: 'Throttling.User' },
  { action: 'GenerateVideoCover', every: 2, times: 3, job: { fail: 'InvalidFile.Decode' } },
  { action: 'GetUploadDetails', times: 2, latency: { from: '1ms', to: '30ms' } },
  { action: 'GetVideoPlayAuth', after: 1, times: 2, reset: true },
  { action: 'CreateUploadVideo', when: { Title: 'twice' }, loseReply: { effects: 2, see: { error: 'Throttling.User' } } },
  { action: 'AssessSharpness', times: 2, garble: true },
  { callback: { delay: '30s' }, times: 5 },
  { oss: { operation: 'PutObject', reset: true }, after: 1, times: 1 },
]

/** Name of the object that a ticket is for. */
/**
 * Some 500 calls of all kinds, many at the same time: two accounts, jobs that are polled, uploads in one piece and in parts, playback,
 * downloads, refusals, throttling, repeated nonces, old timestamps, faults, settings, clock moves, and notifications that nobody takes.
 */
export async function mixedRun(url: string): Promise<void> {
  const control = createControl({ endpoint: url })
  const second = await control.createAccount({ settings: { limits: { actions: { 'vod.GetPlayInfo': { limit: 2, per: 'second' } } } } })
  const here = caller(url, { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' })
  const there = caller(url, second)
  const controlThere = createControl(second)
  await control.assets.put({ url: `${FILM}gone.mp4`, defect: 'cannot be downloaded' })
  await here('vod.SetMessageCallback', { CallbackURL: 'http://127.0.0.1:9/none', EventTypeList: 'ALL' })
  const user = await controlThere.ram.putUser({ name: 'guest', allow: ['videoseg:Get*'] })
  await controlThere.ram.putRole({ name: 'app', allow: ['*'] })
  const session = await controlThere.ram.assumeRole({ role: 'app' })
  const guest = caller(url, user)
  const inSession = caller(url, session)

  for (let round = 0; round < 11; round++) {
    if (round === 2) for (const fault of FAULTS) await control.faults.add(fault)
    // Jobs of two accounts at the same time.
    const started = await Promise.all(
      [here, there, inSession].flatMap((call) => [
        call('videoseg.SegmentVideoBody', { VideoUrl: `${FILM}${round}.mp4` }),
        call('videorecog.GenerateVideoCover', { VideoUrl: `${FILM}${round === 4 ? 'gone' : round}.mp4`, IsGif: true }, { scheme: 'acs3' }),
        call('imageenhan.AssessSharpness', { ImageURL: `${FILM}${round}.jpg` }, { format: 'XML' }),
      ]),
    )
    const jobs = started.map(({ body }) => body.RequestId as string).filter(Boolean)
    // Refusals of all kinds, among them calls that lead to no account.
    const repeated = { nonce: `round-${round}` }
    await Promise.all([
      here('videoseg.SegmentVideoBody', {}, { scheme: 'acs3', method: 'GET' }),
      here('videoseg.NoSuchAction'),
      here('vod.GetPlayInfo', { VideoId: 'none' }, { format: 'XML' }),
      here('vod.CreateUploadVideo', { Title: 'x'.repeat(200), FileName: 'a.mp4' }),
      here('vod.CreateUploadVideo', { Title: 'twice', FileName: 'a.mp4' }),
      here('vod.GetPlayInfo', { VideoId: 'none' }, { timestamp: Date.now() - 3_600_000 }),
      here('videoseg.GetAsyncJobResult', { JobId: jobs[0] }, repeated),
      here('videoseg.GetAsyncJobResult', { JobId: jobs[0] }, repeated),
      caller(url, { accessKeyId: 'testAccessKeyId', accessKeySecret: 'wrong' })('videoseg.GetAsyncJobResult', { JobId: jobs[0] }),
      caller(url, { accessKeyId: 'nobody', accessKeySecret: 'x' })('videoseg.GetAsyncJobResult', { JobId: jobs[0] }),
      guest('videoseg.SegmentVideoBody', { VideoUrl: `${FILM}1.mp4` }),
      fetch(`${url}/no-bucket/no-key`),
      fetch(`${url}/?`, { method: 'DELETE' }),
    ])
    // Uploads, while others call.
    const tickets: (Ticket & { VideoId: string })[] = await Promise.all(
      [here, there].map(async (call) => (await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).body),
    )
    const [first, other] = tickets as [Ticket & { VideoId: string }, Ticket & { VideoId: string }]
    await Promise.all([
      uploaderOf(first, V4)
        .put(objectOf(first), round % 2 === 0 ? sample('sample.mp4') : LARGE)
        .catch(() => {}),
      uploaderOf(other, V4)
        .multipartUpload(objectOf(other), LARGE, { partSize: 100 * 1024, parallel: 3 })
        .catch(() => {}),
      ...jobs.slice(0, 3).map((JobId) => here('videoseg.GetAsyncJobResult', { JobId })),
      uploaderOf(first, V4)
        .put(objectOf(other), Buffer.from('not mine'))
        .catch(() => {}),
      here('vod.GetUploadDetails', { MediaIds: first.VideoId }),
    ])
    if (round === 3) await control.clock.advance('2h')
    else await Promise.all([control.clock.advance('1m'), controlThere.clock.advance('90s')])
    const results = await Promise.all([
      ...jobs.slice(0, 2).map((JobId) => here('videoseg.GetAsyncJobResult', { JobId })),
      ...Array.from({ length: 5 }, () => there('vod.GetPlayInfo', { VideoId: other.VideoId })),
      here('vod.GetPlayInfo', { VideoId: first.VideoId }, { scheme: 'acs3' }),
      here('vod.GetVideoPlayAuth', { VideoId: first.VideoId }),
      there('vod.GetUploadDetails', { MediaIds: `${other.VideoId},none` }),
    ])
    // What was made is downloaded, some of it in part.
    const urls = results.flatMap(({ body }) => {
      const made = body.Data?.Result === undefined ? undefined : (JSON.parse(body.Data.Result).VideoUrl as string | undefined)
      const [stream] = body.PlayInfoList?.PlayInfo ?? []
      return [made, stream?.PlayURL as string | undefined].filter((each) => each !== undefined)
    })
    await Promise.all(
      urls.map(async (each, index) => {
        const response = await fetch(each, index % 2 === 0 ? {} : { headers: { range: 'bytes=10-99' } })
        await response.arrayBuffer()
      }),
    )
    if (round === 5) await controlThere.settings.change({ services: { videoseg: 'suspended' } })
  }
}
