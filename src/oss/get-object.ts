/** Downloads from the emulated OSS through signed URLs. */

import { createHash } from 'node:crypto'
import { XMLBuilder } from 'fast-xml-parser'
import type { Account } from '../account.js'
import { toUtcSeconds } from '../clock.js'
import type { Call, Reply } from '../gateway/call.js'
import { hmacSha1 } from '../gateway/signature-rpc.js'
import type { Ids } from '../ids.js'
import { contentOf } from '../model/object.js'
import { OSS_HOST, objectOf } from './location.js'
import { urlStringToSign } from './result-url.js'

/** What serving an object needs to know of the cloud. */
export interface ObjectContext {
  /** The account whose services sign URLs with this key. */
  findSigner: (accessKeyId: string) => Account | undefined
  ids: Ids
}

/** True for a call to OSS: by its host, or by a path with a bucket in it. */
export const isObjectCall = ({ host, path, query }: Call): boolean =>
  OSS_HOST.test(host) || (path.length > 1 && !/(?:^|&)Action=/.test(query))

const errors = {
  AccessDenied: [403, 'You have no right to access this object because of bucket acl.'],
  InvalidAccessKeyId: [403, 'The OSS Access Key Id you provided does not exist in our records.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  NoSuchKey: [404, 'The specified key does not exist.'],
  InvalidURI: [400, 'The URI could not be parsed.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
} as const

const builder = new XMLBuilder({})

/** Serves one download. Never rejects. */
export async function serveObject({ findSigner, ids }: ObjectContext, call: Call): Promise<Reply> {
  const requestId = ids.hex().slice(0, 24).toUpperCase()
  const refuse = (code: keyof typeof errors, details: { Message?: string; [field: string]: string | undefined } = {}): Reply => {
    const [status, message] = errors[code]
    const body = builder.build({ Error: { Code: code, Message: message, RequestId: requestId, HostId: call.host, ...details } }) as string
    return {
      status,
      headers: { 'content-type': 'application/xml', 'x-oss-request-id': requestId },
      body: call.method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>${body}`,
    }
  }

  if (call.method !== 'GET' && call.method !== 'HEAD') return refuse('MethodNotAllowed')
  const place = objectOf(call)
  if (place === undefined) return refuse('InvalidURI')
  const { bucket, key } = place
  const query = new URLSearchParams(call.query)
  const [accessKeyId, expires, signature] = [query.get('OSSAccessKeyId'), query.get('Expires'), query.get('Signature')]
  if (!accessKeyId || !expires || !signature) return refuse('AccessDenied')
  const account = findSigner(accessKeyId)
  if (account === undefined) return refuse('InvalidAccessKeyId', { OSSAccessKeyId: accessKeyId.slice(0, 100) })
  const stringToSign = urlStringToSign(call.method, expires, bucket, key)
  if (hmacSha1(account.place.resultKey.accessKeySecret, stringToSign) !== signature)
    return refuse('SignatureDoesNotMatch', { StringToSign: stringToSign })
  const now = account.clock.now()
  if (now >= Number(expires) * 1000)
    return refuse('AccessDenied', {
      Message: 'Request has expired.',
      Expires: toUtcSeconds(Number(expires) * 1000),
      ServerTime: toUtcSeconds(now),
    })
  const object = account.objects.get(`${bucket}/${key}`)
  if (object === undefined) return refuse('NoSuchKey', { Key: key })

  const bytes = contentOf(object)
  const headers = {
    'content-type': object.contentType,
    'content-length': String(bytes.byteLength),
    etag: `"${createHash('md5').update(bytes).digest('hex').toUpperCase()}"`,
    'x-oss-request-id': requestId,
    'x-oss-object-type': 'Normal',
  }
  return { status: 200, headers, body: call.method === 'HEAD' ? '' : bytes }
}
