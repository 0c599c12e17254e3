/** Uploads in parts that are under way: their parts, and their end after seven days. */

import { z } from 'zod'
import type { Account } from '../account/types.js'
import type { Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import { type Content, contentSchema } from '../bytes/content.js'
import { combineCrc64, crc64Schema } from '../bytes/crc64.js'
import { md5Of } from '../bytes/digest.js'
import { Received } from '../bytes/received.js'
import type { Table } from '../state/table.js'
import { attributesSchema } from './attributes.js'
import { refuseObject } from './errors.js'
import type { Attributes } from './object.js'
import { objectSchema } from './object.js'
import type { Storage } from './storage.js'

/** Part numbers go up to this. */
export const MAX_PARTS = 10_000

/** One part of an upload. */
export interface Part {
  /** Id of its upload. */
  upload: string
  /** 1 to 10,000. */
  number: number
  received: Received
  /** Milliseconds since 1970 on the account's clock. */
  modifiedAt: number
}

/** An upload in parts. */
export interface Upload {
  id: string
  bucket: string
  key: string
  /** What the finished object will have beside its content. */
  attributes: Attributes
  /** Milliseconds since 1970 on the account's clock. */
  initiatedAt: number
  /** Those of {@link Uploads}, by number. */
  readonly parts: ReadonlyMap<number, Part>
}

/** An upload as it is remembered. */
const uploadSchema = z.strictObject({
  bucket: z.string(),
  key: z.string(),
  attributes: objectSchema.pick({ publicRead: true, uploader: true }).extend(attributesSchema.shape),
  initiatedAt: timestampSchema,
  /** Its place among what falls due at one instant. */
  sequence: z.int(),
  /** RequestId of the call that has begun it. */
  cause: z.string().optional(),
})

/** A part as JSON. */
const partSchema = z.strictObject({
  upload: z.string(),
  number: z.int().min(1).max(MAX_PARTS),
  content: contentSchema,
  md5: z.string(),
  crc64: crc64Schema,
  modifiedAt: timestampSchema,
})

type UploadRecord = z.output<typeof uploadSchema>

const uploadTable = { name: 'oss.uploads', schema: uploadSchema }

/** Every part but the last must have as many bytes as this. */
export const SMALLEST_PART = 100 * 1024

/** What is left of an upload that nobody finishes disappears after seven days (VOD developer guide, media upload). */
const LIFE = 7 * 86_400_000

/** Uploads and parts that an account may have under way. OSS has no such limits; here they bound memory. */
const MAX_UPLOADS = 1000
const MAX_PARTS_IN_ALL = 50_000

export class Uploads {
  readonly #records: Table<UploadRecord>
  /** By upload and number. */
  readonly #parts: Table<Part, z.output<typeof partSchema>>
  /** What follows from both. */
  readonly #uploads = new Map<string, UploadUnderWay>()

  constructor(
    private readonly account: Account,
    private readonly storage: Storage,
    private readonly ids: Ids,
  ) {
    const { state, cloud } = account
    this.#records = state.table(uploadTable)
    this.#parts = state.table({
      name: 'oss.parts',
      schema: partSchema,
      keyOf: partKey,
      encode: ({ received: { content, md5, crc64 }, ...part }) => ({ ...part, content: content.toJSON(), md5, crc64: String(crc64) }),
      decode: ({ content, md5, crc64, ...part }) => ({
        ...part,
        received: new Received(cloud.blobs.contentOf(content), md5, BigInt(crc64)),
      }),
      indexes: { upload: ({ upload }) => upload },
      holding: { retain: ({ received }) => received.content.retain(), release: ({ received }) => received.content.release() },
    })
    state.onRestore(() => this.#revive())
  }

  /** Begins an upload. */
  initiate(bucket: string, key: string, attributes: Attributes): Upload {
    if (this.#uploads.size >= MAX_UPLOADS)
      refuseObject('QuotaExceeded', { reason: `an account may have ${MAX_UPLOADS} uploads in parts under way` })
    const { clock } = this.account
    const { cause } = clock
    const id = this.ids.hex().toUpperCase()
    const record = {
      bucket,
      key,
      attributes,
      initiatedAt: clock.now(),
      sequence: clock.nextSequence(),
      ...(cause !== undefined && { cause }),
    }
    this.#records.set(id, record)
    return this.#follow(id, record)
  }

  /** The upload with this id, which must be one of this object. */
  get(id: string, bucket: string, key: string): Upload {
    const upload = this.#uploads.get(id)
    if (upload?.bucket === bucket && upload.key === key) return upload
    return refuseObject('NoSuchUpload', {
      reason: upload
        ? `the upload is one of ${upload.bucket}/${upload.key}, not of ${bucket}/${key}`
        : 'no upload under way has this id: it never had, or it was completed, aborted or is more than seven days old',
      fields: { UploadId: id.slice(0, 100) },
    })
  }

  /** The uploads to a bucket, by key and then by id. */
  of(bucket: string): Upload[] {
    return [...this.#uploads.values()]
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => compare(a.key, b.key) || compare(a.id, b.id))
  }

  /** The parts of all uploads. */
  parts(): Iterable<Part> {
    return this.#parts.values()
  }

  /** Adds a part; one with the same number is replaced. */
  addPart(upload: Upload, number: number, received: Received): Part {
    const old = upload.parts.get(number)
    if (old === undefined && this.#parts.size >= MAX_PARTS_IN_ALL)
      refuseObject('QuotaExceeded', { reason: `the uploads of an account may have ${MAX_PARTS_IN_ALL} parts in all` })
    const { md5, crc64 } = received
    const content = received.take()
    const part = { upload: upload.id, number, received: new Received(content, md5, crc64), modifiedAt: this.account.clock.now() }
    this.#uploads.get(upload.id)?.add(part)
    this.#parts.set(partKey(part), part)
    this.storage.keep(content)
    if (old) this.storage.release(old.received.content)
    return part
  }

  /** Ends an upload; its parts are gone. */
  end(upload: Upload): void {
    this.#uploads.get(upload.id)?.forget()
    this.#uploads.delete(upload.id)
    this.#records.delete(upload.id)
    for (const part of upload.parts.values()) {
      this.#parts.delete(partKey(part))
      this.storage.release(part.received.content)
    }
  }

  /** Keeps an upload until its time is up. */
  #follow(id: string, { sequence, cause, ...record }: UploadRecord): Upload {
    const { bucket, key, initiatedAt } = record
    const forget = this.account.clock.schedule(
      initiatedAt + LIFE,
      () => `upload ${id} of ${bucket}/${key} was not completed and its parts are deleted`,
      () => this.end(upload),
      { sequence, cause },
    )
    const find = (): Part[] => this.#parts.pairsBy('upload', id).map(([, part]) => part)
    const upload = new UploadUnderWay(id, record, find, forget)
    this.#uploads.set(id, upload)
    return upload
  }

  #revive(): void {
    for (const [id, record] of this.#records.pairs()) this.#follow(id, record)
  }
}

/** An upload that is under way, and its parts, which are looked for when they are first asked for: copies of an account are asked for few of them. */
class UploadUnderWay implements Upload {
  readonly bucket: string
  readonly key: string
  readonly attributes: Attributes
  readonly initiatedAt: number
  #parts: Map<number, Part> | undefined

  /** `forget`: it does not fall due any more. */
  constructor(
    readonly id: string,
    { bucket, key, attributes, initiatedAt }: Omit<UploadRecord, 'sequence' | 'cause'>,
    private readonly find: () => Part[],
    readonly forget: () => void,
  ) {
    this.bucket = bucket
    this.key = key
    this.attributes = attributes
    this.initiatedAt = initiatedAt
  }

  get parts(): Map<number, Part> {
    this.#parts ??= new Map(this.find().map((part) => [part.number, part]))
    return this.#parts
  }

  add(part: Part): void {
    this.parts.set(part.number, part)
  }
}

const partKey = ({ upload, number }: Part): string => `${upload}/${number}`

/** Content, ETag and checksum of parts, one behind the other; the parts stay as they are. */
export function joinParts(storage: Storage, parts: readonly Part[]): { content: Content; etag: string; crc64: bigint } {
  const received = parts.map((part) => part.received)
  return {
    content: storage.join(received.map(({ content }) => content)),
    etag: `${md5Of(Buffer.from(received.map(({ md5 }) => md5).join(''), 'hex'))}-${parts.length}`,
    crc64: received.reduce((crc64, next) => combineCrc64(crc64, next.crc64, next.size), 0n),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
