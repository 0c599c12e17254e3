/** What the tests of states share: an account in which much is under way, and an interview that shows all of it. */

import { hash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { type Account, type Cloud, type CloudOptions, createCloud, describeEvent, type Reply } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { type SigningKey, sign } from '../../src/signing/sign.js'
import { hmacSha1 } from '../support/wire.js'
import { decode, sample, type Ticket } from '../vod/support.js'

type Params = Record<string, string | number>

/** A reply as text, with what a client could see of it. */
export interface Seen {
  status: number
  body: string
}

export const BUCKET = 'state-test'

/** One signed request to OSS; answers status and body. */
export async function oss(
  cloud: Cloud,
  key: SigningKey,
  method: string,
  object: { bucket: string; key: string },
  { query = {}, body = new Uint8Array() }: { query?: Record<string, string>; body?: Uint8Array } = {},
): Promise<Seen> {
  const date = new Date().toUTCString()
  const host = `${object.bucket}.oss-cn-shanghai.aliyuncs.com`
  const headers = { host, 'x-oss-date': date, ...(key.securityToken !== undefined && { 'x-oss-security-token': key.securityToken }) }
  const pairs = Object.entries(query)
  const text = v1StringToSign({ method, headers, date, ...object, query: pairs })
  const authorization = `OSS ${key.accessKeyId}:${v1Signature(key.accessKeySecret, text)}`
  const sent = { ...headers, authorization, 'content-length': String(body.byteLength) }
  const search = pairs.map(([name, value]) => (value === '' ? name : `${name}=${encodeURIComponent(value)}`)).join('&')
  return seen(await cloud.handle({ method, host, path: `/${object.key}`, query: search, headers: sent, body }))
}

/** What a client sees of a reply. */
export async function seen({ status, body, stream }: Reply & { stream?: AsyncIterable<Uint8Array> | undefined }): Promise<Seen> {
  if (stream === undefined) return { status, body: typeof body === 'string' ? body : Buffer.from(body).toString('latin1') }
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return { status, body: Buffer.concat(pieces).toString('latin1') }
}

/** Key and place of an upload ticket. */
export function ticketOf(ticket: Ticket): { key: SigningKey; object: { bucket: string; key: string } } {
  const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(ticket.UploadAuth)
  const { Bucket = '', FileName = '' } = decode(ticket.UploadAddress)
  return {
    key: { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken },
    object: { bucket: Bucket, key: FileName },
  }
}

/** Receivers that are down. */
const deliver = async () => ({ status: 503 })

/** A cloud of the kind that these tests use; ended with the test. */
export function stateCloud(options: CloudOptions = {}): Cloud {
  const cloud = createCloud({ clock: 'manual', seed: 'state', deliver, ...options })
  onTestFinished(() => cloud.dispose())
  return cloud
}

/** What the interview has to know of what is under way. */
export interface Traces {
  video: string
  pulled: string
  segmented: string
  uploadId: string
  ticket: Ticket
  session: SigningKey
  result: string
}

const PULLED = 'http://elsewhere.example.com/film.mp4'

/** Parts of an upload: all but the last are as large as the smallest that OSS takes. */
export const part = (number: number): Buffer => Buffer.alloc(102_400 + number, number)

/** Brings an account into a state in which there is something of everything. */
export async function busy(cloud: Cloud, account: Account = cloud.account()): Promise<Traces> {
  const call = speaker(cloud, account)
  await call('vod.SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: 'http://down.example.com/', EventTypeList: 'ALL' })
  const { VideoId: video, ...ticket } = await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  const film = ticketOf(ticket)
  await oss(cloud, film.key, 'PUT', film.object, { body: sample('sample.mp4') })
  // Analysed and transcoded, and every callback tried once or more.
  await account.clock.advance('30s')
  await call('vod.SetMessageCallback', {
    CallbackType: 'MNS',
    EventTypeList: 'ALL',
    MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/',
    MnsQueueName: 'films',
  })
  const open = await call('vod.CreateUploadVideo', { Title: 'in parts', FileName: 'parts.mp4' })
  const place = ticketOf(open)
  const initiated = await oss(cloud, place.key, 'POST', place.object, { query: { uploads: '' } })
  const uploadId = /<UploadId>(\w+)</.exec(initiated.body)?.[1] ?? ''
  await oss(cloud, place.key, 'PUT', place.object, { query: { partNumber: '1', uploadId }, body: part(1) })
  await account.putAssets([{ url: PULLED, width: 320, height: 240, duration: 12 }])
  const { UploadJobs } = await call('vod.UploadMediaByURL', { UploadURLs: PULLED })
  account.ram.putUser('alice', { allow: ['vod:Get*'] })
  account.ram.createAccessKey('alice')
  account.ram.putUser('bob', { allow: ['*'], deny: ['vod:*'] })
  account.ram.setActive(account.ram.createAccessKey('bob').accessKeyId, false)
  account.ram.putRole('viewer', { allow: ['vod:GetPlayInfo'] })
  const session = account.ram.assumeRole('viewer')
  const { Data } = await call('imageenhan.RecolorImage', {
    Url: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/photo.jpg',
    ColorCount: 2,
    Mode: 'AUTO',
  })
  const { RequestId: segmented } = await call('videoseg.SegmentVideoBody', {
    VideoUrl: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4',
  })
  account.settings.change({ limits: { actions: { 'vod.GetVideoPlayAuth': { limit: 2, per: 'day' } } } })
  await call('vod.GetVideoPlayAuth', { VideoId: video })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'a/empty' })
  await account.clock.advance('1500ms')
  return { video, pulled: UploadJobs[0].JobId, segmented, uploadId, ticket: open, session, result: Data.ImageList[0] }
}

/** A function that calls an Action for an account and answers what a client sees. */
export function asker(cloud: Cloud, { credentials }: Account, key: SigningKey = credentials) {
  return async (id: string, params: Params = {}, nonce?: string): Promise<Seen> => {
    const [service = '', action = ''] = id.split('.', 2)
    const { host = '', version = '' } = cloud.catalogue.services.get(service) ?? {}
    const all = service === 'vod' ? { Format: 'JSON', ...params } : params
    return seen(await cloud.handle(sign('rpc', { host, version, action, params: all, key, ...(nonce !== undefined && { nonce }) })))
  }
}

/** The same, with the answer read. */
export function speaker(cloud: Cloud, account: Account, key?: SigningKey) {
  const ask = asker(cloud, account, key)
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  return async (id: string, params?: Params, nonce?: string): Promise<any> => {
    const { status, body } = await ask(id, params, nonce)
    return { status, ...JSON.parse(body) }
  }
}

/** Asks an account for all that can be seen of it, goes on with what is under way, and asks again. Two accounts in one state say the same. */
export async function interview(cloud: Cloud, account: Account, traces: Traces): Promise<unknown[]> {
  const call = asker(cloud, account)
  const { video, pulled, segmented, uploadId, ticket, session, result } = traces
  const { key, object } = ticketOf(ticket)
  const said: unknown[] = []
  const look = async (): Promise<void> => {
    said.push(
      await call('vod.GetPlayInfo', { VideoId: video }),
      await call('vod.GetUploadDetails', { MediaIds: video }),
      await call('vod.GetURLUploadInfos', { JobIds: pulled }),
      await call('videoseg.GetAsyncJobResult', { JobId: segmented }),
      await call('vod.GetMessageCallback'),
      // Two a day, of which one is used up.
      await call('vod.GetVideoPlayAuth', { VideoId: video }),
      account.events.list().map(describeEvent).map(withoutElapsed),
      account.events.queues.list(),
      account.usage.report(),
      account.jobs.records.list().rows,
      account.assets.list().rows,
      account.oss.buckets,
      account.oss.storage.used,
      account.clock.now(),
      account.clock.pending,
    )
  }
  await look()
  const alice = account.ram.keyOf('alice') as SigningKey
  said.push(
    await asker(cloud, account, alice)('vod.GetPlayInfo', { VideoId: video }),
    await asker(cloud, account, alice)('vod.CreateUploadVideo', { Title: 'x', FileName: 'x.mp4' }),
    await asker(cloud, account, account.ram.keyOf('bob') as SigningKey)('vod.GetPlayInfo', { VideoId: video }),
    await asker(cloud, account, session)('vod.GetPlayInfo', { VideoId: video }),
    await oss(cloud, account.credentials, 'GET', { bucket: BUCKET, key: 'a/empty' }),
    await oss(cloud, account.credentials, 'GET', account.vod.videos.first()?.file ?? object),
    await oss(cloud, key, 'GET', object, { query: { uploadId } }),
    await download(cloud, result),
  )
  said.push(await oss(cloud, key, 'PUT', object, { query: { partNumber: '2', uploadId }, body: part(2) }))
  said.push(await oss(cloud, key, 'POST', object, { query: { uploadId }, body: completion(part(1), part(2)) }))
  said.push(account.events.queues.receive('films', { count: 16 }))
  said.push(await account.clock.advance('20s'))
  await look()
  said.push(await account.clock.advance('8d'))
  await look()
  said.push(await call('vod.CreateUploadVideo', { Title: 'new', FileName: 'new.mp4' }))
  return JSON.parse(JSON.stringify(said))
}

function withoutElapsed({ attempts, ...event }: ReturnType<typeof describeEvent>) {
  return { ...event, attempts: attempts.map(({ elapsedMs: _, ...attempt }) => attempt) }
}

/** Downloads what a URL points to. */
export async function download(cloud: Cloud, url: string): Promise<Seen> {
  const { host, pathname, search } = new URL(url)
  return seen(
    await cloud.handle({ method: 'GET', host, path: pathname, query: search.slice(1), headers: { host }, body: new Uint8Array() }),
  )
}

/** The list of parts that completes an upload. */
function completion(...parts: readonly Buffer[]): Buffer {
  const listed = parts.map(
    (each, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${hash('md5', each, 'hex').toUpperCase()}"</ETag></Part>`,
  )
  return Buffer.from(`<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`)
}

/** An upload by form, signed as browsers' uploads are. */
export async function postForm(cloud: Cloud, key: SigningKey, bucket: string, name: string, content: string): Promise<Seen> {
  const policy = Buffer.from(JSON.stringify({ expiration: '2030-01-01T00:00:00Z', conditions: [{ bucket }] })).toString('base64')
  const fields = { key: name, policy, OSSAccessKeyId: key.accessKeyId, Signature: hmacSha1(key.accessKeySecret, policy) }
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', content)
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const headers = Object.fromEntries(request.headers)
  const body = new Uint8Array(await request.arrayBuffer())
  const host = `${bucket}.oss-cn-shanghai.aliyuncs.com`
  const sent = { ...headers, host, 'content-length': String(body.byteLength) }
  return seen(await cloud.handle({ method: 'POST', host, path: '/', query: '', headers: sent, body }))
}
