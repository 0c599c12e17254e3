/** Which operation a request means: by its method, by whether it names an object, and by the sub-resources of its query. */

import { refuseObject } from '../errors.js'
import { type Operation, simple } from '../operation.js'
import { getBucketAcl, getObjectAcl, putObjectAcl } from '../operations/acl.js'
import { deleteBucket, getBucketInfo, getBucketLocation, headBucket, listBuckets, listObjects, putBucket } from '../operations/buckets.js'
import { copyObject } from '../operations/copy.js'
import { getObject, getObjectMeta, headObject } from '../operations/download.js'
import { listMultipartUploads, listParts } from '../operations/listing.js'
import { appendObject, deleteObject, deleteObjects, putObject } from '../operations/objects.js'
import { abortMultipartUpload, completeMultipartUpload, initiateMultipartUpload, uploadPart, uploadPartCopy } from '../operations/parts.js'
import { postObject } from '../operations/post.js'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from '../operations/tagging.js'
import type { OssRequest } from '../request.js'
import { HLS_SIGN } from '../urls.js'

/** Sub-resources that stand for operations of OSS that are not here. */
const NOT_HERE: readonly Operation[] = (
  'accessmonitor asyncFetch cname comp cors encryption inventory lifecycle live logging metaQuery objectInfo policy referer replication ' +
  'requestPayment resourceGroup restore seal stat style symlink transferAcceleration versionId versioning versions vod website worm ' +
  'x-oss-async-process'
)
  .split(' ')
  .map((name) => notHere(name))

/** What a sub-resource stands for that is not here; a bucket that is not there comes before that. */
function notHere(name: string, permission = name): Operation {
  const refuse = (): never => refuseObject('NotImplemented', { reason: `what ?${name} stands for is not here; docs/oss.md says what is` })
  return simple(name, permission, refuse)
}

type Query = OssRequest['query']

/** The operations of a resource by method: first those that a sub-resource stands for, each with its own, then that of the resource itself. */
type Operations = readonly (readonly [subResource: string, byMethod: Readonly<Record<string, Operation>>])[]

const ITSELF = ''

const ofService: Operations = [[ITSELF, { GET: listBuckets }]]

const bucketTagging = notHere('tagging')
const changedAcl = notHere('acl')

const ofBucket: Operations = [
  ['acl', { GET: getBucketAcl, PUT: changedAcl }],
  ['location', { GET: getBucketLocation }],
  ['bucketInfo', { GET: getBucketInfo }],
  ['tagging', { GET: bucketTagging, PUT: bucketTagging, DELETE: bucketTagging }],
  ['uploads', { GET: listMultipartUploads }],
  ['delete', { POST: deleteObjects }],
  [ITSELF, { GET: listObjects, HEAD: headBucket, PUT: putBucket, DELETE: deleteBucket, POST: postObject }],
]

const ofObject: Operations = [
  ['acl', { GET: getObjectAcl, PUT: putObjectAcl }],
  ['tagging', { GET: getObjectTagging, PUT: putObjectTagging, DELETE: deleteObjectTagging }],
  ['objectMeta', { GET: getObjectMeta, HEAD: getObjectMeta }],
  ['append', { POST: appendObject }],
  ['uploads', { POST: initiateMultipartUpload }],
  ['uploadId', { GET: listParts, PUT: uploadPart, POST: completeMultipartUpload, DELETE: abortMultipartUpload }],
  [ITSELF, { GET: getObject, HEAD: headObject, PUT: putObject, DELETE: deleteObject }],
]

/** What takes the place of an operation whose content comes from another object. */
const copying = new Map([
  [uploadPart as Operation, uploadPartCopy as Operation],
  [putObject as Operation, copyObject as Operation],
])

/** Finds the operation. Refuses what OSS does not know: a sub-resource is never taken for the resource that it belongs to. */
export function findOperation({ call: { method, headers }, address, query }: OssRequest): Operation {
  const absent = NOT_HERE.find(({ name }) => query.has(name)) ?? processNotHere(method, query)
  if (absent) return absent
  const operations = address?.bucket === undefined ? ofService : address.key === '' ? ofBucket : ofObject
  const [subResource = ITSELF, byMethod = {}] = operations.find(([name]) => name === ITSELF || query.has(name)) ?? []
  const operation = Object.hasOwn(byMethod, method) ? byMethod[method] : undefined
  if (operation === undefined)
    return refuseObject('MethodNotAllowed', {
      reason: `${method} means nothing for ${subResource === ITSELF ? 'this resource' : `?${subResource} of this resource`}`,
      fields: { Method: method },
    })
  return (headers['x-oss-copy-source'] === undefined ? undefined : copying.get(operation)) ?? operation
}

/** Of all that OSS can make of an object, playlists with signed addresses are here. */
function processNotHere(method: string, query: Query): Operation | undefined {
  if (!query.has('x-oss-process')) return undefined
  const isHere = query.get('x-oss-process') === HLS_SIGN && (method === 'GET' || method === 'HEAD')
  return isHere ? undefined : notHere('x-oss-process', 'GetObject')
}

/** Names of all operations. */
export const operationNames: readonly string[] = [
  ...new Set(
    [ofService, ofBucket, ofObject]
      .flat()
      .flatMap(([, byMethod]) => Object.values(byMethod))
      .filter((operation) => operation !== bucketTagging && operation !== changedAcl)
      .concat(...copying.values())
      .map(({ name }) => name),
  ),
]
