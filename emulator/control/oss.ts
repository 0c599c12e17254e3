/** What is in the buckets of an account. */

import { ossRoutes } from '../../src/control/oss.js'
import { type Account, toIso } from '../../src/index.js'
import { encodePath, signedQuery } from '../../src/oss/urls.js'
import { type Control, serveRoutes } from './serve.js'

/** Seconds for which a URL leads to an object. */
const HOUR = 3600

export const serveOss = (control: Control): void =>
  serveRoutes(control, ossRoutes, {
    'GET /oss/buckets': ({ account: { oss } }) =>
      oss.buckets.map(({ name, region, createdAt }) => ({
        name,
        region,
        createdAt: toIso(createdAt),
        objects: oss.objects.countBy('bucket', name),
      })),
    'GET /oss/objects': ({ account, query: { bucket, prefix } }) => {
      checkBucket(account, bucket)
      const { rows } = account.oss.objects.list({ by: { bucket }, where: ({ key }) => key.startsWith(prefix) })
      return rows.map(({ key, size, contentType, etag, type, modifiedAt }) => ({
        key,
        size,
        contentType,
        etag,
        type,
        modifiedAt: toIso(modifiedAt),
      }))
    },
    'GET /oss/uploads': ({ account: { oss } }) =>
      oss.buckets.flatMap(({ name }) =>
        oss.uploads.of(name).map(({ id, bucket, key, initiatedAt, parts }) => ({
          uploadId: id,
          bucket,
          key,
          initiatedAt: toIso(initiatedAt),
          parts: [...parts.values()]
            .sort((a, b) => a.number - b.number)
            .map(({ number, received, modifiedAt }) => ({ number, size: received.size, modifiedAt: toIso(modifiedAt) })),
        })),
      ),
    'GET /oss/url': ({ account, query }) => {
      if (account.oss.object(query.bucket, query.key) === undefined)
        throw new RangeError(`key: there is no object "${query.key.slice(0, 200)}" in the bucket ${query.bucket}`)
      const expires = Math.floor(account.clock.now() / 1000) + HOUR
      return { url: `/${query.bucket}/${encodePath(query.key)}?${signedQuery(account, query, expires)}` }
    },
  })

function checkBucket({ oss }: Account, bucket: string): void {
  if (oss.buckets.some(({ name }) => name === bucket)) return
  // What the services have made is in buckets of theirs.
  if (oss.objects.countBy('bucket', bucket) === 0) throw new RangeError(`bucket: the account has no bucket "${bucket}"`)
}
