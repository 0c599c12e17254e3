/** An account's OSS: buckets, objects, and uploads in parts. What changes something is called in the account's turn. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import { defineSettings } from '../account/settings.js'
import type { Account } from '../account/types.js'
import { fingerprint, Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import { type Content, contentSchema } from '../bytes/content.js'
import { combineCrc64, crc64Schema } from '../bytes/crc64.js'
import type { Received } from '../bytes/received.js'
import type { Call, Reply } from '../http/call.js'
import type { Collection } from '../state/collection.js'
import type { Json } from '../state/part.js'
import type { Table } from '../state/table.js'
import { renameField } from '../state/upgrade.js'
import { attributesSchema } from './attributes.js'
import { readCopyName } from './copies.js'
import { DROP_BOX, isDropBox } from './drop-box.js'
import { refuseObject } from './errors.js'
import { joinParts, type Part, type Upload, Uploads } from './multipart.js'
import type { Attributes } from './object.js'
import { objectKey, objectSchema, type StoredObject } from './object.js'
import { MAX_RESULT_BYTES, RESULT, Results } from './results.js'
import { type Body, type Kept, MAX_BYTES_AT_ONCE, Storage } from './storage.js'

const bucketSchema = z.strictObject({
  name: z.string(),
  /** `cn-shanghai` */
  region: z.string(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

/** A bucket. Its name is unique in the cloud, but for accounts that are copies of one another. */
export type Bucket = z.output<typeof bucketSchema>

/** Told of a bucket whose objects have so many bytes more, or fewer. In the account's turn. */
export type ResizeListener = (bucket: string, by: number) => void

/** Told of an object that somebody was sent, or a range of it, by its owner's OSS itself. In the account's turn. */
export type SentListener = (object: StoredObject, call: Call, reply: Reply) => void

const bucketTable = { name: 'oss.buckets', schema: bucketSchema, keyOf: ({ name }: Bucket) => name }

/** An object as JSON. */
const objectJsonSchema = objectSchema.extend({
  ...attributesSchema.shape,
  content: contentSchema,
  etag: z.string().regex(/^[0-9A-F]+(-\d+)?$/, 'is not an ETag'),
  crc64: crc64Schema,
})

/** Told of an object that has become complete, in the account's turn: it was put, posted, appended to, or its parts were joined. */
export type CompleteListener = (object: StoredObject) => void | Promise<void>

/** Objects per account, results of the services aside: ten for each medium that VOD holds. OSS has no such limit; here it bounds memory. */
const MAX_OBJECTS = 200_000

const MAX_BUCKETS = 100

const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/

const PLAIN: Attributes = { contentType: 'application/octet-stream', headers: {} }

/** OSS of one account. */
export class Oss {
  /** All objects, by `bucket/key`. */
  readonly objects: Collection<typeof objectSchema, 'bucket' | 'result'>
  /** Uploads in parts that are under way. */
  readonly uploads: Uploads
  readonly storage: Storage
  /** What the services have made for the account. */
  readonly results: Results
  /** Request ids and upload ids: apart from those of the account, so that uploads do not change the ids of other calls. */
  readonly ids: Ids
  readonly #buckets: Table<Bucket>
  readonly #listeners = new Set<CompleteListener>()
  readonly #resizeListeners = new Set<ResizeListener>()
  readonly #sentListeners = new Set<SentListener>()

  constructor(private readonly account: Account) {
    const { state, cloud, ids } = account
    const { blobs, buckets } = cloud
    this.ids = state.ids('ids.oss', new Ids(`${ids.seed}/oss`))
    this.storage = new Storage(blobs, () => account.settings.values.maxObjectBytes)
    account.history.weighBy(() => this.storage.taken)
    this.#buckets = state.table(bucketTable)
    state.onRestore(() => {
      for (const name of this.#buckets.keys()) buckets.claim(account, name)
    })
    this.objects = state.collection({
      name: 'oss.objects',
      schema: objectSchema,
      keyOf: objectKey,
      indexes: { bucket: ({ bucket }) => bucket, result: ({ expiresAt }) => (expiresAt === undefined ? undefined : RESULT) },
      holding: {
        retain: ({ content }) => content.retain(),
        release: ({ content }) => content.release(),
        encode: (object) => ({ ...object, content: object.content.toJSON() }) as Json,
        decode: (json) => {
          const { content: named, ...object } = objectJsonSchema.parse(json)
          const content = blobs.contentOf(named)
          if (content.size === object.size) return { ...object, content }
          content.release()
          throw new RangeError(`size: ${object.size} bytes, and its content has ${content.size}`)
        },
      },
    })
    this.uploads = new Uploads(account, this.storage, this.ids)
    this.results = new Results(account, this.objects)
    state.onRestore<Kept>(
      (kept) => (kept ? this.storage.know(kept) : this.#count()),
      () => this.storage.kept,
    )
  }

  /** True for a bucket that its owner does not let the services change. A service that works with buckets of the account's own says which. */
  isClosedToServices: (bucket: string) => boolean = () => false

  /** Calls `listener` for every object that becomes complete from now on. Returns a function that ends that. */
  onComplete(listener: CompleteListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls `listener` whenever the bytes of a bucket's objects change from now on. */
  onResize(listener: ResizeListener): void {
    this.#resizeListeners.add(listener)
  }

  /** Calls `listener` for every object, or range of one, that is sent from now on. */
  onSent(listener: SentListener): void {
    this.#sentListeners.add(listener)
  }

  /** Tells of a GetObject that was answered. */
  sent(object: StoredObject, call: Call, reply: Reply): void {
    for (const listener of this.#sentListeners) listener(object, call, reply)
  }

  /** Creates a bucket; one that the account has in this region already stays. Refuses names that are taken or cannot be. */
  createBucket(name: string, region: string): Bucket {
    const existing = this.#buckets.get(name)
    if (existing?.region === region) return existing
    const fields = { BucketName: name.slice(0, 100) }
    if (!BUCKET_NAME.test(name))
      refuseObject('InvalidBucketName', {
        reason: 'a bucket name has 3 to 63 lower-case letters, digits and hyphens, and no hyphen at either end',
        fields,
      })
    if (existing) refuseObject('BucketAlreadyExists', { reason: `the account has it in ${existing.region}`, fields })
    if (this.#buckets.size >= MAX_BUCKETS) refuseObject('TooManyBuckets', { reason: `an account may have ${MAX_BUCKETS} buckets` })
    if (!this.account.cloud.buckets.claim(this.account, name))
      refuseObject('BucketAlreadyExists', { reason: 'another account or a service has it', fields })
    const bucket = { name, region, createdAt: this.account.clock.now() }
    this.#buckets.set(name, bucket)
    return bucket
  }

  /** Deletes a bucket with nothing in it. */
  deleteBucket(name: string): void {
    this.bucket(name)
    const used = this.objects.countBy('bucket', name) > 0 || this.uploads.of(name).length > 0
    if (used) refuseObject('BucketNotEmpty', { reason: 'it holds objects or uploads under way', fields: { BucketName: name } })
    this.#buckets.delete(name)
    this.account.cloud.buckets.release(this.account, name)
  }

  /** A bucket of the account. */
  bucket(name: string): Bucket {
    return this.#buckets.get(name) ?? refuseObject('NoSuchBucket', { fields: { BucketName: name } })
  }

  /** Where a bucket is that the account may put something into. */
  regionOf(name: string): string {
    return isDropBox(name) ? DROP_BOX.region : this.bucket(name).region
  }

  /** The account's buckets. */
  get buckets(): Bucket[] {
    return [...this.#buckets.values()]
  }

  /** An object, or `undefined`; a result that has expired is not there. */
  object(bucket: string, key: string): StoredObject | undefined {
    const object = this.objects.get(objectKey({ bucket, key })) ?? this.#copy(bucket, key)
    return object?.expiresAt !== undefined && this.account.clock.now() >= object.expiresAt ? undefined : object
  }

  /** An object for which the record of another stands. */
  #copy(bucket: string, key: string): StoredObject | undefined {
    const named = readCopyName(key)
    const first = named && this.objects.get(objectKey({ bucket, key: named.first }))
    return first && named.number >= 1 && named.number <= (first.copies ?? 1) ? { ...first, key } : undefined
  }

  /** Stores an object of the emulator's own making; listeners are told of it as of any other. */
  async putObject(bucket: string, key: string, body: Body, attributes: Partial<Attributes> = {}): Promise<StoredObject> {
    return this.put(bucket, key, await this.storage.receive(body), { ...PLAIN, ...attributes })
  }

  /** Stores an object that has arrived in one piece; with `copies`, as many of this content, numbered as copies.ts says. */
  async put(bucket: string, key: string, received: Received, attributes: Attributes, copies = 1): Promise<StoredObject> {
    if (isDropBox(bucket)) return this.#drop(key, received, attributes)
    const { md5: etag, crc64 } = received
    return this.#notifyComplete(this.#store(bucket, key, { type: 'Normal', content: received.take(), etag, crc64, copies }, attributes))
  }

  /** Appends to an object, or creates one that can be appended to. `position` must be its size so far. */
  async append(bucket: string, key: string, position: number, received: Received, attributes: Attributes): Promise<StoredObject> {
    const existing = this.object(bucket, key)
    if (existing && existing.type !== 'Appendable')
      refuseObject('ObjectNotAppendable', { reason: `the object is of type ${existing.type}`, fields: { Key: key } })
    const size = existing?.size ?? 0
    if (position !== size)
      refuseObject('PositionNotEqualToLength', {
        reason: `the object has ${size} bytes, so the next position is ${size}`,
        headers: { 'x-oss-next-append-position': String(size) },
      })
    if (size + received.size > MAX_BYTES_AT_ONCE)
      refuseObject('InvalidArgument', { reason: `an object that is appended to has at most ${MAX_BYTES_AT_ONCE} bytes` })
    const { md5, crc64 } = received
    const etag = fingerprint(existing?.etag ?? '', md5)
      .slice(0, 32)
      .toUpperCase()
    const made: Made = existing
      ? {
          type: 'Appendable',
          content: await this.storage.append(existing.content, received.content),
          etag,
          crc64: combineCrc64(BigInt(existing.crc64), crc64, received.size),
        }
      : { type: 'Appendable', content: received.take(), etag, crc64 }
    const stored = this.#store(bucket, key, made, existing ?? attributes)
    // What it held before and what has arrived live on in the new content.
    received.release()
    return this.#notifyComplete(stored)
  }

  /** Makes an object of parts of an upload, in the order given; the other parts are gone. */
  async complete(upload: Upload, parts: readonly Part[]): Promise<StoredObject> {
    const { bucket, key, attributes } = upload
    const stored = this.#store(bucket, key, { type: 'Multipart', ...joinParts(this.storage, parts) }, attributes)
    this.uploads.end(upload)
    return this.#notifyComplete(stored)
  }

  /** Changes what is said of an object; its content stays. */
  describe({ bucket, key }: StoredObject, change: Pick<Attributes, 'publicRead' | 'tags'>): void {
    this.objects.update(objectKey({ bucket, key }), (draft) => {
      Object.assign(draft, change)
    })
  }

  /** Deletes an object, and the copies that it stands for; it need not be there. A copy alone cannot be deleted. */
  delete(bucket: string, key: string): void {
    const object = this.objects.get(objectKey({ bucket, key }))
    if (object === undefined) return
    this.objects.delete(objectKey(object))
    this.storage.release(object.content)
    this.#resized(bucket, -bytesOf(object))
  }

  /** Gives names and bytes back. */
  dispose(): void {
    for (const name of this.#buckets.keys()) this.account.cloud.buckets.release(this.account, name)
    this.storage.dispose()
    this.results.dispose()
  }

  /** Keeps for a while what was put into the services' bucket for callers. Whatever comes of it, what has arrived is no longer needed. */
  async #drop(key: string, received: Received, { contentType }: Attributes): Promise<StoredObject> {
    const { bucket, seconds } = DROP_BOX
    try {
      if (received.size > MAX_RESULT_BYTES)
        refuseObject('EntityTooLarge', { reason: `a file for the services may have ${MAX_RESULT_BYTES} bytes, the emulator's own limit` })
      const file = { bucket, key, contentType, content: received.content.stream() }
      return await this.results.put(file, this.account.clock.now() + seconds * 1000)
    } finally {
      received.release()
    }
  }

  /** Counts what there is, in a state that was read. */
  #count(): void {
    for (const { content, expiresAt } of this.objects.list().rows) if (expiresAt === undefined) this.storage.keep(content)
    for (const { received } of this.uploads.parts()) this.storage.keep(received.content)
  }

  /** Of what cannot be stored, nothing remains. */
  #store(bucket: string, key: string, made: Made, { contentType, headers, publicRead, tags, uploader }: Attributes): StoredObject {
    const existing = this.objects.get(objectKey({ bucket, key }))
    try {
      this.bucket(bucket)
      if (existing === undefined && this.objects.count - this.results.count >= MAX_OBJECTS)
        refuseObject('QuotaExceeded', { reason: `an account may have ${MAX_OBJECTS} objects` })
    } catch (error) {
      this.storage.release(made.content)
      throw error
    }
    const stored = this.objects.put({
      bucket,
      key,
      contentType,
      headers: { ...headers },
      ...(publicRead && { publicRead }),
      ...(tags && tags.length > 0 && { tags }),
      ...(uploader && { uploader }),
      type: made.type,
      content: made.content,
      size: made.content.size,
      etag: made.etag,
      crc64: String(made.crc64),
      ...(made.copies !== undefined && made.copies > 1 && { copies: made.copies }),
      modifiedAt: this.account.clock.now(),
    })
    this.storage.keep(made.content)
    if (existing) this.storage.release(existing.content)
    this.#resized(bucket, bytesOf(stored) - (existing ? bytesOf(existing) : 0))
    return stored
  }

  #resized(bucket: string, by: number): void {
    if (by !== 0) for (const listener of this.#resizeListeners) listener(bucket, by)
  }

  async #notifyComplete(object: StoredObject): Promise<StoredObject> {
    for (const listener of this.#listeners) {
      try {
        await listener(object)
      } catch (error) {
        // The upload has succeeded, whatever goes wrong with what follows from it.
        this.account.cloud.onBug(error, `what follows the upload of ${objectKey(object)}`)
      }
    }
    return object
  }
}

/** Bytes of an object, and of the copies that it stands for. */
const bytesOf = ({ size, copies = 1 }: StoredObject): number => size * copies

/** Content that is to become an object. */
type Made = Pick<StoredObject, 'type' | 'etag' | 'copies'> & { content: Content; crc64: bigint }

/** Bytes that the account's objects in OSS may have in all. Default: 10 GiB. */
export const maxObjectBytesSettings = defineSettings({ schema: z.int().min(0), defaults: 10 * 1024 ** 3 })

export const ossPart = definePart({
  name: 'oss',
  needs: ['ram', 'resultKeys', 'history', 'faults'],
  upgrades: {
    1(document) {
      renameField('oss.uploads', 'ticket', 'sequence')(document)
      renameField('oss.objects', 'shows', 'mediaInfo')(document)
    },
  },
  create: (account) => new Oss(account),
  checkState(account, { account: { accountId }, tables: { 'oss.buckets': buckets = [] } }) {
    const taken = buckets.map(([name]) => name).filter((name) => !account.cloud.buckets.mayClaim(account, accountId, name))
    if (taken.length > 0) throw new RangeError(`The state cannot be taken over: others have buckets of its names: ${taken.join(', ')}.`)
  },
  dispose: ({ oss }) => oss.dispose(),
})
