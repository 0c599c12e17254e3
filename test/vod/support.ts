/** What the tests of VOD's uploads and playback share: a world with functions that create, upload and ask. */

import { readFileSync } from 'node:fs'
import type { CloudOptions, Reply } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { type Answer, type CallOptions, testCloud } from '../support/cloud.js'

/** Bytes of a file in fixtures/media. */
export const sample = (name: string): Buffer => readFileSync(new URL(`../../fixtures/media/${name}`, import.meta.url))

/** What an upload Action hands out. */
export interface Ticket {
  UploadAddress: string
  UploadAuth: string
}

/** The JSON in an UploadAddress, UploadAuth or PlayAuth. */
export const decode = (text: string): Record<string, string> => JSON.parse(Buffer.from(text, 'base64').toString())

type Params = Record<string, string | number>

/** Puts a file where a ticket says, with the credential of the ticket. */
export function putFile(cloud: { handle: (call: never) => Promise<Reply> }, ticket: Ticket, body: Uint8Array): Promise<Reply> {
  const { Bucket: bucket = '', FileName: key = '' } = decode(ticket.UploadAddress)
  const { AccessKeyId, AccessKeySecret = '', SecurityToken } = decode(ticket.UploadAuth)
  const date = new Date().toUTCString()
  const headers = { host: `${bucket}.oss-cn-shanghai.aliyuncs.com`, 'x-oss-date': date, 'x-oss-security-token': SecurityToken }
  const text = v1StringToSign({ method: 'PUT', headers, date, bucket, key, query: [] })
  const authorization = `OSS ${AccessKeyId}:${v1Signature(AccessKeySecret, text)}`
  const sent = { ...headers, authorization, 'content-length': String(body.byteLength) }
  return cloud.handle({ method: 'PUT', host: headers.host, path: `/${key}`, query: '', headers: sent, body } as never)
}

/** A cloud with VOD at hand. */
export function vodWorld(options: CloudOptions = {}) {
  const world = testCloud(options)
  const { cloud, account } = world
  const call = (action: string, params: Params = {}, callOptions?: CallOptions): Promise<Answer> =>
    world.call(`vod.${action}`, { Format: 'JSON', ...params }, callOptions)
  /** Calls, and answers what came of it in one word: the code, and the parameter at fault. */
  const refusal = async (action: string, params: Params = {}, callOptions?: CallOptions) => {
    const { status, headers, body } = await call(action, params, callOptions)
    return { status, code: body.Code, message: body.Message, reason: headers['x-emulator-reason'] }
  }
  const create = async (params: Params = {}) => (await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', ...params })).body
  /** Creates a video and uploads its file. */
  const upload = async (params: Params = {}, body: Uint8Array = sample('sample.mp4')): Promise<string> => {
    const ticket = await create(params)
    await putFile(cloud, ticket, body)
    return ticket.VideoId
  }
  /** Status of a video, as GetUploadDetails tells it. */
  const status = async (VideoId: string): Promise<string> =>
    (await call('GetUploadDetails', { MediaIds: VideoId })).body.UploadDetails[0]?.Status
  const play = async (VideoId: string, params: Params = {}): Promise<Answer> => call('GetPlayInfo', { VideoId, ...params })
  const advance = (by: number | string) => account.clock.advance(by)
  /** Events so far: type and payload. */
  const events = (type?: string) =>
    account.events
      .list()
      .filter((event) => type === undefined || event.type === type)
      .map(({ payload }) => payload as Record<string, unknown>)
  return {
    ...world,
    call,
    refusal,
    create,
    upload,
    status,
    play,
    advance,
    events,
    put: (ticket: Ticket, body: Uint8Array) => putFile(cloud, ticket, body),
  }
}

/** Settings with two domains, the second with URL authentication. */
export const domains = [
  { name: 'vod.example.com' },
  { name: 'safe.example.com', auth: { key: 'aliyuncdnexp1234', backupKey: 'backup5678', validity: '30m' } },
]
