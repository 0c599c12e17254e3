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

/** Finds the operation. Refuses what OSS does not know. */
export function findOperation({ call: { method, headers }, address, query }: OssRequest): Operation {
  const operation =
    NOT_HERE.find(({ name }) => query.has(name)) ??
    processNotHere(method, query) ??
    (address?.bucket === undefined ? ofService(method) : address.key === '' ? ofBucket(method, query) : ofObject(method, query, headers))
  return operation ?? refuseObject('MethodNotAllowed', { reason: `${method} means nothing for this resource`, fields: { Method: method } })
}

const ofService = (method: string): Operation | undefined => (method === 'GET' ? listBuckets : undefined)

type Query = OssRequest['query']

/** Of all that OSS can make of an object, playlists with signed addresses are here. */
function processNotHere(method: string, query: Query): Operation | undefined {
  if (!query.has('x-oss-process')) return undefined
  const isHere = query.get('x-oss-process') === HLS_SIGN && (method === 'GET' || method === 'HEAD')
  return isHere ? undefined : notHere('x-oss-process', 'GetObject')
}

/** What of a bucket is changed by a sub-resource, none of which is here. */
function changed(query: Query): Operation | undefined {
  const name = ['acl', 'tagging'].find((each) => query.has(each))
  return name === undefined ? undefined : notHere(name)
}

function ofBucket(method: string, query: Query): Operation | undefined {
  switch (method) {
    case 'GET':
      if (query.has('acl')) return getBucketAcl
      if (query.has('location')) return getBucketLocation
      if (query.has('bucketInfo')) return getBucketInfo
      if (query.has('tagging')) return notHere('tagging')
      return query.has('uploads') ? listMultipartUploads : listObjects
    case 'HEAD':
      return headBucket
    case 'PUT':
      return changed(query) ?? putBucket
    case 'DELETE':
      return changed(query) ?? deleteBucket
    case 'POST':
      return query.has('delete') ? deleteObjects : postObject
    default:
      return undefined
  }
}

function ofObject(method: string, query: Query, headers: OssRequest['call']['headers']): Operation | undefined {
  const copies = headers['x-oss-copy-source'] !== undefined
  const inParts = query.has('uploadId')
  switch (method) {
    case 'GET':
      if (query.has('acl')) return getObjectAcl
      if (query.has('tagging')) return getObjectTagging
      return inParts ? listParts : getObject
    case 'HEAD':
      return query.has('objectMeta') ? getObjectMeta : headObject
    case 'PUT':
      if (query.has('acl')) return putObjectAcl
      if (query.has('tagging')) return putObjectTagging
      if (inParts) return copies ? uploadPartCopy : uploadPart
      return copies ? copyObject : putObject
    case 'POST':
      if (query.has('append')) return appendObject
      if (query.has('uploads')) return initiateMultipartUpload
      return inParts ? completeMultipartUpload : undefined
    case 'DELETE':
      if (query.has('tagging')) return deleteObjectTagging
      return inParts ? abortMultipartUpload : deleteObject
    default:
      return undefined
  }
}

/** Names of all operations. */
export const operationNames: readonly string[] = [
  listMultipartUploads,
  listObjects,
  putBucket,
  headBucket,
  deleteBucket,
  postObject,
  listParts,
  getObject,
  getObjectMeta,
  headObject,
  uploadPart,
  uploadPartCopy,
  putObject,
  appendObject,
  initiateMultipartUpload,
  completeMultipartUpload,
  abortMultipartUpload,
  deleteObject,
  deleteObjects,
  copyObject,
  listBuckets,
  getBucketAcl,
  getBucketLocation,
  getBucketInfo,
  getObjectAcl,
  putObjectAcl,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
].map(({ name }) => name)
