/** HLS playlists, and what they refer to (RFC 8216). */

import { eachInSlices } from '../base/slices.js'

/** What an address in a playlist is of: a segment, another playlist, a key, … */
export type PlaylistTag = 'segment' | 'EXT-X-KEY' | 'EXT-X-SESSION-KEY' | 'EXT-X-MEDIA' | 'EXT-X-MAP' | (string & {})

/** `URI="…"` in the attributes of a tag. */
const URI = /([:,]URI=")([^"]*)(")/

/** Pieces of a text that are looked at, such as the lines of a playlist: those of a day of short segments, and more. */
export const MAX_PIECES = 200_000

/** Characters of what becomes of a text. */
const MAX_CHARACTERS = 64 * 1024 * 1024

/**
 * A playlist with other addresses: `replace` is given each as it is written, and the tag in which it stands; what stands in a line of its own is a `segment`,
 * or in a master playlist another playlist. Everything else stays as it is, so that nothing is lost of what is not understood here. `undefined` if there is
 * more of it than anybody plays.
 */
export const withUris = (text: string, replace: (uri: string, tag: PlaylistTag) => string): Promise<string | undefined> =>
  inPieces(text, '\n', '\n', (line) => {
    const [content, end] = line.endsWith('\r') ? [line.slice(0, -1), '\r'] : [line, '']
    if (content.trim() === '') return line
    if (!content.startsWith('#')) return replace(content, 'segment') + end
    const tag = /^#(EXT[A-Z0-9-]*):/.exec(content)?.[1]
    if (tag === undefined) return line
    return content.replace(URI, (_, before: string, uri: string, after: string) => before + replace(uri, tag) + after) + end
  })

/** The same of the addresses in a DASH manifest. */
export const withBaseUrls = (text: string, replace: (uri: string) => string): Promise<string | undefined> =>
  inPieces(text, /(?<=<\/BaseURL>)/, '', (piece) =>
    piece.replace(/(<BaseURL>)([^<]*)(<\/BaseURL>)$/, (_, open: string, uri: string, close: string) => open + replace(uri) + close),
  )

/** A text with what `change` makes of its pieces; `undefined` if there are too many of them, or too much becomes of them. */
async function inPieces(
  text: string,
  separator: string | RegExp,
  joint: string,
  change: (piece: string) => string,
): Promise<string | undefined> {
  const pieces = text.split(separator, MAX_PIECES + 1)
  if (pieces.length > MAX_PIECES) return undefined
  const changed: string[] = []
  let length = 0
  await eachInSlices(pieces, (piece) => {
    if (length > MAX_CHARACTERS) return
    const made = change(piece)
    changed.push(made)
    length += made.length + joint.length
  })
  return length > MAX_CHARACTERS ? undefined : changed.join(joint)
}

/** True for tags whose address is that of a key, which is kept by who has encrypted the segments. */
export const isKey = (tag: PlaylistTag): boolean => tag === 'EXT-X-KEY' || tag === 'EXT-X-SESSION-KEY'

/** Characters of the longest address that leads to an object. */
const MAX_URI = 8192

/**
 * The path that an address leads to which is relative, so that it leads to where the playlist with this path is, and has no query of its own. `undefined` of
 * all others.
 */
export function pathBeside(uri: string, playlistPath: string): string | undefined {
  if (uri.length > MAX_URI || uri.includes('?') || uri.includes('#') || /^[a-z][a-z0-9+.-]*:/i.test(uri)) return undefined
  const base = `http://beside${playlistPath}`
  if (!URL.canParse(uri, base)) return undefined
  const { host, pathname } = new URL(uri, base)
  return host === 'beside' ? pathname : undefined
}
