/** Signed URLs of results: OSS signature V1 in the query, as the services hand them out. */

import type { Account } from '../account.js'
import { hmacSha1 } from '../gateway/signature-rpc.js'
import { objectKey, type StoredObject } from '../model/object.js'

/** The region of the buckets that the vision services write their results to. */
const RESULT_REGION = 'cn-shanghai'

/** Stores an object for the account and returns a URL under which it can be downloaded for `ttl` seconds of the account's clock. */
export async function storeResult(account: Account, object: Omit<StoredObject, 'createdAt'>, ttl: number): Promise<string> {
  const now = account.clock.now()
  await account.objects.put({ ...object, createdAt: now })
  forgetOldest(account, now - ttl * 1000)
  return signedUrl(account, object, Math.floor(now / 1000) + ttl)
}

/** What an OSS V1 URL signature signs: method, two empty headers, expiry in seconds since 1970, resource. */
export const urlStringToSign = (method: string, expires: string, bucket: string, key: string): string =>
  `${method}\n\n\n${expires}\n/${bucket}/${key}`

function signedUrl({ place }: Account, { bucket, key }: Pick<StoredObject, 'bucket' | 'key'>, expires: number): string {
  const { accessKeyId, accessKeySecret } = place.resultKey
  const publicUrl = place.publicUrl()
  const base = publicUrl === undefined ? `http://${bucket}.oss-${RESULT_REGION}.aliyuncs.com` : `${publicUrl}/${bucket}`
  const path = key.split('/').map(encodeURIComponent).join('/')
  const signature = encodeURIComponent(hmacSha1(accessKeySecret, urlStringToSign('GET', String(expires), bucket, key)))
  return `${base}/${path}?Expires=${expires}&OSSAccessKeyId=${accessKeyId}&Signature=${signature}`
}

/** Bytes of results kept per account; beyond that the oldest results are gone before they expire. */
const MOST_BYTES = 256 * 1024 * 1024

/** Results kept per account. */
const MOST_RESULTS = 20_000

/** The oldest objects are the first to have expired. */
function forgetOldest({ objects }: Account, expired: number): void {
  let bytes = 0
  for (const { content } of objects.list().rows) if (typeof content !== 'string') bytes += content.byteLength
  for (let oldest = objects.first(); oldest !== undefined; oldest = objects.first()) {
    if (oldest.createdAt >= expired && bytes <= MOST_BYTES && objects.count <= MOST_RESULTS) return
    if (typeof oldest.content !== 'string') bytes -= oldest.content.byteLength
    objects.delete(objectKey(oldest))
  }
}
