/** The text of HLS playlists (RFC 8216). */

/** Segments of a stream, at most: a film of ten hours in segments of a second. Of a longer one they are longer. */
const MAX_SEGMENTS = 36_000

/** Seconds of each segment of a stream: all as long as asked, but for the last. To the millisecond, and at least one, however short the stream is. */
export function segmentLengths(duration: number, wanted: number): number[] {
  const total = Math.max(0, Math.round(duration * 1000))
  const each = Math.max(1000 * wanted, Math.ceil(total / MAX_SEGMENTS))
  const count = Math.max(1, Math.ceil(total / each))
  return Array.from({ length: count }, (_, index) => Math.min(each, total - index * each) / 1000)
}

/** What a media playlist is of. */
export interface MediaPlaylist {
  /** Seconds of each segment, see {@link segmentLengths}. */
  lengths: readonly number[]
  /** Address of a segment beside the playlist, by its number from 1. */
  uriOf: (number: number) => string
  /** Says how the segments are encrypted. */
  key?: { tag: string; version: number } | undefined
}

/** A media playlist. Every segment begins its own count of time, as the same sample does. */
export function mediaPlaylist({ lengths, uriOf, key }: MediaPlaylist): string {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1)
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${key?.version ?? 3}`,
    `#EXT-X-TARGETDURATION:${Math.round(longest)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ]
  if (key) lines.push(key.tag)
  for (const [index, length] of lengths.entries()) {
    if (index > 0) lines.push('#EXT-X-DISCONTINUITY')
    lines.push(`#EXTINF:${length.toFixed(3)},`, uriOf(index + 1))
  }
  lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}

/** A stream that a master playlist offers. */
export interface Variant {
  uri: string
  /** Bits per second, at most. */
  bandwidth: number
  /** As RFC 6381 names them, with a comma between. */
  codecs: string
  /** Pixels. */
  width?: number | undefined
  height?: number | undefined
  fps?: number | undefined
}

/** Subtitles that a master playlist offers. */
export interface SubtitleTrack {
  uri: string
  name: string
  /** RFC 5646: `en-US`. */
  language: string
}

/** A master playlist: the same film several times, of which players choose by what their connection takes. */
export function masterPlaylist(variants: readonly Variant[], subtitles: readonly SubtitleTrack[]): string {
  const tracks = subtitles.map(
    ({ uri, name, language }, index) =>
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="${quotable(name)}",LANGUAGE="${language}",` +
      `DEFAULT=${index === 0 ? 'YES' : 'NO'},AUTOSELECT=YES,URI="${uri}"`,
  )
  const streams = variants.flatMap(({ uri, bandwidth, codecs, width, height, fps }) => {
    const attributes = [`BANDWIDTH=${Math.max(1, Math.round(bandwidth))}`, `CODECS="${codecs}"`]
    if (width !== undefined && height !== undefined) attributes.push(`RESOLUTION=${width}x${height}`)
    if (fps !== undefined) attributes.push(`FRAME-RATE=${fps.toFixed(3)}`)
    if (subtitles.length > 0) attributes.push('SUBTITLES="subtitles"')
    return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, uri]
  })
  return `${['#EXTM3U', '#EXT-X-VERSION:4', ...tracks, ...streams].join('\n')}\n`
}

/** What can stand between quotation marks. */
const quotable = (text: string): string => text.replace(/["\r\n]/g, ' ')
