/** HLS playlists, and what they refer to (RFC 8216). */

/** What an address in a playlist is of: a segment, another playlist, a key, … */
export type PlaylistTag = 'segment' | 'EXT-X-KEY' | 'EXT-X-SESSION-KEY' | 'EXT-X-MEDIA' | 'EXT-X-MAP' | (string & {})

/** `URI="…"` in the attributes of a tag. */
const URI = /([:,]URI=")([^"]*)(")/

/**
 * A playlist with other addresses: `replace` is given each as it is written, and the tag in which it stands; what stands in a line of its own is a `segment`,
 * or in a master playlist another playlist. Everything else stays as it is, so that nothing is lost of what is not understood here.
 */
export function withUris(text: string, replace: (uri: string, tag: PlaylistTag) => string): string {
  return text
    .split('\n')
    .map((line) => {
      const [content, end] = line.endsWith('\r') ? [line.slice(0, -1), '\r'] : [line, '']
      if (content.trim() === '') return line
      if (!content.startsWith('#')) return replace(content, 'segment') + end
      const tag = /^#(EXT[A-Z0-9-]*):/.exec(content)?.[1]
      if (tag === undefined) return line
      return content.replace(URI, (_, before: string, uri: string, after: string) => before + replace(uri, tag) + after) + end
    })
    .join('\n')
}

/** True for tags whose address is that of a key, which is kept by who has encrypted the segments. */
export const isKey = (tag: PlaylistTag): boolean => tag === 'EXT-X-KEY' || tag === 'EXT-X-SESSION-KEY'

/** True if an address is relative, so that it leads to where the playlist is, and has no query of its own. */
export const isBeside = (uri: string): boolean => !uri.includes('?') && !uri.includes('#') && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(uri)
