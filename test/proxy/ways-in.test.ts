/** From an upload to playback, on each way in: every URL that is handed out works for who gets it. */

import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { sign } from '../../src/signing/sign.js'
import { receiver } from '../events/support.js'
import { decode, domains, sample } from '../vod/support.js'
import { proxied } from './support.js'

type Started = Awaited<ReturnType<typeof proxied>>

/** How a client comes in. */
interface Way {
  /** Where services are called. */
  api: (emulator: Started, service: string) => string
  /** What takes requests there. */
  dispatcher: (emulator: Started) => Dispatcher
  /** What URLs begin with: of a bucket, of the endpoint for uploads, and of a domain. */
  urls: (emulator: Started) => { bucket: RegExp; endpoint: string; domain: string }
}

const port = ({ url }: Started): string => new URL(url).port

const BUCKET = 'outin-[0-9a-f]{32}'

const ways: Readonly<Record<string, Way>> = {
  'through the proxy': {
    api: (_emulator, service) => `https://${service}.cn-shanghai.aliyuncs.com`,
    dispatcher: ({ proxyUrl, certificate }) => new ProxyAgent({ uri: proxyUrl, requestTls: { ca: certificate } }),
    urls: () => ({
      bucket: new RegExp(`^http://${BUCKET}\\.oss-cn-shanghai\\.aliyuncs\\.com/`),
      endpoint: 'https://oss-cn-shanghai.aliyuncs.com',
      domain: 'http://vod.example.com/',
    }),
  },
  'by TLS and names that lead here': {
    api: (emulator, service) => `https://${service}.cn-shanghai.aliyuncs.com:${port(emulator)}`,
    dispatcher: ({ certificate }) =>
      new Agent({
        connect: {
          ca: certificate,
          lookup: (_name, { all }, done) => (all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)),
        },
      }),
    urls: (emulator) => ({
      bucket: new RegExp(`^https://${BUCKET}\\.oss-cn-shanghai\\.aliyuncs\\.com:${port(emulator)}/`),
      endpoint: `https://oss-cn-shanghai.aliyuncs.com:${port(emulator)}`,
      domain: `https://vod.example.com:${port(emulator)}/`,
    }),
  },
  "at the emulator's own address": {
    api: ({ url }) => url,
    dispatcher: () => new Agent(),
    urls: ({ url }) => ({ bucket: new RegExp(`^${url}/${BUCKET}/`), endpoint: url, domain: `${url}/vod.example.com/` }),
  },
}

/** A client on a way in, and what it does. */
async function clientOn(way: Way, settings: object = {}) {
  const emulator = await proxied({ tls: true, settings: { limits: { enabled: false }, ...settings } })
  const dispatcher = way.dispatcher(emulator)
  onTestFinished(() => dispatcher.destroy())
  const account = emulator.cloud.account()
  const call = async (service: string, action: string, params: Record<string, string> = {}) => {
    const url = way.api(emulator, service)
    const version = service === 'vod' ? '2017-03-21' : '2020-03-20'
    const { body, headers } = sign('rpc', { host: new URL(url).host, action, version, params, key: account.credentials })
    const { host: _, ...sent } = headers as Record<string, string>
    const response = await undiciFetch(url, { method: 'POST', body: Buffer.from(body), headers: sent, dispatcher })
    // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
    return (await response.json()) as any
  }
  const get = async (url: string) => {
    const response = await undiciFetch(url, { dispatcher })
    return { status: response.status, bytes: (await response.arrayBuffer()).byteLength }
  }
  /** Puts a file where an upload address says, with the credential that came with it. */
  const put = async (ticket: { UploadAddress: string; UploadAuth: string }, body: Buffer) => {
    const { Endpoint, Bucket, FileName = '' } = decode(ticket.UploadAddress)
    const { AccessKeyId, AccessKeySecret, SecurityToken } = decode(ticket.UploadAuth)
    const { protocol, host } = new URL(Endpoint as string)
    const base = host.startsWith('oss-') ? `${protocol}//${Bucket}.${host}` : `${Endpoint}/${Bucket}`
    const date = new Date().toUTCString()
    const headers = { 'x-oss-date': date, 'x-oss-security-token': SecurityToken as string }
    const text = v1StringToSign({ method: 'PUT', headers, date, bucket: Bucket as string, key: FileName, query: [] })
    const authorization = `OSS ${AccessKeyId}:${v1Signature(AccessKeySecret as string, text)}`
    return (await undiciFetch(`${base}/${FileName}`, { method: 'PUT', body, headers: { ...headers, authorization }, dispatcher })).status
  }
  return { ...emulator, account, urls: way.urls(emulator), call, get, put }
}

describe.each(Object.entries(ways))('%s', (_name, way) => {
  test('a film is uploaded, transcoded and played, and its callbacks lead to it', async () => {
    const { url: listener, arrivals } = await receiver()
    const { account, urls, call, get, put } = await clientOn(way)
    await call('vod', 'SetMessageCallback', { CallbackURL: listener, EventTypeList: 'ALL' })
    const ticket = await call('vod', 'CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    expect(decode(ticket.UploadAddress).Endpoint).toBe(urls.endpoint)
    expect(await put(ticket, sample('sample.mp4'))).toBe(200)
    await account.clock.advance('1m')

    const { PlayInfoList } = await call('vod', 'GetPlayInfo', { VideoId: ticket.VideoId, Formats: 'mp4' })
    const { PlayURL, Size } = PlayInfoList.PlayInfo[0]
    expect(PlayURL).toMatch(urls.bucket)
    expect(await get(PlayURL)).toEqual({ status: 200, bytes: Size })
    await expect.poll(() => arrivals.map(({ body }) => body.EventType)).toContain('TranscodeComplete')
    expect(arrivals.find(({ body }) => body.EventType === 'FileUploadComplete')?.body.FileUrl).toMatch(urls.bucket)
  })

  test('a film is played under a domain', async () => {
    const { account, urls, call, get, put } = await clientOn(way, { vod: { domains } })
    const ticket = await call('vod', 'CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    await put(ticket, sample('sample.mp4'))
    await account.clock.advance('1m')
    const { PlayInfoList } = await call('vod', 'GetPlayInfo', { VideoId: ticket.VideoId, Formats: 'mp4' })
    const { PlayURL, Size } = PlayInfoList.PlayInfo[0]
    expect(PlayURL.startsWith(urls.domain)).toBe(true)
    expect(await get(PlayURL)).toEqual({ status: 200, bytes: Size })
  })

  test('the result of a vision job is downloaded', async () => {
    const { account, call, get } = await clientOn(way)
    const { RequestId } = await call('videoseg', 'SegmentVideoBody', { VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/film.mp4' })
    await account.clock.advance('1m')
    const { Data } = await call('videoseg', 'GetAsyncJobResult', { JobId: RequestId })
    expect((await get(JSON.parse(Data.Result).VideoUrl)).status).toBe(200)
  })
})

test('a result is handed out as each caller can reach it', async () => {
  const emulator = await proxied()
  const dispatcher = ways['through the proxy']?.dispatcher(emulator) as Dispatcher
  onTestFinished(() => dispatcher.destroy())
  const key = emulator.cloud.account().credentials
  const ask = async (url: string, action: string, params: Record<string, string>, to?: Dispatcher) => {
    const { body, headers } = sign('rpc', { host: '', action, version: '2020-03-20', params, key })
    const sent = { 'content-type': String(headers['content-type']) }
    const response = await undiciFetch(url, { method: 'POST', body: Buffer.from(body), headers: sent, ...(to && { dispatcher: to }) })
    // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
    return (await response.json()) as any
  }
  const real = 'https://videoseg.cn-shanghai.aliyuncs.com'
  const { RequestId: JobId } = await ask(emulator.url, 'SegmentVideoBody', { VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/film.mp4' })
  await emulator.cloud.account().clock.advance('1m')
  const urlOf = ({ Data }: { Data: { Result: string } }): string => JSON.parse(Data.Result).VideoUrl
  const own = urlOf(await ask(emulator.url, 'GetAsyncJobResult', { JobId }))
  const throughProxy = urlOf(await ask(real, 'GetAsyncJobResult', { JobId }, dispatcher))
  expect(own.startsWith(`${emulator.url}/`)).toBe(true)
  const { hostname, pathname, search } = new URL(throughProxy)
  expect(own).toBe(`${emulator.url}/${hostname.split('.', 1)[0]}${pathname}${search}`)
  expect((await undiciFetch(throughProxy, { dispatcher })).status).toBe(200)
})
