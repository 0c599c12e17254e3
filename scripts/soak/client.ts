/** What the load is made with: control calls, calls of Actions and uploads, over connections that end with the round. */

import { Pool } from 'undici'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { type SigningKey, sign } from '../../src/signing/sign.js'

/** A reply, read. */
export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  body: any
  /** Of an object, or of a part. */
  etag: string
}

/** Versions of the services that are called. */
const VERSIONS: Readonly<Record<string, string>> = { vod: '2017-03-21', videoseg: '2020-03-20', imageenhan: '2019-09-30' }

/** Makes requests to one emulator, and counts them. */
export class Client {
  readonly #pool: Pool
  readonly #host: string
  calls = 0

  constructor(url: string, connections: number) {
    this.#pool = new Pool(url, { connections })
    this.#host = new URL(url).host
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  /** A control call; `key` chooses the account. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, key?: SigningKey, body?: unknown): Promise<Answer> {
    const chosen = key === undefined ? '' : `?accessKeyId=${key.accessKeyId}`
    const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return this.#send({ method, path: `/_emulator${path}${chosen}`, ...json })
  }

  /** A call of an Action: `vod.GetVideoInfo`. */
  call(id: string, params: Readonly<Record<string, string>>, key: SigningKey, scheme: 'rpc' | 'acs3' = 'acs3'): Promise<Answer> {
    const [service = '', action = ''] = id.split('.')
    const { method, query, headers, body } = sign(scheme, { host: this.#host, version: VERSIONS[service] ?? '', action, params, key })
    return this.#send({
      method: method as 'POST',
      path: query === '' ? '/' : `/?${query}`,
      headers: headers as Record<string, string>,
      body,
    })
  }

  /** A request for an object, signed with V1; `query` is of those that are signed. */
  object(method: 'PUT' | 'GET' | 'POST' | 'DELETE', { bucket, name, query = [], key, body }: ObjectRequest): Promise<Answer> {
    const date = new Date().toUTCString()
    const host = `${bucket}.oss-cn-shanghai.aliyuncs.com`
    const headers = { host, 'x-oss-date': date, ...(key.securityToken !== undefined && { 'x-oss-security-token': key.securityToken }) }
    const text = v1StringToSign({ method, headers, date, bucket, key: name, query })
    const authorization = `OSS ${key.accessKeyId}:${v1Signature(key.accessKeySecret, text)}`
    const search = query.map(([field, value]) => (value === '' ? field : `${field}=${encodeURIComponent(value)}`)).join('&')
    return this.#send({ method, path: `/${name}${search && `?${search}`}`, headers: { ...headers, authorization }, ...(body && { body }) })
  }

  async #send(request: Parameters<Pool['request']>[0]): Promise<Answer> {
    this.calls++
    const { statusCode, headers, body } = await this.#pool.request(request)
    const text = await body.text()
    const isJson = String(headers['content-type']).startsWith('application/json')
    return { status: statusCode, etag: String(headers.etag), body: isJson ? JSON.parse(text) : text }
  }
}

/** See {@link Client.object}. */
export interface ObjectRequest {
  bucket: string
  name: string
  query?: readonly (readonly [name: string, value: string])[]
  key: SigningKey
  body?: Uint8Array
}
