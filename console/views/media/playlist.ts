/** HLS playlists such that the page can play them (RFC 8216): what lies beside one is asked of the control API, so that none of it stands in the call log. */

import { objectPath, openObject, readObject } from '../../lib/api.js'
import type { Place } from '../../parts/object.js'
import { t } from '../../words/index.js'

/** Bytes of a playlist that is read: several times those of one with 36,000 segments. */
const MOST_BYTES = 16 * 1024 * 1024

/** Where the emulator's own key server is, at any of its hosts. */
const KEY_SERVER = '/_vod/hls-key'

/** Tags of a master playlist that name what is not shown: other tracks than picture and sound, pictures for seeking. */
const LEFT_OUT = /^#EXT-X-(?:MEDIA:(?:.*,)?TYPE=(?:SUBTITLES|CLOSED-CAPTIONS)\b|I-FRAME-STREAM-INF:|SESSION-KEY:)/

/** `URI="…"` in the attributes of a tag. */
const URI = /([:,]URI=")([^"]*)(")/

/**
 * The address of a copy of a playlist that names whole addresses alone, as do those behind it; it is good until `stop`. Keys are fetched where the playlist
 * says, as every player does. Rejects with an error that says what cannot be played, and why.
 */
export async function openPlaylist(place: Place, stop: AbortSignal, isVariant = false): Promise<string> {
  const text = await textOf(place, stop)
  const isMaster = !isVariant && /^#EXT-X-STREAM-INF:/m.test(text)
  const wholeAddress = async (uri: string): Promise<string> => {
    const there = beside(place, uri)
    if (there === undefined) throw new Error(t('hls.elsewhere', { uri }))
    return isMaster ? openPlaylist(there, stop, true) : new URL(objectPath(there.bucket, there.key), location.origin).href
  }
  const keys = new Map<string, string>()
  const lines: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (isMaster && LEFT_OUT.test(line)) continue
    const isKey = line.startsWith('#EXT-X-KEY:')
    if (isKey && !keys.has(line)) keys.set(line, await withKey(line, place, stop))
    if (isKey) lines.push(keys.get(line) as string)
    else if (line.startsWith('#')) lines.push(await withUri(line.replace(/,SUBTITLES="[^"]*"/, ''), wholeAddress))
    else lines.push(line.trim() === '' ? '' : await wholeAddress(line.trim()))
  }
  return addressFor(lines.join('\n'), stop, 'application/vnd.apple.mpegurl')
}

async function textOf({ bucket, key }: Place, stop: AbortSignal): Promise<string> {
  const response = await openObject(bucket, key, stop)
  const isShort = Number(response.headers.get('content-length')) <= MOST_BYTES
  const text = isShort ? await response.text() : ''
  if (!isShort) await response.body?.cancel()
  if (!text.startsWith('#EXTM3U')) throw new Error(t('hls.noPlaylist', { key }))
  return text
}

/** A tag with another address in it, if it has one. */
async function withUri(line: string, change: (uri: string) => Promise<string>): Promise<string> {
  const uri = URI.exec(line)?.[2]
  if (uri === undefined) return line
  const changed = await change(uri)
  return line.replace(URI, (_, before: string, _uri: string, after: string) => before + changed + after)
}

/** Where a relative address leads to; `undefined` of all others. */
function beside({ bucket, key }: Place, uri: string): Place | undefined {
  const base = `http://beside/${key.split('/').map(encodeURIComponent).join('/')}`
  if (!URL.canParse(uri, base)) return undefined
  const { origin, pathname } = new URL(uri, base)
  try {
    return origin === 'http://beside' ? { bucket, key: decodeURIComponent(pathname.slice(1)) } : undefined
  } catch {
    return undefined
  }
}

/** A tag that says how segments are encrypted, with the address of the key that has been fetched. */
function withKey(line: string, place: Place, stop: AbortSignal): Promise<string> {
  const attribute = (name: string) => new RegExp(`[:,]${name}="?([^",]*)`).exec(line)?.[1]
  const isForOthers = attribute('METHOD') !== 'AES-128' || (attribute('KEYFORMAT') ?? 'identity') !== 'identity'
  if (attribute('METHOD') === 'NONE') return Promise.resolve(line)
  if (isForOthers) return Promise.reject(new Error(t('hls.ownPlayer')))
  return withUri(line, async (uri) => addressFor(await keyAt(uri, place, stop), stop))
}

async function keyAt(uri: string, place: Place, stop: AbortSignal): Promise<Blob> {
  const near = beside(place, uri)
  if (near !== undefined) return readObject(near.bucket, near.key, stop)
  const { pathname, search, href } = new URL(uri, location.href)
  let response: Response
  try {
    response = await fetch(pathname === KEY_SERVER ? pathname + search : href, { signal: stop, cache: 'no-store' })
  } catch {
    stop.throwIfAborted()
    throw new Error(t('hls.noKey', { uri }))
  }
  if (!response.ok)
    throw new Error(t('hls.keyRefused', { status: response.status, reason: response.headers.get('x-emulator-reason') ?? uri }))
  return response.blob()
}

/** An address for what the page has put together. */
function addressFor(content: BlobPart, stop: AbortSignal, type = ''): string {
  stop.throwIfAborted()
  const url = URL.createObjectURL(new Blob([content], { type }))
  stop.addEventListener('abort', () => URL.revokeObjectURL(url))
  return url
}
