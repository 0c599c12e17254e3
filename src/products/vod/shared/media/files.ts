/** Media files in the account's OSS. */

import type { Account } from '../../../../account/types.js'
import type { Received } from '../../../../bytes/received.js'
import { receivedSample } from '../../../../bytes/samples.js'
import type { Readable } from '../../../../media/probe.js'
import type { Upload } from '../../../../oss/multipart.js'
import type { StoredObject } from '../../../../oss/object.js'
import { contentTypeOf, extensionOf } from './extensions.js'
import type { File } from './file.js'

/** The object of a file, if it is there. */
export const objectOf = ({ oss }: Account, { bucket, key }: File): StoredObject | undefined => oss.object(bucket, key)

/** An object as a prober reads it. */
export const readable = ({ size, content }: StoredObject): Readable => ({
  size,
  read: (offset, length) => content.bytes(offset, Math.min(offset + length, size)),
})

const attributes = (key: string) => ({ contentType: contentTypeOf(extensionOf(key) ?? ''), headers: {} })

/** Stores bytes as a file, or with `copies` as so many files. */
export async function storeBytes(account: Account, file: File, bytes: Uint8Array, copies?: number): Promise<StoredObject> {
  return storeReceived(account, await account.oss.storage.receive(bytes), file, copies)
}

/** Stores as a file what has been received already; with `copies`, as so many files, of which it is the first (see src/oss/copies.ts). */
export function storeReceived({ oss }: Account, received: Received, { bucket, key }: File, copies?: number): Promise<StoredObject> {
  return oss.put(bucket, key, received, attributes(key), copies)
}

/** Stores a sample of fixtures/media as a file: it takes no room of its own. */
export function storeSample(account: Account, file: File, name: string, copies?: number): Promise<StoredObject> {
  return storeReceived(account, receivedSample(name), file, copies)
}

/** What an object holds as if it had arrived once more: both share the bytes, which are there until neither needs them. */
export const receivedAgain = ({ oss }: Account, { content, etag, crc64 }: StoredObject): Received =>
  oss.storage.received(content.copy(), etag, BigInt(crc64))

/** Stores what an object holds once more, under another name. */
export function storeAgain(account: Account, object: StoredObject, file: File): Promise<StoredObject> {
  return storeReceived(account, receivedAgain(account, object), file)
}

/** A file's unfinished uploads in parts. */
export const uploadsOf = ({ oss }: Account, { bucket, key }: File): Upload[] =>
  oss.uploads.of(bucket).filter((upload) => upload.key === key)

/** Bytes that the furthest of a file's unfinished uploads has so far. */
export function uploadedSoFar(account: Account, file: File): number {
  const sizes = uploadsOf(account, file).map(({ parts }) => [...parts.values()].reduce((sum, { received }) => sum + received.size, 0))
  return Math.max(0, ...sizes)
}

/** Deletes what unfinished uploads of a file have left; answers how many there were. */
export function deleteFragments(account: Account, file: File): number {
  const uploads = uploadsOf(account, file)
  for (const upload of uploads) account.oss.uploads.end(upload)
  return uploads.length
}
