/** Where an object is: its bucket and key, from host and path. */

import type { Addresses } from '../http/addresses.js'
import type { Call } from '../http/call.js'

/** `<bucket>.oss-<region>.aliyuncs.com`, also with `-internal` after the region. */
export const OSS_HOST = /^([a-z0-9][a-z0-9-]+)\.oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com(?::\d+)?$/i

/** `oss-<region>.aliyuncs.com`: OSS itself, with the bucket in the path. */
const ENDPOINT_HOST = /^oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com(?::\d+)?$/i

/** True for OSS itself, and for a bucket's own host. */
export const isOssHost = (host: string): boolean => OSS_HOST.test(host) || ENDPOINT_HOST.test(host)

/** What a call to OSS is about: an object, a bucket (no key), or neither. */
export interface ObjectAddress {
  bucket: string | undefined
  /** Name of the object, not percent-encoded; empty if the call is about the bucket. */
  key: string
  /** Region that the host names, such as `cn-shanghai`. */
  region: string | undefined
}

/**
 * Bucket and key from the host and path, or from the path alone; `undefined` if the path has broken escapes. A host may also have the bucket
 * before the emulator's own, as in `<bucket>.localhost:4010`: clients in browsers write it so, and cannot be told otherwise.
 */
export function addressOf({ host, path }: { host: string; path: string }, addresses?: Addresses): ObjectAddress | undefined {
  let decoded: string
  try {
    // In paths, too, OSS takes a plus for a blank. And a door that is called in process may be given what cannot stand in a URL.
    decoded = decodeURIComponent(path.slice(1).replaceAll('+', ' ')).toWellFormed()
  } catch {
    return undefined
  }
  const [, named, region] = OSS_HOST.exec(host) ?? []
  const bucket = named ?? addresses?.bucketBefore(host)
  if (bucket !== undefined) return { bucket: bucket.toLowerCase(), key: decoded, region: regionOf(region) }
  const slash = decoded.indexOf('/')
  const ofEndpoint = regionOf(ENDPOINT_HOST.exec(host)?.[1])
  if (slash < 0) return { bucket: decoded || undefined, key: '', region: ofEndpoint }
  return { bucket: decoded.slice(0, slash) || undefined, key: decoded.slice(slash + 1), region: ofEndpoint }
}

/** The hosts of transfer acceleration name no region. */
const regionOf = (named: string | undefined): string | undefined => (named?.startsWith('accelerate') ? undefined : named?.toLowerCase())

/** Where calls come in, as far as it matters to whom they are. */
export interface Place {
  addresses: Addresses
  catalogue: { services: { has: (name: string) => boolean } }
}

/**
 * True for a call to OSS: by its host, by a path with a bucket in it, by a signature of OSS, or by a bucket before the emulator's own host, where every
 * path is one of that bucket.
 */
export function isObjectCall({ host, path, query, headers }: Pick<Call, 'host' | 'path' | 'query' | 'headers'>, place?: Place): boolean {
  if (OSS_HOST.test(host)) return true
  if (/(?:^|&)Action=/.test(query)) return false
  if (path.length > 1 || ENDPOINT_HOST.test(host) || /^OSS[24]?[ -]/.test(headers.authorization ?? '')) return true
  const name = place?.addresses.bucketBefore(host)
  return name !== undefined && !place?.catalogue.services.has(name)
}
