/** Playlists and manifests under play domains: what they name can be had as they themselves are. */

import { isKey, MAX_PIECES, pathBeside, withBaseUrls, withUris } from '../../../../media/playlist.js'

/** How a request for a playlist is continued with those for what it names. */
export interface Continued {
  /** Path of the playlist under its domain. */
  path: string
  /** What comes before paths under the domain. */
  prefix: string
  /** Authenticates a path, of a playlist with a preview if there is one; left out, the domain asks for none. */
  sign?: ((path: string, preview: number | undefined) => { path: string; query: string[] }) | undefined
  /** Goes to the server that has the key, under a name that the domain has for it. */
  token?: { name: string; value: string } | undefined
  /** Seconds from the start that may be played. */
  preview?: number | undefined
}

/** True for files whose text names other files. */
export const isManifest = (key: string): boolean => key.endsWith('.m3u8') || key.endsWith('.mpd')

/** The text of a playlist or manifest, as it is sent; `undefined` if there is more of it than anybody plays. */
export async function continued(text: string, key: string, request: Continued): Promise<string | undefined> {
  if (key.endsWith('.mpd')) return withBaseUrls(text, (uri) => beside(uri, request))
  const shown = request.preview === undefined ? text : withinPreview(text, request.preview)
  return withUris(shown, (uri, tag) => (isKey(tag) ? keyUri(uri, request) : beside(uri, request)))
}

/** The address of a file of the same domain. Addresses elsewhere are none of its. */
function beside(uri: string, { path, prefix, sign, token, preview }: Continued): string {
  const pathname = pathBeside(uri, path)
  if (pathname === undefined) return uri
  const isPlaylist = pathname.endsWith('.m3u8')
  // A segment has no preview of its own; a playlist in a playlist has.
  const signed = sign?.(pathname, isPlaylist ? preview : undefined) ?? { path: pathname, query: [] }
  const query = [...(token && isPlaylist ? [parameter(token)] : []), ...signed.query]
  const address = signed.path === pathname ? uri : prefix + signed.path
  return query.length === 0 ? address : `${address}?${query.join('&')}`
}

/** The address of a key, with the token of who plays: the domain hands it on. */
function keyUri(uri: string, { token }: Continued): string {
  if (token === undefined || !/^https?:/i.test(uri)) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}${parameter(token)}`
}

const parameter = ({ name, value }: { name: string; value: string }): string => `${name}=${encodeURIComponent(value)}`

/** A playlist of as many whole segments as fit into so many seconds, and of one at least. */
function withinPreview(text: string, seconds: number): string {
  const lines = text.split('\n', MAX_PIECES + 1)
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
