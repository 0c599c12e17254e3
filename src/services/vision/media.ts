/** Input files of the vision services: what their URL shows, and what their content would. */

import { BlockList, isIP } from 'node:net'
import type { Account } from '../../account.js'
import { type Asset, assetKey } from '../../model/asset.js'
import { objectOf } from '../../oss/location.js'

/** A bound of width and height; `exclusive` if the bound itself is outside. */
export interface PixelBound {
  width: number
  height: number
  exclusive?: boolean
}

/** What an Action demands of an input file. */
export interface MediaLimits {
  /** Containers or image formats, upper case. Default: any. */
  formats?: readonly string[]
  maxBytes?: number
  minPixels?: PixelBound
  maxPixels?: PixelBound
  maxFrames?: number
}

/** The ways in which an input file can be wrong. Each service says which error code it has for each. */
export type MediaFault =
  /** Its URL points to a host that must not be called, or is declared unsafe. */
  | 'unsafe'
  /** Its bucket is in another region. */
  | 'region'
  | 'type'
  | 'download'
  | 'decode'
  /** It is empty or not suited for processing. */
  | 'content'
  /** It shows something else than the Action is made for. */
  | 'category'
  | 'resolution'
  /** It has too many bytes. */
  | 'bytes'
  /** It has too many frames. */
  | 'frames'

/** Which error code a service has for each fault. */
export type MediaCodes<Code extends string> = Readonly<Record<MediaFault, Code>>

/** What is wrong with a file. */
export interface MediaProblem {
  fault: MediaFault
  /** Why, as a continuation of the parameter's name. */
  reason: string
}

/** A file as the services see it once they have opened it. */
export interface Media {
  format: string | undefined
  bytes: number
  width: number
  height: number
  /** Seconds. */
  duration: number
  frames: number
}

/** What a file that nobody has declared is taken to be: small enough for every Action, and the same in every run. */
const ASSUMED = { bytes: 2_000_000, width: 1280, height: 720, duration: 10, framesPerSecond: 25 } as const

const REGION = 'cn-shanghai'

/** `<bucket>.oss-<region>.aliyuncs.com`, or with `-internal` after the region. */
const BUCKET_HOST = /\.oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$/

/** Addresses that no service may be made to call. */
const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix)
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6')

function isPrivate(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  return family === 0
    ? /(?:^|\.)(?:localhost|internal|local)$/.test(address)
    : privateNetworks.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Extension of a URL's path, upper case, or `undefined`. */
function extensionOf(pathname: string): string | undefined {
  return /\.([A-Za-z0-9]{1,10})$/.exec(pathname)?.[1]?.toUpperCase()
}

/** Same format, other name. */
const SYNONYMS: Readonly<Record<string, string>> = { JPEG: 'JPG', MPEG: 'MPG', TIF: 'TIFF' }

const sameFormat = (a: string, b: string): boolean => (SYNONYMS[a] ?? a) === (SYNONYMS[b] ?? b)

/** The asset declared for a URL. */
export const assetOf = (account: Account, url: string): Asset | undefined => account.assets.get(assetKey(url))

/** What the URL of a file shows to be wrong before anybody downloads it. */
export function checkUrl(account: Account, url: string, { formats }: MediaLimits): MediaProblem | undefined {
  const { hostname, pathname, origin, username, password } = new URL(url)
  const asset = assetOf(account, url)
  const publicUrl = account.place.publicUrl()
  const ownObject = publicUrl !== undefined && new URL(publicUrl).origin === origin
  if (asset === undefined && !ownObject) {
    if (isPrivate(hostname)) return { fault: 'unsafe', reason: `points to ${hostname}, which is not a public host` }
    if (username !== '' || password !== '') return { fault: 'unsafe', reason: 'holds a user name or password' }
  }
  const region = asset?.region ?? (ownObject ? REGION : BUCKET_HOST.exec(hostname)?.[1])
  if (region !== REGION && (asset === undefined || asset.region !== undefined || region !== undefined)) {
    return {
      fault: 'region',
      reason:
        region === undefined
          ? `points to ${hostname}, which is not an OSS bucket in ${REGION}`
          : `points to a bucket in ${region}, not in ${REGION}`,
    }
  }
  const extension = extensionOf(pathname)
  if (asset?.format === undefined && extension !== undefined) return checkFormat(extension, formats)
  return undefined
}

function checkFormat(format: string, formats: readonly string[] | undefined): MediaProblem | undefined {
  if (formats === undefined || formats.some((allowed) => sameFormat(allowed, format))) return undefined
  return { fault: 'type', reason: `is of type ${format}; allowed are ${formats.join(', ')}` }
}

/** What opening a file gives: what it is, or what is wrong with it. */
export function openMedia(account: Account, url: string, limits: MediaLimits): Media | MediaProblem {
  const asset = assetOf(account, url)
  if (asset === undefined && account.settings.strictInputs && !isStored(account, url)) {
    return {
      fault: 'download',
      reason: 'is neither a declared asset nor an object of the account, and the settings ask for strict inputs',
    }
  }
  const defect = asset?.defect && DEFECTS[asset.defect]
  if (defect) return { fault: defect, reason: `refers to an asset that was declared with the defect "${asset.defect}"` }
  const media = mediaOf(url, asset)
  if (media.bytes === 0) return { fault: 'content', reason: 'is empty' }
  return (media.format === undefined ? undefined : checkFormat(media.format, limits.formats)) ?? checkSize(media, limits) ?? media
}

/** True for the URL of an object in the emulated OSS, such as the result of another job. */
function isStored(account: Account, url: string): boolean {
  const { host, pathname } = new URL(url)
  const place = objectOf({ host, path: pathname })
  return place !== undefined && account.objects.get(`${place.bucket}/${place.key}`) !== undefined
}

const DEFECTS: Partial<Record<NonNullable<Asset['defect']>, MediaFault>> = {
  'cannot be downloaded': 'download',
  'cannot be decoded': 'decode',
  'is empty': 'content',
  'shows something else': 'category',
  'is unsafe': 'unsafe',
}

function mediaOf(url: string, asset: Asset | undefined): Media {
  const duration = asset?.duration ?? ASSUMED.duration
  return {
    format: asset?.format ?? extensionOf(new URL(url).pathname),
    bytes: asset?.bytes ?? ASSUMED.bytes,
    width: asset?.width ?? ASSUMED.width,
    height: asset?.height ?? ASSUMED.height,
    duration,
    frames: asset?.frames ?? Math.max(1, Math.round(duration * ASSUMED.framesPerSecond)),
  }
}

function checkSize(
  { bytes, width, height, frames }: Media,
  { maxBytes, minPixels, maxPixels, maxFrames }: MediaLimits,
): MediaProblem | undefined {
  if (maxBytes !== undefined && bytes > maxBytes)
    return { fault: 'bytes', reason: `has ${bytes} bytes, and at most ${maxBytes} are allowed` }
  if (maxFrames !== undefined && frames > maxFrames)
    return { fault: 'frames', reason: `has ${frames} frames, and at most ${maxFrames} are allowed` }
  const size = `is ${width} x ${height} pixels`
  if (
    minPixels &&
    (minPixels.exclusive ? width <= minPixels.width || height <= minPixels.height : width < minPixels.width || height < minPixels.height)
  ) {
    return {
      fault: 'resolution',
      reason: `${size}; ${minPixels.exclusive ? 'more than' : 'at least'} ${minPixels.width} x ${minPixels.height} are needed`,
    }
  }
  if (
    maxPixels &&
    (maxPixels.exclusive ? width >= maxPixels.width || height >= maxPixels.height : width > maxPixels.width || height > maxPixels.height)
  ) {
    return {
      fault: 'resolution',
      reason: `${size}; ${maxPixels.exclusive ? 'less than' : 'at most'} ${maxPixels.width} x ${maxPixels.height} are allowed`,
    }
  }
  return undefined
}
