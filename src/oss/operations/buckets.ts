/** PutBucket, HeadBucket, DeleteBucket, and the lists of what is in a bucket: GetBucket (ListObjects) and ListObjectsV2. */

import { z } from 'zod'
import { withCopies } from '../copies.js'
import { refuseArgument } from '../errors.js'
import type { StoredObject } from '../object.js'
import { type Exchange, type Operation, receiving, simple } from '../operation.js'
import type { Bucket } from '../oss.js'
import { emptyReply, xmlReply } from '../reply.js'
import { readBody } from '../request.js'
import { readXml, toXmlTime } from '../xml.js'
import { encodingOf, foldersOf, numberOf, pageOf, rowsOf } from './listing.js'

/** Storage class, redundancy and owner: a configuration has hardly more. */
const MAX_XML_BYTES = 16 * 1024
const XML_LIMITS = { elements: 20, depth: 4 }

/** Region of a bucket whose creation does not say: where the vision services look for their inputs. */
const USUAL_REGION = 'cn-shanghai'

const configurationSchema = z.object({ CreateBucketConfiguration: z.object({ LocationConstraint: z.string() }) })

/** The region that a configuration names, as older clients do; those of today have it in the host. */
function regionIn(document: unknown): string | undefined {
  const location = configurationSchema.safeParse(document).data?.CreateBucketConfiguration.LocationConstraint.trim()
  if (location === undefined || location === '') return undefined
  const region = /^oss-([a-z0-9-]+)$/.exec(location)?.[1]
  return region ?? refuseArgument('LocationConstraint', location, 'is not a location such as oss-cn-shanghai')
}

export const putBucket = receiving({
  name: 'PutBucket',
  permission: 'PutBucket',
  needsBucket: false,
  async receive({ call }) {
    const text = (await readBody(call, MAX_XML_BYTES)).toString('utf8')
    return text === '' ? undefined : regionIn(readXml(text, XML_LIMITS))
  },
  run({ oss, bucket, address }, asked) {
    oss.createBucket(bucket, address?.region ?? asked ?? USUAL_REGION)
    return emptyReply({ location: `/${bucket}` })
  },
})

export const deleteBucket = simple('DeleteBucket', 'DeleteBucket', ({ oss, bucket }) => {
  oss.deleteBucket(bucket)
  return emptyReply({}, 204)
})

/** What is said of a bucket in lists and by itself. */
const describeBucket = ({ name, region, createdAt }: Bucket) => ({
  Name: name,
  CreationDate: toXmlTime(createdAt),
  Location: `oss-${region}`,
  Region: region,
  StorageClass: 'Standard',
  ExtranetEndpoint: `oss-${region}.aliyuncs.com`,
  IntranetEndpoint: `oss-${region}-internal.aliyuncs.com`,
})

export const listBuckets: Operation = {
  ...simple('ListBuckets', 'ListBuckets', (exchange) => {
    const { oss, query } = exchange
    const [prefix, marker] = [query.get('prefix') ?? '', query.get('marker') ?? '']
    const most = numberOf(exchange, 'max-keys', 1, 1000, 100)
    const found = oss.buckets.filter(({ name }) => name.startsWith(prefix) && name > marker).sort((a, b) => (a.name < b.name ? -1 : 1))
    const page = found.slice(0, most)
    const truncated = found.length > page.length
    return xmlReply('ListAllMyBucketsResult', {
      ...(truncated && { Prefix: prefix, Marker: marker, MaxKeys: most, IsTruncated: true, NextMarker: page.at(-1)?.name }),
      Owner: ownerOf(exchange),
      Buckets: { Bucket: page.map(describeBucket) },
    })
  }),
  needsBucket: false,
}

/** Says whether a bucket is there: clients that only ask for that have no need of a body. */
export const headBucket = simple('HeadBucket', 'GetBucketInfo', ({ oss, bucket }) => {
  oss.bucket(bucket)
  return emptyReply()
})

export const getBucketLocation = simple('GetBucketLocation', 'GetBucketLocation', ({ oss, bucket }) =>
  xmlReply('LocationConstraint', { '#text': `oss-${oss.bucket(bucket).region}` }),
)

export const getBucketInfo = simple('GetBucketInfo', 'GetBucketInfo', (exchange) =>
  xmlReply('BucketInfo', {
    Bucket: {
      ...describeBucket(exchange.oss.bucket(exchange.bucket)),
      Owner: ownerOf(exchange),
      AccessControlList: { Grant: 'private' },
      DataRedundancyType: 'LRS',
    },
  }),
)

export const listObjects = simple('GetBucket', 'ListObjects', (exchange) => {
  const { query, bucket } = exchange
  const second = query.get('list-type') === '2'
  const [markerName, nextName] = second ? ['continuation-token', 'NextContinuationToken'] : ['marker', 'NextMarker']
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const most = numberOf(exchange, 'max-keys', 1, 1000, 100)
  const marker = second ? readToken(query.get(markerName)) || (query.get('start-after') ?? '') : (query.get(markerName) ?? '')
  const { encode, element } = encodingOf(exchange)
  const objects = withCopies(objectsIn(exchange), { from: marker, prefix, delimiter })
  const { page, truncated } = pageOf(objects, { prefix, delimiter, most }, ({ key }) => key > marker)
  const next = page.at(-1)?.key ?? ''
  return xmlReply('ListBucketResult', {
    ...element,
    Name: bucket,
    Prefix: encode(prefix),
    ...(second ? { ContinuationToken: query.get(markerName), StartAfter: query.get('start-after') } : { Marker: encode(marker) }),
    MaxKeys: most,
    Delimiter: encode(delimiter),
    IsTruncated: truncated,
    ...(truncated && { [nextName]: second ? Buffer.from(next).toString('base64') : encode(next) }),
    ...(second && { KeyCount: page.length }),
    Contents: rowsOf(page).map((object) => ({
      Key: encode(object.key),
      ...rowOf(object),
      ...((!second || query.get('fetch-owner') === 'true') && { Owner: ownerOf(exchange) }),
    })),
    CommonPrefixes: foldersOf(page, encode),
  })
})

/** A continuation token is the Base64 of the last key. */
const readToken = (token = ''): string => {
  const key = Buffer.from(token, 'base64').toString('utf8')
  return Buffer.from(key).toString('base64') === token
    ? key
    : refuseArgument('continuation-token', token, 'is not one that a list has handed out')
}

const objectsIn = ({ oss, bucket }: Exchange): StoredObject[] => oss.objects.list({ by: { bucket }, orderBy: ({ key }) => key }).rows

const rowOf = ({ etag, size, type, modifiedAt, headers }: StoredObject) => ({
  LastModified: toXmlTime(modifiedAt),
  ETag: `"${etag}"`,
  Type: type,
  Size: size,
  StorageClass: headers['x-oss-storage-class'] ?? 'Standard',
})

/** Who has a bucket, or what is in it. */
export const ownerOf = ({ account }: Exchange) => ({ ID: account.accountId, DisplayName: account.accountId })
