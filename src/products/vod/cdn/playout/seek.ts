/** Playing from a later point on: `start` and `end` in the address of a file (video_seek of manual 13.4.1). */

import type { Reply } from '../../../../http/call.js'
import type { StoredObject } from '../../../../oss/object.js'

/** The file header of FLV, and the size of the tag before the first, which there is none of. */
const FLV_HEADER = 13

/** What of an FLV file comes after its header: bytes of it, which the player knows from its index. */
export interface Seek {
  start: number
  end: number
}

/** What a call asks for of an FLV file; `undefined` if it is all of it, or nothing that there is. */
export function seekOf({ key, size }: StoredObject, query: ReadonlyMap<string, string>): Seek | undefined {
  if (!key.toLowerCase().endsWith('.flv')) return undefined
  const start = bytesOf(query.get('start')) ?? FLV_HEADER
  const end = Math.min(bytesOf(query.get('end')) ?? size, size)
  const isPart = start > FLV_HEADER || end < size
  return isPart && start >= FLV_HEADER && start < end ? { start, end } : undefined
}

const bytesOf = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** An FLV file from a point on. */
export function partOfFlv({ content, contentType }: StoredObject, { start, end }: Seek): Reply {
  const headers = { 'content-type': contentType, 'content-length': String(FLV_HEADER + end - start) }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await content.bytes(0, FLV_HEADER)
    yield* content.stream(start, end)
  }
  return { status: 200, headers, body: '', stream: pieces() }
}
