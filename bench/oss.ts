/** Signed requests to OSS. */

import { type Call, DEFAULT_KEY } from '../src/index.js'
import { v1Signature, v1StringToSign } from '../src/oss/signature-v1.js'
import type { Server } from './server.js'

const NOTHING = new Uint8Array()

/** A request of the default account to an object, or to a bucket if there is no key; by path, as one server has it. */
export function objectCall({ url }: Server, method: 'GET' | 'PUT', bucket: string, key = '', body: Uint8Array = NOTHING): Call {
  const date = new Date().toUTCString()
  const text = v1StringToSign({ method, headers: { date }, date, bucket, key, query: [] })
  const authorization = `OSS ${DEFAULT_KEY.accessKeyId}:${v1Signature(DEFAULT_KEY.accessKeySecret, text)}`
  const headers = { date, authorization, ...(method === 'PUT' && { 'content-length': String(body.byteLength) }) }
  return { method, host: new URL(url).host, path: `/${bucket}/${key}`, query: '', headers, body }
}
