/** Addresses of media files: of OSS, and of the domains through which they are played. */

import { hash } from 'node:crypto'
import type { Account } from '../../../../account/types.js'
import { addressOf, OSS_HOST } from '../../../../oss/location.js'
import { encodePath, HLS_SIGN, objectUrl, signedUrl } from '../../../../oss/urls.js'
import type { File } from '../media/file.js'
import type { Domain } from '../storage/settings.js'

/** An OSS address of a private bucket is valid for this many seconds unless asked otherwise, and at most for 30 days. */
export const OSS_SECONDS = { usual: 3600, most: 2_592_000 } as const

/** What the authentication of a URL is made with, where the caller has a say in it. */
export interface ReAuth {
  uid: string
  rand: string
}

/** The file in OSS that an address leads to, signed or not, inside the cloud or from outside; `undefined` if it leads elsewhere. */
export function fileAt({ cloud }: Account, { host, pathname, origin }: URL): File | undefined {
  const publicUrl = cloud.publicUrl()
  if (!OSS_HOST.test(host) && (publicUrl === undefined || new URL(publicUrl).origin !== origin)) return undefined
  const { bucket, key = '' } = addressOf({ host, path: pathname }) ?? {}
  return bucket === undefined || key === '' ? undefined : { bucket, key }
}

/** The name of the file that an address under one of the account's domains leads to, whichever storage it is in; `undefined` if it leads elsewhere. */
export function keyAt({ cloud, settings }: Account, { hostname, pathname, origin }: URL): string | undefined {
  const publicUrl = cloud.publicUrl()
  const domains = (settings.values.vod.domains ?? []).map(({ name }) => name)
  const [first = '', ...rest] = pathname.slice(1).split('/')
  // Where everything is under one address, the domain is the first part of the path.
  const isBehind = publicUrl !== undefined && new URL(publicUrl).origin === origin && domains.includes(first.toLowerCase())
  if (!isBehind && !domains.includes(hostname.toLowerCase())) return undefined
  try {
    return decodeURIComponent((isBehind ? rest : [first, ...rest]).join('/'))
  } catch {
    return undefined
  }
}

/** Address of a file in OSS that anybody can use for so many seconds of the account's clock; `process`: what OSS is to make of it. */
export function signedObjectUrl(account: Account, { bucket, key }: File, seconds: number, process?: typeof HLS_SIGN): string {
  return signedUrl(account, { bucket, key }, Math.floor(account.clock.now() / 1000) + seconds, process)
}

/** The parameter with which a player hands a token on to the server that has the key of a stream. */
export const HLS_TOKEN = 'MtsHlsUriToken'

const isPlaylist = ({ key }: Pick<File, 'key'>): boolean => key.endsWith('.m3u8')

/** Address of a file under a domain, without authentication. Where everything is under one address, the domain is the first part of the path. */
export function domainUrl({ cloud }: Account, { name }: Pick<Domain, 'name'>, { key }: Pick<File, 'key'>): string {
  const publicUrl = cloud.publicUrl()
  return `${publicUrl === undefined ? `http://${name}` : `${publicUrl}/${name}`}/${encodePath(key)}`
}

/** Address that says where a file is, to whom it does not say how to get in: under the domain if the account has one. */
export function plainUrl(account: Account, file: File): string {
  const [domain] = account.settings.values.vod.domains ?? []
  return domain ? domainUrl(account, domain, file) : objectUrl(account, file)
}

/** How an address is to be made. */
export interface PlayUrlOptions {
  /** Domain to play through; without one, the address is that of OSS. */
  domain?: Domain | undefined
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
  const query: string[] = []
  if (hlsToken !== undefined && isPlaylist(file)) query.push(`${HLS_TOKEN}=${encodeURIComponent(hlsToken)}`)
  if (domain.auth) {
    const { key, validity } = domain.auth
    // What the URL says is not when it ends but that much earlier.
    const timestamp = Math.floor(account.clock.now() / 1000) + (seconds === undefined ? 0 : seconds - Math.floor(validity / 1000))
    query.push(`auth_key=${authKey(`/${encodePath(file.key)}`, timestamp, key, reAuth, preview)}`)
    if (preview !== undefined) query.push(`end=${preview}`)
  }
  return domainUrl(account, domain, file) + (query.length > 0 ? `?${query.join('&')}` : '')
}

/**
 * URL authentication of type A: `timestamp-rand-uid-md5` of a path as it stands in the URL (developer guide, URL authentication).
 * For a preview, its seconds are signed as well.
 */
export function authKey(path: string, timestamp: number, key: string, { rand, uid }: ReAuth = NOBODY, preview?: number): string {
  const signed = [path, timestamp, rand, uid, key, ...(preview === undefined ? [] : [preview])].join('-')
  return `${timestamp}-${rand}-${uid}-${hash('md5', signed, 'hex')}`
}

const NOBODY: ReAuth = { rand: '0', uid: '0' }
