/** Input files of the vision services: what their URL shows, and what their content would. */

import type { Account } from '../../../account/types.js'
import type { Asset } from '../../../assets/asset.js'
import { isPrivate } from '../../../base/private-host.js'
import { toUtcSeconds } from '../../../base/times.js'
import { isDropBox } from '../../../oss/drop-box.js'
import { addressOf, type ObjectAddress } from '../../../oss/location.js'
import type { StoredObject } from '../../../oss/object.js'

/** A bound of width and height; `exclusive` if the bound itself is outside. */
export interface PixelBound {
  width: number
  height: number
  exclusive?: boolean
  /** True: a class of sizes such as 1080P, which a file that stands upright belongs to as well. */
  eitherWay?: boolean
}

/** What an Action demands of an input file. */
export interface MediaLimits {
  /** Containers or image formats, upper case. Default: any. */
  formats?: readonly string[]
  maxBytes?: number
  /** True: a file of exactly `maxBytes` is too large. */
  maxBytesExclusive?: boolean
  /** Of an image: 3 is RGB, 4 is RGBA. Default: any. */
  channels?: readonly number[]
  /** True: the Action looks at the pixels of an image, and one that is damaged cannot be used. */
  pixels?: boolean
  minPixels?: PixelBound
  maxPixels?: PixelBound
  maxFrames?: number
  /** Seconds; a file that is shorter is not suited. */
  minDuration?: number
  /** Seconds; what a file has beyond them is dropped, and the Action sees a file of this length. */
  cutAfter?: number
  /** What a file is taken to be that nobody has declared, where the usual assumption would break the limits. */
  assume?: Partial<Media>
}

/** One input file of a call. */
export interface InputFile {
  /** Name of the parameter on the wire: `VideoUrl`, `FileList.2.FileUrl`. */
  param: string
  url: string
  limits: MediaLimits
}

/** The ways in which an input file can be wrong. Each service says which error code it has for each. */
export type InputDefect =
  /** Its URL points to a host that must not be called, or is declared unsafe. */
  | 'unsafe'
  /** It is not in OSS. */
  | 'host'
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
  /** An image has colour channels that the Action cannot work with. */
  | 'channels'

/** Which error code a service has for each fault. */
export type MediaCodes<Code extends string> = Readonly<Record<InputDefect, Code>>

/** What is wrong with a file. */
export interface MediaProblem {
  fault: InputDefect
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
  framesPerSecond: number
  /** Of an image or of a frame: 1 for grey, 3 for RGB, 4 for RGBA. */
  channels: number
}

/** What a file that nobody has declared is taken to be: small enough for every Action, and the same in every run. */
const ASSUMED = { bytes: 2_000_000, width: 1280, height: 720, duration: 10, framesPerSecond: 25, channels: 3 } as const

const REGION = 'cn-shanghai'

/** `<bucket>.oss-<region>.aliyuncs.com`, or with `-internal` after the region. */
const BUCKET_HOST = /\.oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$/

/** Extension of a URL's path or of a file name, upper case, or `undefined`. */
export function extensionOf(pathname: string): string | undefined {
  return /\.([A-Za-z0-9]{1,10})$/.exec(pathname)?.[1]?.toUpperCase()
}

/** Same format, other name. */
const SYNONYMS: Readonly<Record<string, string>> = { JPEG: 'JPG', MPEG: 'MPG', TIF: 'TIFF' }

const sameFormat = (a: string, b: string): boolean => (SYNONYMS[a] ?? a) === (SYNONYMS[b] ?? b)

/** What the URL of a file shows to be wrong before anybody downloads it. */
export function checkUrl(account: Account, url: string, { formats }: MediaLimits): MediaProblem | undefined {
  if (url === '') return { fault: 'content', reason: 'is empty' }
  const { host, hostname, pathname, username, password } = new URL(url)
  const asset = account.assetOf(url)
  const ownObject = isHere(account, host)
  if (asset === undefined && !ownObject) {
    if (isPrivate(hostname)) return { fault: 'unsafe', reason: `points to ${hostname}, which is not a public host` }
    if (username !== '' || password !== '') return { fault: 'unsafe', reason: 'holds a user name or password' }
  }
  const region = asset?.region ?? (ownObject ? REGION : BUCKET_HOST.exec(hostname)?.[1])
  if (region !== REGION && (asset === undefined || asset.region !== undefined || region !== undefined)) {
    return {
      fault: region === undefined ? 'host' : 'region',
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

/** True for the host under which the emulator itself is reached, and for one with a bucket in front of that. */
function isHere({ cloud }: Account, host: string): boolean {
  return cloud.addresses.isHost(host) || cloud.addresses.bucketBefore(host) !== undefined
}

/** What is wrong with a format that is none of those allowed. */
export function checkFormat(format: string, formats: readonly string[] | undefined): MediaProblem | undefined {
  if (formats === undefined || formats.some((allowed) => sameFormat(allowed, format))) return undefined
  return { fault: 'type', reason: `is of type ${format}; allowed are ${formats.join(', ')}` }
}

/** What opening a file gives: what it is, or what is wrong with it. `read` is what its bytes say, and counts more than its declaration. */
export function openMedia(account: Account, url: string, limits: MediaLimits, read: Partial<Media> = {}): Media | MediaProblem {
  const asset = account.assetOf(url)
  const object = objectAt(account, url)
  if (asset === undefined && account.settings.values.strictInputs && object === undefined) {
    return {
      fault: 'download',
      reason: 'is neither a declared asset nor an object of the account, and the settings ask for strict inputs',
    }
  }
  const expiry = expiryOfResult(account, url)
  if (expiry !== undefined && (object === undefined || account.clock.now() >= expiry))
    return { fault: 'download', reason: `is the URL of a result, which expired at ${toUtcSeconds(expiry)}` }
  if (asset === undefined && object === undefined && isDropBox(placeOf(account, url)?.bucket))
    return { fault: 'download', reason: 'names a file that was not uploaded to the services, or more than a day ago' }
  const defect = asset?.defect && DEFECTS[asset.defect]
  if (defect) return { fault: defect, reason: `refers to a file with the defect "${asset.defect}"` }
  const media = mediaOf(url, { ...limits.assume, ...(object && factsOf(object)), ...asset, ...read })
  if (media.bytes === 0) return { fault: 'content', reason: 'is empty' }
  return (
    (media.format === undefined ? undefined : checkFormat(media.format, limits.formats)) ??
    checkSize(media, limits) ??
    (limits.cutAfter !== undefined && media.duration > limits.cutAfter ? madeFrom(media, { duration: limits.cutAfter }) : media)
  )
}

/** A file made of another: what is not changed stays as it is, and the number of frames follows. */
export function madeFrom(media: Media, changes: Partial<Omit<Media, 'frames'>>): Media {
  const made = { ...media, ...changes }
  return { ...made, frames: Math.round(made.framesPerSecond * made.duration) }
}

/** Until when the URL of one of the account's results can be used, in milliseconds since 1970; `undefined` for other URLs. */
function expiryOfResult({ resultKeys }: Account, url: string): number | undefined {
  const { searchParams } = new URL(url)
  const expires = Number(searchParams.get('Expires'))
  const ours = resultKeys.get(searchParams.get('OSSAccessKeyId') ?? '') !== undefined
  return ours && Number.isInteger(expires) && expires >= 0 && expires < 1e12 ? expires * 1000 : undefined
}

/** Bucket and key that a URL names, wherever it leads. */
function placeOf({ cloud }: Account, url: string): ObjectAddress | undefined {
  const { host, pathname } = new URL(url)
  return addressOf({ host, path: pathname }, cloud.addresses)
}

/** The object in the emulated OSS that a URL leads to, such as the result of another job. */
export function objectAt(account: Account, url: string): StoredObject | undefined {
  const place = placeOf(account, url)
  return place?.bucket === undefined ? undefined : account.oss.object(place.bucket, place.key)
}

const factsOf = (object: StoredObject): Partial<Media> => ({ bytes: object.size, ...object.mediaInfo })

const DEFECTS: Partial<Record<NonNullable<Asset['defect']>, InputDefect>> = {
  'cannot be downloaded': 'download',
  'cannot be decoded': 'decode',
  'is empty': 'content',
  'shows something else': 'category',
  'is unsafe': 'unsafe',
}

/** Fills in what is not known of a file. */
function mediaOf(url: string, known: Partial<Media>): Media {
  const duration = known.duration ?? ASSUMED.duration
  const frames = known.frames ?? Math.max(1, Math.round(duration * ASSUMED.framesPerSecond))
  return {
    format: known.format ?? extensionOf(new URL(url).pathname),
    bytes: known.bytes ?? ASSUMED.bytes,
    width: known.width ?? ASSUMED.width,
    height: known.height ?? ASSUMED.height,
    duration,
    frames,
    framesPerSecond: known.frames !== undefined && duration > 0 ? frames / duration : ASSUMED.framesPerSecond,
    channels: known.channels ?? ASSUMED.channels,
  }
}

function checkSize(
  { bytes, width, height, duration, frames, channels }: Media,
  { maxBytes, maxBytesExclusive, channels: allowedChannels, minPixels, maxPixels, maxFrames, minDuration }: MediaLimits,
): MediaProblem | undefined {
  if (maxBytes !== undefined && (maxBytesExclusive ? bytes >= maxBytes : bytes > maxBytes))
    return { fault: 'bytes', reason: `has ${bytes} bytes, and ${maxBytesExclusive ? 'less than' : 'at most'} ${maxBytes} are allowed` }
  if (allowedChannels && !allowedChannels.includes(channels))
    return { fault: 'channels', reason: `has ${channels} channels, and ${allowedChannels.join(' or ')} are needed` }
  if (maxFrames !== undefined && frames > maxFrames)
    return { fault: 'frames', reason: `has ${frames} frames, and at most ${maxFrames} are allowed` }
  if (minDuration !== undefined && duration < minDuration)
    return { fault: 'content', reason: `lasts ${duration} seconds, and at least ${minDuration} are needed` }
  const size = `is ${width} x ${height} pixels`
  if (minPixels && !within(minPixels, { width, height }))
    return {
      fault: 'resolution',
      reason: `${size}; ${minPixels.exclusive ? 'more than' : 'at least'} ${minPixels.width} x ${minPixels.height} are needed`,
    }
  if (maxPixels && !within({ width, height }, maxPixels))
    return {
      fault: 'resolution',
      reason: `${size}; ${maxPixels.exclusive ? 'less than' : 'at most'} ${maxPixels.width} x ${maxPixels.height} are allowed`,
    }
  return undefined
}

/** True if the smaller fits into the larger; one of the two is a bound, and says whether the bound itself is outside. */
function within(smaller: PixelBound, larger: PixelBound): boolean {
  const sides = ({ width, height }: PixelBound): [number, number] =>
    smaller.eitherWay || larger.eitherWay ? [Math.max(width, height), Math.min(width, height)] : [width, height]
  const fits = smaller.exclusive || larger.exclusive ? (a: number, b: number) => a < b : (a: number, b: number) => a <= b
  const [width, height] = sides(smaller)
  const [mostWidth, mostHeight] = sides(larger)
  return fits(width, mostWidth) && fits(height, mostHeight)
}
