/** Addresses of media files: of OSS, and of the domains through which they are played. */

import type { Account } from '../../../../account/types.js'
import { addressOf, OSS_HOST } from '../../../../oss/location.js'
import { encodePath, HLS_SIGN, objectUrl, signedUrl } from '../../../../oss/urls.js'
import { HLS_TOKEN, type PlayDomain } from '../domains/play-domain.js'
import type { File } from '../media/file.js'
import { storagesOf } from '../storage/storages.js'
import { type ReAuth, signedPath } from './url-auth.js'

/** An OSS address of a private bucket is valid for this many seconds unless asked otherwise, and at most for 30 days. */
export const OSS_SECONDS = { usual: 3600, most: 2_592_000 } as const

/** The file in OSS that an address leads to, signed or not, inside the cloud or from outside; `undefined` if it leads elsewhere. */
export function fileAt({ cloud }: Account, { host, pathname, origin }: URL): File | undefined {
  if (!OSS_HOST.test(host) && !cloud.addresses.isHere({ origin })) return undefined
  const { bucket, key = '' } = addressOf({ host, path: pathname }) ?? {}
  return bucket === undefined || key === '' ? undefined : { bucket, key }
}

/** Where an address under one of the account's domains leads, whichever storage the file is in; `undefined` if it leads elsewhere. */
function placeAt({ cloud, playDomains }: Account, { hostname, pathname, origin }: URL): { domain: PlayDomain; key: string } | undefined {
  const [first = '', ...rest] = pathname.slice(1).split('/')
  // Where everything is under one address, the domain is the first part of the path.
  const behind = cloud.addresses.isHere({ origin }) ? playDomains.hostOf(first) : undefined
  const domain = behind ?? playDomains.hostOf(hostname)
  try {
    return domain && { domain, key: decodeURIComponent((behind ? rest : [first, ...rest]).join('/')) }
  } catch {
    return undefined
  }
}

/** The files that an address may lead to: the one in OSS, or those of this name in all storages, where it is under one of the account's domains. */
export function filesAt(account: Account, url: URL): File[] {
  const file = fileAt(account, url)
  const key = placeAt(account, url)?.key
  return [...(file ? [file] : []), ...(key === undefined ? [] : storagesOf(account).map(({ bucket }) => ({ bucket, key })))]
}

/** Address of a file in OSS that anybody can use for so many seconds of the account's clock; `process`: what OSS is to make of it. */
export function signedObjectUrl(account: Account, { bucket, key }: File, seconds: number, process?: typeof HLS_SIGN): string {
  return signedUrl(account, { bucket, key }, Math.floor(account.clock.now() / 1000) + seconds, process)
}

const isPlaylist = ({ key }: Pick<File, 'key'>): boolean => key.endsWith('.m3u8')

/** Address of a path under a domain. Where everything is under one address, the domain is the first part of the path. */
function domainUrl(account: Account, { name, secure }: PlayDomain, path: string): string {
  return account.cloud.addresses.urlOf(account, { host: name, scheme: secure ? 'https' : 'http', path: name }) + path
}

const pathOf = ({ key }: Pick<File, 'key'>): string => `/${encodePath(key)}`

/** Address that says where a file is, to whom it does not say how to get in: under the domain if the account has one. */
export function plainUrl(account: Account, file: File): string {
  const domain = account.playDomains.choose()
  return domain ? domainUrl(account, domain, pathOf(file)) : objectUrl(account, file)
}

/** How an address is to be made. */
export interface PlayUrlOptions {
  /** Domain to play through; without one, the address is that of OSS. */
  domain?: PlayDomain | undefined
  /** Seconds that it is valid for; default: what the domain or OSS has. */
  seconds?: number | undefined
  reAuth?: ReAuth | undefined
  /** Seconds from the start that can be played. */
  preview?: number | undefined
  /** Goes to the key server of an encrypted stream. */
  hlsToken?: string | undefined
}

/** Address from which a file can be played right away; that of a playlist is one by which its segments can be had, too. */
export function playUrl(account: Account, file: File, { domain, seconds, reAuth, preview, hlsToken }: PlayUrlOptions = {}): string {
  if (domain === undefined) return signedObjectUrl(account, file, seconds ?? OSS_SECONDS.usual, isPlaylist(file) ? HLS_SIGN : undefined)
  const token = hlsToken === undefined || !isPlaylist(file) ? [] : [`${domain.tokenName ?? HLS_TOKEN}=${encodeURIComponent(hlsToken)}`]
  const path = pathOf(file)
  const { auth } = domain
  if (auth === undefined) return withQuery(domainUrl(account, domain, path), token)
  // What the URL says is not when it ends but that much earlier.
  const timestamp = Math.floor(account.clock.now() / 1000) + (seconds === undefined ? 0 : seconds - Math.floor(auth.validity / 1000))
  const signed = signedPath(auth, path, { timestamp, reAuth, preview })
  return withQuery(domainUrl(account, domain, signed.path), [...token, ...signed.query])
}

const withQuery = (url: string, query: readonly string[]): string => (query.length > 0 ? `${url}?${query.join('&')}` : url)

/**
 * An address that the caller has chosen, such as that of a cover, as it can be opened: to files of the account's own, under a domain or in OSS, it
 * leads with what lets in there. Elsewhere, or with a query or a fragment of its own, it stays as it is.
 */
export function openUrl(account: Account, address: string, { seconds, reAuth }: PlayUrlOptions = {}): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '') return address
  const place = placeAt(account, url)
  const file = place ? { bucket: '', key: place.key } : fileAt(account, url)
  if (file === undefined || (!place && !storagesOf(account).some(({ bucket }) => bucket === file.bucket))) return address
  const { pathname, search } = new URL(playUrl(account, file, { domain: place?.domain, seconds, reAuth }))
  // Of types B and C, the proof is in the path.
  return (place?.domain.auth?.type ?? 'type_a') === 'type_a' ? address + search : url.origin + pathname + search
}
