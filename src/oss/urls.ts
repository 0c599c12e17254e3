/** URLs of objects, and signed ones: OSS signature V1 in the query, as the services hand them out. */

import type { Account } from '../account/types.js'
import { type Pairs, parseParams } from '../http/encoding.js'
import { addressOf, isOssHost } from './location.js'
import type { Result } from './results.js'
import { v1Signature, v1StringToSign } from './signature-v1.js'

/** The region of the buckets that the vision services write their results to. */
const RESULT_REGION = 'cn-shanghai'

/** Stores a result for the account and returns a URL under which it can be downloaded for `ttl` seconds of the account's clock. */
export async function storeResult(account: Account, result: Result, ttl: number): Promise<string> {
  const expires = Math.floor(account.clock.now() / 1000) + ttl
  await account.oss.results.put(result, expires * 1000)
  return signedUrl(account, result, expires)
}

type Place = Pick<Result, 'bucket' | 'key'>

/** The path of a URL for a key, without the slash in front. */
export const encodePath = (key: string): string => key.split('/').map(encodeURIComponent).join('/')

/** The URL of an object, without a signature. */
export function objectUrl(account: Account, { bucket, key }: Place): string {
  const region = account.oss.buckets.find(({ name }) => name === bucket)?.region ?? RESULT_REGION
  const base = account.cloud.addresses.urlOf(account, { host: `${bucket}.oss-${region}.aliyuncs.com`, scheme: 'http', path: bucket })
  return `${base}/${encodePath(key)}`
}

/** The URL of a result, whichever address of the emulator it was handed out under, as it is handed out to this account now; any other URL stays as it is. */
export function asSeenBy(account: Account, url: string): string {
  if (!URL.canParse(url)) return url
  const { host, pathname, search } = new URL(url)
  const behind = account.cloud.addresses.behind(url)
  if (behind === undefined && !(isOssHost(host) && isSignedByUs(account, search))) return url
  const { bucket, key = '' } =
    addressOf(behind === undefined ? { host, path: pathname } : { host: '', path: behind.split('?', 1)[0] ?? '' }) ?? {}
  return bucket === undefined || key === '' ? url : objectUrl(account, { bucket, key }) + search
}

const isSignedByUs = ({ resultKeys }: Account, search: string): boolean =>
  resultKeys.get(parseParams(search.slice(1)).get('OSSAccessKeyId') ?? '') !== undefined

/** What OSS is asked to do with a playlist: to sign the addresses in it, so that its segments can be had, too. */
export const HLS_SIGN = 'hls/sign'

/** A URL under which whoever has it can download an object of the account until `expires`, in seconds since 1970 on the account's clock. */
export const signedUrl = (account: Account, object: Place, expires: number, process?: typeof HLS_SIGN): string =>
  `${objectUrl(account, object)}?${signedQuery(account, object, expires, process)}`

/** The query of a signed URL. */
export function signedQuery(account: Account, { bucket, key }: Place, expires: number, process?: typeof HLS_SIGN): string {
  const { accessKeyId, accessKeySecret } = account.resultKeys.own
  const query: Pairs = process === undefined ? [] : [['x-oss-process', process]]
  const text = v1StringToSign({ method: 'GET', headers: {}, date: String(expires), bucket, key, query })
  const signature = encodeURIComponent(v1Signature(accessKeySecret, text))
  const processed = process === undefined ? '' : `x-oss-process=${encodeURIComponent(process)}&`
  return `${processed}Expires=${expires}&OSSAccessKeyId=${accessKeyId}&Signature=${signature}`
}
