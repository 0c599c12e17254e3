/** Uploads in parts that are under way: their parts, and their end after seven days. */

import type { Clock } from '../clock.js'
import type { Ids } from '../ids.js'
import { Content } from './content.js'
import { combineCrc64 } from './crc64.js'
import { md5Of } from './digest.js'
import { refuseObject } from './errors.js'
import type { Attributes } from './oss.js'
import type { Received } from './storage.js'

/** One part of an upload. */
export interface Part {
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
  parts: Map<number, Part>
}

/** Part numbers go up to this. */
export const MOST_PARTS = 10_000

/** Every part but the last must have as many bytes as this. */
export const SMALLEST_PART = 100 * 1024

/** What is left of an upload that nobody finishes disappears after seven days (VOD developer guide, media upload). */
const LIFE = 7 * 86_400_000

/** Uploads and parts that an account may have under way. OSS has no such limits; here they bound memory. */
const MOST_UPLOADS = 1000
const MOST_PARTS_IN_ALL = 50_000

export class Uploads {
  readonly #uploads = new Map<string, Upload & { forget: () => void }>()
  #parts = 0

  constructor(
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Begins an upload. */
  initiate(bucket: string, key: string, attributes: Attributes): Upload {
    if (this.#uploads.size >= MOST_UPLOADS)
      refuseObject('QuotaExceeded', { reason: `an account may have ${MOST_UPLOADS} uploads in parts under way` })
    const initiatedAt = this.clock.now()
    const id = this.ids.hex().slice(0, 32).toUpperCase()
    const forget = this.clock.schedule(
      initiatedAt + LIFE,
      () => `upload ${id} of ${bucket}/${key} was not completed and its parts are deleted`,
      () => this.abort(upload),
    )
    const upload = { id, bucket, key, attributes, initiatedAt, parts: new Map<number, Part>(), forget }
    this.#uploads.set(id, upload)
    return upload
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

  /** Adds a part; one with the same number is replaced. */
  addPart(upload: Upload, number: number, received: Received): Part {
    const old = upload.parts.get(number)
    if (old === undefined && this.#parts >= MOST_PARTS_IN_ALL)
      refuseObject('QuotaExceeded', { reason: `the uploads of an account may have ${MOST_PARTS_IN_ALL} parts in all` })
    const part = { number, received, modifiedAt: this.clock.now() }
    upload.parts.set(number, part)
    if (old === undefined) this.#parts++
    else old.received.discard()
    return part
  }

  /** Ends an upload; its parts are gone. */
  abort(upload: Upload): void {
    this.complete(upload, [])
  }

  /** Ends an upload and discards all parts but `kept`. */
  complete(upload: Upload, kept: readonly Part[]): void {
    this.#uploads.get(upload.id)?.forget()
    this.#uploads.delete(upload.id)
    this.#parts -= upload.parts.size
    const keep = new Set(kept)
    for (const part of upload.parts.values()) if (!keep.has(part)) part.received.discard()
  }
}

/** Content, ETag and checksum of parts, one behind the other. */
export function joinParts(parts: readonly Part[]): { content: Content; etag: string; crc64: bigint } {
  const received = parts.map((part) => part.received)
  return {
    content: Content.join(received.map(({ content }) => content)),
    etag: `${md5Of(Buffer.from(received.map(({ md5 }) => md5).join(''), 'hex'))}-${parts.length}`,
    crc64: received.reduce((crc64, next) => combineCrc64(crc64, next.crc64, next.size), 0n),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
