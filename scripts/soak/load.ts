/** The load: sessions, each with an account of its own that is gone at their end, so that between sessions the emulator holds what it held before. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SigningKey } from '../../src/signing/sign.js'
import type { Answer, Client } from './client.js'

/** What was done in all. */
export interface Done {
  sessions: number
  uploads: number
  jobs: number
  forks: number
  resets: number
}

const VIDEO_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/videos/sample.mp4'

const film = readFileSync(join('fixtures', 'media', 'sample.mp4'))

/** Says that a reply is not what it must be. */
function expect(what: string, { status, body }: Answer, wanted: number): Answer['body'] {
  if (status !== wanted) throw new Error(`${what}: ${status} instead of ${wanted}: ${JSON.stringify(body).slice(0, 300)}`)
  return body
}

/** What is in an upload ticket. */
const decode = (text: string): Record<string, string> => JSON.parse(Buffer.from(text, 'base64').toString())

/** What sessions do, in turn. */
const KINDS: readonly ((client: Client, key: SigningKey, done: Done) => Promise<void>)[] = [
  uploadAndPlay,
  async (client, key, done) => {
    for (let round = 0; round < 3; round++) {
      await segment(client, key, done)
      await mistakes(client, key)
    }
  },
  objects,
  async (client, key, done) => {
    await fork(client, key, done)
    expect('a reset', await client.control('POST', '/reset', key), 200)
    done.resets++
    await segment(client, key, done)
    await fork(client, key, done)
  },
]

/** One session: an account, something that happens in it, and its end. Rejects with an `Error` if a reply is not what it must be. */
export async function session(client: Client, receiver: string, done: Done): Promise<void> {
  const kind = KINDS[done.sessions++ % KINDS.length] as (typeof KINDS)[number]
  const options = { clock: { mode: 'manual' }, settings: { limits: { enabled: false } } }
  const key: SigningKey = expect('creating an account', await client.control('POST', '/accounts', undefined, options), 201)
  try {
    expect('a callback', await client.call('vod.SetMessageCallback', callbackTo(receiver), key), 200)
    await kind(client, key, done)
  } finally {
    await client.control('DELETE', '/accounts', key)
  }
}

const callbackTo = (url: string) => ({ CallbackType: 'HTTP', CallbackURL: url, EventTypeList: 'ALL' })

/** A video from its upload to its playback, with transcoding, snapshots and event notifications on the way. */
async function uploadAndPlay(client: Client, key: SigningKey, done: Done): Promise<void> {
  const ticket = expect('an upload', await client.call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' }, key), 200)
  const { Bucket: bucket = '', FileName: name = '' } = decode(ticket.UploadAddress)
  const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(ticket.UploadAuth)
  const uploader = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken }
  expect('a file', await client.object('PUT', { bucket, name, key: uploader, body: film }), 200)
  done.uploads++
  await advance(client, key, '5m')
  const VideoId: string = ticket.VideoId
  expect('what can be played', await client.call('vod.GetPlayInfo', { VideoId }, key, 'rpc'), 200)
  expect('a video', await client.call('vod.GetVideoInfo', { VideoId }, key), 200)
  expect('a search', await client.call('vod.SearchMedia', { SearchType: 'video', Fields: 'Title' }, key), 200)
  expect('another job', await client.call('vod.SubmitSnapshotJob', { VideoId, Count: '2' }, key), 200)
  await advance(client, key, '1m')
  done.jobs += 2
  expect('deleting', await client.call('vod.DeleteVideo', { VideoIds: VideoId }, key), 200)
}

/** An asynchronous job of a vision service, and a synchronous Action. */
async function segment(client: Client, key: SigningKey, done: Done): Promise<void> {
  const { RequestId: JobId } = expect('a job', await client.call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, key), 200)
  await advance(client, key, '10s')
  const { Data } = expect('its result', await client.call('videoseg.GetAsyncJobResult', { JobId }, key), 200)
  if (Data.Status !== 'PROCESS_SUCCESS') throw new Error(`a job is ${Data.Status}`)
  done.jobs++
}

/** Calls that are refused, and some to which a fault does something. */
async function mistakes(client: Client, key: SigningKey): Promise<void> {
  expect('an unknown video', await client.call('vod.GetVideoInfo', { VideoId: 'nobody' }, key), 404)
  expect('a wrong signature', await client.call('vod.GetCategories', {}, { ...key, accessKeySecret: 'wrong' }), 400)
  expect('an unknown Action', await client.call('vod.GetNothing', {}, key), 404)
  expect('a wrong control call', await client.control('PUT', '/settings', key, { nothing: 1 }), 400)
  expect(
    'faults',
    await client.control('POST', '/faults', key, [
      { action: 'GetCategories', reset: true, times: 1 },
      { action: 'GetCategories', error: 'ServiceUnavailable', times: 1 },
    ]),
    201,
  )
  const broken = await client.call('vod.GetCategories', {}, key).then(
    () => 'an answer',
    () => 'none',
  )
  if (broken !== 'none') throw new Error('a connection that a fault breaks has brought an answer')
  expect('a busy service', await client.call('vod.GetCategories', {}, key), 503)
}

/** A copy of the account, to which something happens, and which is gone again; and a state to come back to. */
async function fork(client: Client, key: SigningKey, done: Done): Promise<void> {
  expect('a snapshot', await client.control('POST', '/snapshots', key, { name: 'before' }), 201)
  const copy: SigningKey = expect('a fork', await client.control('POST', '/accounts/fork', key), 201)
  expect('a category of the copy', await client.call('vod.AddCategory', { CateName: 'copied' }, copy), 200)
  expect('the end of the copy', await client.control('DELETE', '/accounts', copy), 200)
  expect('going back', await client.control('POST', '/snapshots/before/restore', key), 200)
  expect('forgetting it', await client.control('DELETE', '/snapshots/before', key), 200)
  done.forks++
}

/** An upload in parts, one that is given up, and a download, in a bucket of the account's own. */
async function objects(client: Client, key: SigningKey, done: Done): Promise<void> {
  const bucket = `soak-${key.accessKeyId.toLowerCase()}`
  const name = 'film.mp4'
  expect('a bucket', await client.object('PUT', { bucket, name: '', key }), 200)
  for (const complete of [true, false]) {
    const begun: string = expect('an upload in parts', await client.object('POST', { bucket, name, key, query: [['uploads', '']] }), 200)
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(begun)?.[1] ?? ''
    const part = Buffer.alloc(200_000, 'synthetic video ')
    const stored = await client.object('PUT', {
      bucket,
      name,
      key,
      query: [
        ['partNumber', '1'],
        ['uploadId', uploadId],
      ],
      body: part,
    })
    expect('a part', stored, 200)
    if (!complete) {
      expect('giving up', await client.object('DELETE', { bucket, name, key, query: [['uploadId', uploadId]] }), 204)
      continue
    }
    const parts = Buffer.from(
      `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${stored.etag}</ETag></Part></CompleteMultipartUpload>`,
    )
    expect('its end', await client.object('POST', { bucket, name, key, query: [['uploadId', uploadId]], body: parts }), 200)
    expect('a download', await client.object('GET', { bucket, name, key }), 200)
    done.uploads++
  }
  expect('deleting an object', await client.object('DELETE', { bucket, name, key }), 204)
}

async function advance(client: Client, key: SigningKey, by: string): Promise<void> {
  expect('moving the clock', await client.control('POST', '/clock/advance', key, { by }), 200)
}
