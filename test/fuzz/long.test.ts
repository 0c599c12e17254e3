/** Long texts that are nearly what is looked for: looking takes time that grows with the text, and no faster. */

import { expect, it } from 'vitest'
import type { Call, Cloud } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { testCloud } from '../support/cloud.js'
import { watched } from '../support/watchdog.js'
import { checkReply } from './support.js'

const LENGTH = 150_000
const HOST = 'some-bucket.oss-cn-shanghai.aliyuncs.com'

/** `piece`, again and again. */
const many = (piece: string, length = LENGTH): string => piece.repeat(length / piece.length)

const request = (cloud: Cloud, call: Partial<Call>) =>
  cloud.handle({
    method: 'GET',
    host: HOST,
    path: '/a',
    query: '',
    body: new Uint8Array(),
    ...call,
    headers: { host: HOST, ...call.headers },
  })

it.each<{ what: string; call: Partial<Call> }>([
  { what: 'credentials of V4 that never end', call: { headers: { authorization: many('Credential==', 3 * LENGTH) } } },
  { what: 'credentials of V4 in words', call: { headers: { authorization: many('Credential=a ') } } },
  { what: 'a key of V1 that never ends', call: { headers: { authorization: `OSS ${many('a')}` } } },
  { what: 'a path of folders', call: { path: many('/emulator-a') } },
  { what: 'a query of pairs', call: { query: many('a=b&') } },
  { what: 'escapes', call: { path: `/${many('%41')}`, query: many('%61&') } },
  { what: 'ranges', call: { headers: { range: `bytes=${many('1-,')}` } } },
  { what: 'headers to be asked for', call: { method: 'OPTIONS', headers: { origin: 'a', 'access-control-request-headers': many('a ,') } } },
  { what: 'ETags', call: { headers: { 'if-match': many('"a", '), 'if-none-match': many(' ,') } } },
  { what: 'a Content-Type', call: { method: 'POST', headers: { 'content-type': `multipart/form-data;${many(' boundary')}` } } },
  { what: 'proxies', call: { headers: { forwarded: many(';host="'), via: many('a ') } } },
])('$what of an object', async ({ call }) => {
  const { cloud, account } = testCloud()
  account.oss.createBucket('some-bucket', 'cn-shanghai')
  checkReply(cloud, { method: 'HEAD' }, await watched(() => request(cloud, call)))
})

it('an object whose name nearly demands an error', async () => {
  const { cloud, account } = testCloud()
  account.oss.createBucket('some-bucket', 'cn-shanghai')
  const key = `emulator-${many('a')}/`
  const date = '9999999999'
  const { accessKeyId, accessKeySecret } = account.credentials
  const signature = v1Signature(
    accessKeySecret,
    v1StringToSign({ method: 'GET', headers: {}, date, bucket: 'some-bucket', key, query: [] }),
  )
  const query = String(new URLSearchParams({ OSSAccessKeyId: accessKeyId, Expires: date, Signature: signature }))
  const reply = await watched(() => request(cloud, { path: `/${key}`, query }))
  expect(reply.body).toContain('<Code>NoSuchKey</Code>')
})

it.each<{ what: string; id: string; params: Record<string, string> }>([
  { what: 'a URL of slashes', id: 'videoseg.SegmentVideoBody', params: { VideoUrl: `http://a.b${many('/')}` } },
  { what: 'a URL that nearly has a magic name', id: 'videoseg.SegmentVideoBody', params: { VideoUrl: `http://a.b/${many('/emulator-')}` } },
  {
    what: 'a host of dots',
    id: 'videoseg.SegmentVideoBody',
    params: { VideoUrl: `http://${many('a.')}oss-cn-shanghai.aliyuncs.com/a.mp4` },
  },
  { what: 'a number of digits', id: 'videoseg.SegmentVideoBody', params: { VideoUrl: 'http://a.b/a.mp4', IsGif: many('1') } },
  { what: 'a list of URLs', id: 'vod.UploadMediaByURL', params: { UploadURLs: many('http://a.b/,') } },
  { what: 'callbacks of brackets', id: 'vod.CreateUploadVideo', params: { Title: 'a', FileName: 'a.mp4', UserData: many('{"a":') } },
  { what: 'an extension that never comes', id: 'vod.CreateUploadVideo', params: { Title: 'a', FileName: many('.a') } },
  { what: 'colours', id: 'imageenhan.RecolorImage', params: { Url: 'http://a.b/a.jpg', Mode: 'TEMPLATE', ColorCount: many('[') } },
])('$what of an Action', async ({ id, params }) => {
  const { cloud, send } = testCloud()
  checkReply(cloud, { method: 'POST' }, await watched(() => send(id, params)))
})

it.each<{ what: string; call: Partial<Call> }>([
  { what: 'a host of labels', call: { host: many('a.') } },
  { what: 'a path that begins with one', call: { path: `/${many('a.')}/film.mp4` } },
  { what: 'a player behind proxies', call: { host: 'vod.example.com', headers: { 'x-forwarded-for': many(',a') } } },
])('$what, where there are play domains', async ({ call }) => {
  const { cloud } = testCloud({ settings: { vod: { domains: [{ name: 'vod.example.com' }] } } })
  checkReply(cloud, { method: 'HEAD' }, await watched(() => request(cloud, { method: 'HEAD', ...call })))
})

it('a certificate that begins again and again', async () => {
  const { send, cloud } = testCloud({ settings: { vod: { domains: [{ name: 'vod.example.com' }] } } })
  const [begin, key] = ['-----BEGIN CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----']
  const certificate = `${begin}a-----END CERTIFICATE-----`
  const params = { DomainName: 'vod.example.com', SSLProtocol: 'on' }
  for (const [SSLPub, SSLPri] of [
    [many(begin, 65_000), 'a'],
    [certificate, many(key, 65_000)],
  ] as const)
    checkReply(
      cloud,
      { method: 'POST' },
      await watched(() => send('vod.SetVodDomainCertificate', { ...params, SSLPub, SSLPri }), { longestMs: 200 }),
    )
})

it('the endpoint of a command line', async () => {
  const { account, send } = testCloud()
  await send('videoseg.SegmentVideoBody')
  const [entry] = account.log.all()
  const line = await watched(async () => account.log.curl(entry?.requestId ?? '', { endpoint: `http://a.b/${many('/')}c//` }))
  expect(line.includes('/c/ ')).toBe(true)
})
