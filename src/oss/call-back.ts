/** Upload callbacks, sent: what the server answers is what the uploader gets (OSS reference, Callback). */

import { createHash, createSign, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { pause } from '../base/clock.js'
import { toHttpDate } from '../base/times.js'
import { describeFailure } from '../events/deliver.js'
import type { Reply } from '../http/call.js'
import { percentEncode } from '../http/encoding.js'
import { readHeader } from '../media/images/picture.js'
import { type Callback, FORM, JSON_TYPE } from './callback.js'
import { OssError } from './errors.js'
import type { StoredObject } from './object.js'
import type { Exchange } from './operation.js'
import { errorReply } from './reply.js'

/** How long, in real time, the server has to answer. */
const MAX_MILLISECONDS = 5000

/** Characters of an answer, and of a body: its variables may be long, and stand in it many times. */
const MAX_CHARACTERS = 1024 * 1024

/** Bytes in which the size of a picture stands. */
const IMAGE_HEADER_BYTES = 64 * 1024

/** Calls the server, and answers what it answers: to the uploader the upload has succeeded, whatever comes of that (203 if the server did not answer well). */
export async function callBack(
  { account, call, signer }: Exchange,
  callback: Callback,
  object: StoredObject,
  { requestId, operation, stored }: { requestId: string; operation: string; stored: Reply },
): Promise<Reply> {
  const body = await bodyOf(callback, object, { reqId: requestId, operation, clientIp: call.clientAddress ?? '' })
  const failed = (reason: string): Reply => {
    const error = new OssError('CallbackFailed', { reason: `the object is stored, but ${reason}` })
    return errorReply(error, call.method, call.host, requestId)
  }
  if (body === undefined) return failed(`the body of its callback would have more than ${MAX_CHARACTERS} characters`)
  let reason = ''
  for (const url of callback.urls) {
    const ending = new AbortController()
    pause(MAX_MILLISECONDS, ending.signal).then(
      () => ending.abort(new Error(`there was no answer within ${MAX_MILLISECONDS / 1000} seconds`)),
      () => {},
    )
    try {
      const headers = await headersOf(
        url,
        callback,
        body,
        { object, requestId, now: account.clock.now(), caller: signer?.account.accountId ?? '' },
        account.cloud.addresses.of(account),
      )
      const answer = await account.cloud.deliver({ url, headers, body, wanted: MAX_CHARACTERS, signal: ending.signal })
      if (answer.status !== 200) reason = `${url} answered with status ${answer.status}`
      else if (!isJson(answer.body ?? '{}')) reason = `${url} did not answer with JSON`
      else
        return {
          status: 200,
          headers: { ...stored.headers, 'content-type': JSON_TYPE, 'content-length': String(Buffer.byteLength(answer.body ?? '{}')) },
          body: answer.body ?? '{}',
        }
    } catch (error) {
      reason = `${url} was not reached: ${describeFailure(error)}`
    } finally {
      ending.abort()
    }
  }
  return failed(reason)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The body with what its variables stand for: in a form percent-encoded, in JSON with quotation marks where it is text; `undefined` if it is too long. */
async function bodyOf(
  { body, type, variables }: Callback,
  object: StoredObject,
  request: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { bucket, key, etag, size, contentType, crc64 } = object
  const image = body.includes('${imageInfo.')
    ? await readHeader(await object.content.bytes(0, Math.min(size, IMAGE_HEADER_BYTES)))
    : undefined
  const values = new Map<string, string | number>([
    ...Object.entries(request),
    ['bucket', bucket],
    ['object', key],
    ['etag', etag],
    ['size', size],
    ['mimeType', contentType],
    ['crc64', crc64],
    ['contentMd5', object.type === 'Normal' ? Buffer.from(etag, 'hex').toString('base64') : ''],
    ['imageInfo.height', image?.height ?? ''],
    ['imageInfo.width', image?.width ?? ''],
    ['imageInfo.format', image?.format.toLowerCase() ?? ''],
    ...variables,
  ])
  let left = MAX_CHARACTERS - body.length
  const made = body.replace(/\$\{([\w:.-]{1,256})\}/g, (_whole, name: string) => {
    if (left < 0) return ''
    const value = values.get(name) ?? ''
    const written = type === FORM ? percentEncode(String(value)) : JSON.stringify(value)
    left -= written.length
    return written
  })
  return left < 0 ? undefined : made
}

/** What a callback is about, beside its body. */
interface Sent {
  object: StoredObject
  requestId: string
  /** Milliseconds since 1970 on the account's clock. */
  now: number
  /** Account of who has uploaded. */
  caller: string
}

/** Path of the public key at the emulator's own address. */
export const PUBLIC_KEY_PATH = '/_emulator/oss-callback-key.pem'

/** Host of the real cloud that has the public key of OSS, and its path there. */
export const PUBLIC_KEY_HOST = 'gosspublic.alicdn.com'
export const PUBLIC_KEY_AT_HOST = '/callback_pub_key_v1.pem'

/** Where servers look for the public key of OSS. */
const keyUrlOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined ? `https://${PUBLIC_KEY_HOST}${PUBLIC_KEY_AT_HOST}` : publicUrl + PUBLIC_KEY_PATH

async function headersOf(
  url: string,
  { host, type }: Callback,
  body: string,
  { object, requestId, now, caller }: Sent,
  publicUrl: string | undefined,
): Promise<Record<string, string>> {
  const { pathname, search } = new URL(url)
  const signed = `${decodeURIComponent(pathname)}${search}\n${body}`
  const { privateKey } = await keys()
  return {
    'content-type': type,
    'content-md5': createHash('md5').update(body).digest('base64'),
    date: toHttpDate(now),
    authorization: createSign('RSA-MD5').update(signed).sign(privateKey, 'base64'),
    'x-oss-pub-key-url': Buffer.from(keyUrlOf(publicUrl)).toString('base64'),
    'x-oss-bucket': object.bucket,
    'x-oss-owner': caller,
    'x-oss-requester': caller,
    'x-oss-request-id': requestId,
    'x-oss-signature-version': '1.0',
    'x-oss-tag': 'CALLBACK',
    ...(host !== undefined && { host }),
  }
}

let pair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | undefined

/** The key pair of the process; made when it is first needed, because that takes a while. */
function keys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  pair ??= promisify(generateKeyPair)('rsa', { modulusLength: 1024 })
  return pair
}

/** The public key with which servers check callbacks, as PEM. */
export const callbackPublicKey = async (): Promise<string> => (await keys()).publicKey.export({ type: 'spki', format: 'pem' }).toString()
