/** What the services have made for an account, in buckets of the services: kept until its URL expires. */

import type { Account } from '../account/types.js'
import { receivedSample } from '../bytes/samples.js'
import type { Collection } from '../state/collection.js'
import { objectKey, type objectSchema, type StoredObject } from './object.js'
import { type Body, type Kept, Storage } from './storage.js'

/** Something that a service has made. */
export interface Result extends Pick<StoredObject, 'bucket' | 'key' | 'contentType' | 'mediaInfo'> {
  /** Its bytes, or the name of a sample in fixtures/media. */
  content: Body | string
}

/** Results per account, and their bytes; beyond that the oldest are gone before they expire. */
const MAX_RESULTS = 20_000
export const MAX_RESULT_BYTES = 256 * 1024 * 1024

/** They are short-lived, and the services have made them in memory. */
const SMALL = 16 * 1024 * 1024

/** Under what results are found among the objects: in the order in which they were stored. */
export const RESULT = 'result'

const results = { result: RESULT }

export class Results {
  readonly #storage: Storage

  constructor(
    private readonly account: Account,
    private readonly objects: Collection<typeof objectSchema, 'bucket' | 'result'>,
  ) {
    this.#storage = new Storage(account.cloud.blobs, () => Number.POSITIVE_INFINITY, SMALL)
    account.state.onRestore<Kept>(
      (kept) => (kept ? this.#storage.know(kept) : this.#count()),
      () => this.#storage.kept,
    )
  }

  get count(): number {
    return this.objects.countBy('result', RESULT)
  }

  /** Stores a result until `expiresAt` (milliseconds since 1970 on the account's clock). */
  async put({ bucket, key, contentType, content, mediaInfo }: Result, expiresAt: number): Promise<StoredObject> {
    const received = typeof content === 'string' ? receivedSample(content) : await this.#storage.receive(content)
    this.account.cloud.buckets.reserve(bucket)
    this.#forget(this.objects.get(objectKey({ bucket, key })))
    const stored = this.objects.put({
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
    this.#storage.keep(stored.content)
    this.#forgetOldest()
    return stored
  }

  dispose(): void {
    this.#storage.dispose()
  }

  /** Counts what there is, in a state that was read. */
  #count(): void {
    for (const { bucket, content } of this.objects.list({ by: results }).rows) {
      this.account.cloud.buckets.reserve(bucket)
      this.#storage.keep(content)
    }
  }

  #forgetOldest(): void {
    const now = this.account.clock.now()
    for (;;) {
      const [oldest] = this.objects.list({ by: results, take: 1 }).rows
      if (oldest?.expiresAt === undefined) return
      if (oldest.expiresAt > now && this.#storage.used <= MAX_RESULT_BYTES && this.count <= MAX_RESULTS) return
      this.#forget(oldest)
    }
  }

  #forget(object: StoredObject | undefined): void {
    if (object?.expiresAt === undefined) return
    this.objects.delete(objectKey(object))
    this.#storage.release(object.content)
  }
}
