/** GetObject with `x-oss-process=hls/sign`: a playlist whose files can be had as long as it can itself. */

import { isKey, pathBeside, withUris } from '../../media/playlist.js'
import { refuseObject } from '../errors.js'
import type { StoredObject } from '../object.js'
import type { Exchange } from '../operation.js'
import { encodePath, HLS_SIGN, signedQuery } from '../urls.js'

/** Seconds for which files can be had where the request for the playlist does not say. */
const USUAL_SECONDS = 3600

/** A playlist is text of some megabytes at most. */
const MAX_BYTES = 16 * 1024 * 1024

/** The playlist in an object, with signed addresses of what is beside it. */
export async function signedPlaylist({ account, query }: Exchange, { bucket, key, size, content }: StoredObject): Promise<string> {
  const refuse = (): never =>
    refuseObject('InvalidArgument', { reason: `x-oss-process=${HLS_SIGN} is for playlists, of which ${key} is none` })
  if (!key.endsWith('.m3u8') || size > MAX_BYTES) refuse()
  const expires = /^\d{1,12}$/.exec(query.get('Expires') ?? '')?.[0] ?? Math.floor(account.clock.now() / 1000) + USUAL_SECONDS
  const path = `/${encodePath(key)}`
  const signed = await withUris(Buffer.from(await content.bytes()).toString('utf8'), (uri, tag) => {
    const named = isKey(tag) ? undefined : keyOf(pathBeside(uri, path))
    return named === undefined ? uri : `${uri}?${signedQuery(account, { bucket, key: named }, Number(expires), processOf(named))}`
  })
  return signed ?? refuse()
}

/** What is to be done with a file of a playlist: one that is a playlist itself is signed, too. */
const processOf = (key: string): typeof HLS_SIGN | undefined => (key.endsWith('.m3u8') ? HLS_SIGN : undefined)

function keyOf(path: string | undefined): string | undefined {
  try {
    return path && decodeURIComponent(path.slice(1))
  } catch {
    return undefined
  }
}
