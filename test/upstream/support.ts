/** What the tests of an upstream share: an emulator that stands for the real cloud, one with a proxy that forwards to it, and a flow through both. */

import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import type { Call } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { type SigningKey, sign, type UnsignedCall } from '../../src/signing/sign.js'
import { decode, sample, type Ticket } from '../vod/support.js'

/** The first line of a recording of the real cloud. */
export const recordingHeader = {
  format: 'vod-viapi-emulator/recording',
  version: 1,
  package: '0',
  startedAt: 0,
  upstream: 'real',
  cloud: {},
  scenario: [],
}

/** A folder that is gone after the test. */
export function temporaryFile(name = 'run.jsonl'): string {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, name)
}

/** A server for one test; its base URL. */
export async function serverOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An emulator that stands for the real cloud; what it has begun is done once it was settled. */
export async function cloudUpstream(options: EmulatorOptions = {}) {
  const clock = { mode: 'manual', now: Date.now() } as const
  const emulator = await startEmulator({ port: 0, seed: 'upstream', clock, settings: { limits: { enabled: false } }, ...options })
  onTestFinished(emulator.close)
  return { ...emulator, settle: () => emulator.cloud.account().clock.advance('1h') }
}

/** One answer, as an altered upstream gets it. */
export interface Alterable {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  body: any
}

/** An upstream that answers as an emulator does, but for what `alter` makes of its JSON. */
export async function alteredUpstream(alter: (action: string, answer: Alterable) => void) {
  const upstream = await cloudUpstream()
  const { port } = new URL(upstream.url)
  const url = await serverOf(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray())
    const { method = '', url: path = '', headers } = incoming
    const action = headers['x-acs-action'] ?? /[?&]Action=(\w+)/.exec(`${path}&${body.toString('latin1')}`)?.[1] ?? ''
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (answer) => {
      const bytes = Buffer.concat(await answer.toArray())
      const altered: Alterable = {
        status: answer.statusCode ?? 0,
        body: bytes.toString().startsWith('{') ? JSON.parse(bytes.toString()) : undefined,
      }
      if (altered.body) alter(String(action), altered)
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers
      outgoing.writeHead(altered.status, kept).end(altered.body === undefined ? bytes : JSON.stringify(altered.body))
    })
    sent.end(body)
  })
  return { ...upstream, url }
}

/** An emulator whose proxy forwards to an upstream, and a way to call through it. */
export async function forwarding(upstream: string, options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ port: 0, proxy: 0, offline: true, upstream, ...options })
  let open = true
  const close = async (): Promise<void> => {
    if (open) await emulator.close()
    open = false
  }
  onTestFinished(close)
  const { proxyUrl = '' } = emulator
  const send = (call: Call): Promise<Answered> => through(proxyUrl, call)
  const logged = () => emulator.cloud.account().log.find({ source: 'upstream' })
  return { ...emulator, proxyUrl, close, send, call: callerOf(send), logged }
}

/** An answer over HTTP. */
export interface Answered {
  status: number
  headers: IncomingMessage['headers']
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  body: any
}

/** Sends a call through a proxy, as a client does over http. Rejects if the connection breaks. */
export function through(proxyUrl: string, { method, host, path, query, headers, body }: Call): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const target = `http://${host}${path}${query === '' ? '' : `?${query}`}`
    const sent = request(proxyUrl, { method, path: target, headers: { ...headers, host } as Record<string, string>, agent: false })
    sent.on('error', reject)
    sent.on('response', async (response) => {
      try {
        const text = Buffer.concat(await response.toArray()).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: read(text) })
      } catch (error) {
        reject(error)
      }
    })
    sent.end(body)
  })
}

/** A text as JSON, where it is that. */
function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const SERVICES: Record<string, [host: string, version: string]> = {
  vod: ['vod.cn-shanghai.aliyuncs.com', '2017-03-21'],
  imageenhan: ['imageenhan.cn-shanghai.aliyuncs.com', '2019-09-30'],
  openplatform: ['openplatform.aliyuncs.com', '2019-12-19'],
  viapiutils: ['viapiutils.cn-shanghai.aliyuncs.com', '2020-04-01'],
}

/** The pair that the default account has. */
export const KEY: SigningKey = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

/** Calls by name: `call('vod.GetPlayInfo', { VideoId })`. */
const callerOf =
  (send: (call: Call) => Promise<Answered>) =>
  (
    id: string,
    params: { [name: string]: ParamValue } = {},
    { scheme = 'rpc', ...rest }: Partial<UnsignedCall> & { scheme?: 'rpc' | 'acs3' } = {},
  ): Promise<Answered> => {
    const [service = '', action = ''] = id.split('.')
    const [host, version] = SERVICES[service] ?? [`${service}.cn-shanghai.aliyuncs.com`, '2020-03-20']
    return send(sign(scheme, { host, version, action, params, key: KEY, ...rest }))
  }

/** Sends a request to OSS with what an upload ticket holds. */
export function withTicket(
  { UploadAddress, UploadAuth }: Ticket,
  { method, query = [], body = new Uint8Array() }: { method: string; query?: [string, string][]; body?: Uint8Array },
): Call {
  const { Bucket: bucket = '', FileName: key = '' } = decode(UploadAddress)
  const { AccessKeyId, AccessKeySecret = '', SecurityToken } = decode(UploadAuth)
  const date = new Date().toUTCString()
  const host = `${bucket}.oss-cn-shanghai.aliyuncs.com`
  const headers = { host, 'x-oss-date': date, 'x-oss-security-token': SecurityToken, 'content-length': String(body.byteLength) }
  const signature = v1Signature(AccessKeySecret, v1StringToSign({ method, headers, date, bucket, key, query }))
  const encoded = query.map(([name, value]) => (value === '' ? name : `${name}=${encodeURIComponent(value)}`)).join('&')
  return { method, host, path: `/${key}`, query: encoded, headers: { ...headers, authorization: `OSS ${AccessKeyId}:${signature}` }, body }
}

/** A download of what a URL leads to; of nothing, where there is none. */
function getOf(url: string | undefined): Call {
  const { host, pathname, search } = new URL(url || 'http://nothing.oss-cn-shanghai.aliyuncs.com/')
  return { method: 'GET', host, path: pathname, query: search.slice(1), headers: { host }, body: new Uint8Array() }
}

type Forwarding = Awaited<ReturnType<typeof forwarding>>

/** Uploads, plays, lists, changes, searches, is refused, deletes: what a program does in a day. */
export async function flow({ call, send }: Pick<Forwarding, 'call' | 'send'>, settle: () => Promise<unknown>): Promise<void> {
  const category = (await call('vod.AddCategory', { CateName: 'films' })).body.Category?.CateId
  const tickets: (Ticket & { VideoId: string })[] = []
  for (const title of ['first', 'second', 'third']) {
    const { body } = await call('vod.CreateUploadVideo', { Title: title, FileName: `${title}.mp4`, ...(category && { CateId: category }) })
    tickets.push(body)
    await send(withTicket(body, { method: 'PUT', body: sample('sample.mp4') }))
  }
  const videos = tickets.map(({ VideoId }) => VideoId)
  const [VideoId = ''] = videos
  await call('vod.GetVideoInfo', { VideoId })
  await call('vod.GetPlayInfo', { VideoId })
  await settle()
  await call('vod.GetVideoInfo', { VideoId })
  await call('vod.GetVideoInfos', { VideoIds: videos.join(',') }, { scheme: 'acs3' })
  await call('vod.GetMezzanineInfo', { VideoId })
  const played = await call('vod.GetPlayInfo', { VideoId })
  await send(getOf(played.body.PlayInfoList?.PlayInfo?.[0]?.PlayURL))
  await call('vod.GetVideoPlayAuth', { VideoId })
  await call('vod.GetCategories', {})
  await call('vod.UpdateVideoInfo', { VideoId, Title: 'renamed', Tags: 'a,b' })
  await call('vod.SearchMedia', { SearchType: 'video', Fields: 'Title,CreationTime', SortBy: 'CreationTime:Asc' })
  await call('vod.GetVideoList', {}, { format: 'XML' })
  await call('vod.GetPlayInfo', { VideoId: 'f00ba4f00ba4f00ba4f00ba4f00ba4f0' })
  await call('vod.CreateUploadVideo', { Title: 'nothing' })
  await call('imageenhan.ChangeImageSize', { Url: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.jpg', Width: 100, Height: 100 })
  const job = await call('videoseg.SegmentVideoBody', { VideoUrl: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4' })
  await call('videoseg.GetAsyncJobResult', { JobId: job.body.RequestId ?? '' })
  await settle()
  await call('videoseg.GetAsyncJobResult', { JobId: job.body.RequestId ?? '' })
  await call('vod.DeleteVideo', { VideoIds: VideoId })
}

/** The lines of a recording. */
// biome-ignore lint/suspicious/noExplicitAny: lines have all shapes
export const linesOf = (file: string): any[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** What a recording has of answers with these texts, one after the other. */
export async function recordedAnswers(texts: readonly string[]): Promise<(string | undefined)[]> {
  const record = temporaryFile()
  const left = [...texts]
  const { send, close } = await forwarding(await serverOf((_request, response) => response.end(left.shift())), { record })
  const call: Call = {
    method: 'GET',
    host: 'vod.cn-shanghai.aliyuncs.com',
    path: '/',
    query: 'Action=X',
    headers: {},
    body: new Uint8Array(),
  }
  for (const _ of texts) await send(call)
  await close()
  return linesOf(record)
    .filter(({ type }) => type === 'reply')
    .map(({ body }) => body.text)
}
