/** What the services have made for an account, in buckets of the services: kept until its URL expires. */

import type { Account } from '../account/types.js'
import type { Content } from '../bytes/content.js'
import { receivedSample } from '../bytes/samples.js'
import type { Collection } from '../state/collection.js'
import { objectKey, type objectSchema, type StoredObject } from './object.js'
import { Storage } from './storage.js'

/** Something that a service has made. */
export interface Result extends Pick<StoredObject, 'bucket' | 'key' | 'contentType' | 'mediaInfo'> {
  /** Its bytes, or the name of a sample in fixtures/media. */
  content: Uint8Array | string
}

/** Results per account, and their bytes; beyond that the oldest are gone before they expire. */
const MAX_RESULTS = 20_000
const MAX_RESULT_BYTES = 256 * 1024 * 1024

/** They are short-lived, and the services have made them in memory. */
const SMALL = 16 * 1024 * 1024

export class Results {
  readonly #storage: Storage
  /** When each expires, and its bytes beyond those of samples; in the order in which they were stored. */
  readonly #kept = new Map<string, { expiresAt: number; bytes: number }>()
  #bytes = 0

  constructor(
    private readonly account: Account,
    private readonly objects: Collection<typeof objectSchema>,
  ) {
    this.#storage = new Storage(account.cloud.blobs, () => Number.POSITIVE_INFINITY, SMALL)
    account.state.onRestore(() => this.#revive())
  }

  get count(): number {
    return this.#kept.size
  }

  /** Stores a result until `expiresAt` (milliseconds since 1970 on the account's clock). */
  async put({ bucket, key, contentType, content, mediaInfo }: Result, expiresAt: number): Promise<void> {
    const name = objectKey({ bucket, key })
    const received = typeof content === 'string' ? receivedSample(content) : await this.#storage.receive(content)
    this.account.cloud.buckets.reserve(bucket)
    this.#forget(name)
    this.objects.put({
      bucket,
      key,
      contentType,
      type: 'Normal',
      content: received.take(),
      size: received.size,
      etag: received.md5,
      crc64: String(received.crc64),
      headers: {},
      modifiedAt: this.account.clock.now(),
      expiresAt,
      ...(mediaInfo && { mediaInfo }),
    })
    this.#keep(name, expiresAt, received.content)
    this.#forgetOldest()
  }

  /** The bytes of a result that comes from another account, as this account's. */
  transfer(content: Content): Content {
    return this.#storage.transfer(content)
  }

  dispose(): void {
    this.#storage.dispose()
  }

  #keep(name: string, expiresAt: number, { room: bytes }: Content): void {
    this.#kept.set(name, { expiresAt, bytes })
    this.#bytes += bytes
  }

  #revive(): void {
    for (const object of this.objects.list({ where: ({ expiresAt }) => expiresAt !== undefined }).rows) {
      this.account.cloud.buckets.reserve(object.bucket)
      this.#keep(objectKey(object), object.expiresAt as number, object.content)
    }
  }

  #forgetOldest(): void {
    const now = this.account.clock.now()
    for (const [name, { expiresAt }] of this.#kept) {
      if (expiresAt > now && this.#bytes <= MAX_RESULT_BYTES && this.#kept.size <= MAX_RESULTS) return
      this.#forget(name)
    }
  }

  #forget(name: string): void {
    const kept = this.#kept.get(name)
    if (kept === undefined) return
    this.#kept.delete(name)
    this.#bytes -= kept.bytes
    const object = this.objects.get(name)
    this.objects.delete(name)
    object?.content.release()
  }
}
