/** Playing from a later point on: `start` and `end` in the address of a file (video_seek of manual 13.4.1). */

import type { Reply } from '../../../../http/call.js'
import { clipMp4 } from '../../../../media/mp4-clip.js'
import type { StoredObject } from '../../../../oss/object.js'

/** The file header of FLV, and the size of the tag before the first, which there is none of. */
const FLV_HEADER = 13

/** Larger MP4 files are sent whole: cutting one takes it into memory. */
const MAX_MP4 = 64 * 1024 * 1024

/** A part of a file, where a call asks for one that there is; `undefined` if all of it is to be sent. */
export async function partOf(object: StoredObject, query: ReadonlyMap<string, string>): Promise<Reply | undefined> {
  const [start, end] = [numberOf(query.get('start')), numberOf(query.get('end'))]
  if (start === undefined && end === undefined) return undefined
  const key = object.key.toLowerCase()
  if (key.endsWith('.flv')) return partOfFlv(object, start, end)
  return key.endsWith('.mp4') && object.size <= MAX_MP4 ? partOfMp4(object, start, end) : undefined
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined

/** Of an FLV file, `start` and `end` are bytes: the player has them from the file's index. */
function partOfFlv({ content, contentType, size }: StoredObject, start = FLV_HEADER, last = size): Reply | undefined {
  const end = Math.min(last, size)
  const isPart = start > FLV_HEADER || end < size
  if (!isPart || !Number.isInteger(start) || !Number.isInteger(end) || start < FLV_HEADER || start >= end) return undefined
  const headers = { 'content-type': contentType, 'content-length': String(FLV_HEADER + end - start) }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await content.bytes(0, FLV_HEADER)
    yield* content.stream(start, end)
  }
  return { status: 200, headers, body: '', stream: pieces() }
}

/** Of an MP4 file, they are seconds. */
async function partOfMp4({ content, contentType }: StoredObject, start = 0, end = Number.POSITIVE_INFINITY): Promise<Reply | undefined> {
  const bytes = await content.bytes()
  const body = clipMp4(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), start, end)
  return body && { status: 200, headers: { 'content-type': contentType, 'content-length': String(body.length) }, body }
}
