/** Playlists and manifests under play domains: what they name can be had as they themselves are. */

import { isBeside, isKey, withUris } from '../../../media/playlist.js'
import { HLS_TOKEN } from '../shared/addresses/addresses.js'

/** How a request for a playlist is continued with those for what it names. */
export interface Continued {
  /** Path of the playlist, as the request has it. */
  path: string
  /** Authenticates a path; left out, the domain asks for none. */
  authKeyOf?: ((path: string) => string) | undefined
  /** Goes to the server that has the key. */
  hlsToken?: string | undefined
  /** Seconds from the start that may be played. */
  preview?: number | undefined
}

/** True for files whose text names other files. */
export const isManifest = (key: string): boolean => key.endsWith('.m3u8') || key.endsWith('.mpd')

/** The text of a playlist or manifest, as it is sent. */
export function continued(text: string, key: string, request: Continued): string {
  if (key.endsWith('.mpd'))
    return text.replace(/(<BaseURL>)([^<]*)(<\/BaseURL>)/g, (_, open, uri, close) => open + beside(uri, request) + close)
  const shown = request.preview === undefined ? text : withinPreview(text, request.preview)
  return withUris(shown, (uri, tag) => (isKey(tag) ? keyUri(uri, request) : beside(uri, request)))
}

/** The address of a file of the same domain. Addresses elsewhere are none of its. */
function beside(uri: string, { path, authKeyOf, hlsToken, preview }: Continued): string {
  if (!isBeside(uri)) return uri
  const { pathname } = new URL(uri, `http://domain${path}`)
  const query: string[] = []
  const isPlaylist = pathname.endsWith('.m3u8')
  if (hlsToken !== undefined && isPlaylist) query.push(`${HLS_TOKEN}=${encodeURIComponent(hlsToken)}`)
  if (authKeyOf) query.push(`auth_key=${authKeyOf(pathname)}`)
  if (authKeyOf && preview !== undefined && isPlaylist) query.push(`end=${preview}`)
  return query.length === 0 ? uri : `${uri}?${query.join('&')}`
}

/** The address of a key, with the token of who plays: the domain hands it on. */
function keyUri(uri: string, { hlsToken }: Continued): string {
  if (hlsToken === undefined || !/^https?:/i.test(uri)) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}${HLS_TOKEN}=${encodeURIComponent(hlsToken)}`
}

/** A playlist of as many whole segments as fit into so many seconds, and of one at least. */
function withinPreview(text: string, seconds: number): string {
  const lines = text.split('\n')
  let [total, count] = [0, 0]
  const isOver = (line: string): boolean => {
    const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1]
    if (length === undefined) return false
    total += Number(length)
    return ++count > 1 && total > seconds
  }
  const end = lines.findIndex(isOver)
  if (end < 0) return text
  // What stands before a segment belongs to it.
  const start = lines[end - 1]?.startsWith('#EXT-X-DISCONTINUITY') ? end - 1 : end
  return [...lines.slice(0, start), '#EXT-X-ENDLIST', ''].join('\n')
}
