/** Media files in the account's OSS. */

import type { Account } from '../account.js'
import { sampleBytes } from '../fixtures.js'
import type { Readable } from '../media/probe.js'
import type { StoredObject } from '../model/object.js'
import { Received } from '../oss/storage.js'
import { contentTypeOf, extensionOf } from './extensions.js'
import type { File } from './model/file.js'

/** The object of a file, if it is there. */
export const objectOf = ({ oss }: Account, { bucket, key }: File): StoredObject | undefined => oss.object(bucket, key)

/** An object as a prober reads it. */
export const readable = ({ size, content }: StoredObject): Readable => ({
  size,
  read: (offset, length) => content.bytes(offset, Math.min(offset + length, size)),
})

const attributes = (key: string) => ({ contentType: contentTypeOf(extensionOf(key) ?? ''), headers: {} })

/** Stores bytes as a file. */
export function storeBytes({ oss }: Account, { bucket, key }: File, bytes: Uint8Array): Promise<StoredObject> {
  return oss.putObject(bucket, key, bytes, attributes(key))
}

/** Stores as a file what has been received already. */
export function storeReceived({ oss }: Account, received: Received, { bucket, key }: File): Promise<StoredObject> {
  return oss.put(bucket, key, received, attributes(key))
}

/** Samples are stored often, and are always the same. */
const samples = new Map<string, Received>()

/** Stores a sample of fixtures/media as a file: it takes no room of its own. */
export function storeSample(account: Account, file: File, name: string): Promise<StoredObject> {
  const received = samples.get(name) ?? Received.of(sampleBytes(name))
  samples.set(name, received)
  return storeReceived(account, received, file)
}

/** Stores what an object holds once more, under another name: both share the bytes, which are there until neither needs them. */
export function storeAgain(account: Account, object: StoredObject, file: File): Promise<StoredObject> {
  return storeReceived(account, new Received(object.content.share(), object.etag, BigInt(object.crc64)), file)
}

/** Bytes of a file's unfinished uploads in parts. */
export function uploadedSoFar({ oss }: Account, { bucket, key }: File): number {
  let most = 0
  for (const upload of oss.uploads.of(bucket)) {
    if (upload.key !== key) continue
    let bytes = 0
    for (const { received } of upload.parts.values()) bytes += received.size
    most = Math.max(most, bytes)
  }
  return most
}

/** Deletes what unfinished uploads of a file have left; answers how many there were. */
export function deleteFragments({ oss }: Account, { bucket, key }: File): number {
  const uploads = oss.uploads.of(bucket).filter((upload) => upload.key === key)
  for (const upload of uploads) oss.uploads.abort(upload)
  return uploads.length
}
