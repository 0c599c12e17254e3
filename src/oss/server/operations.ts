/** Which operation a request means: by its method, by whether it names an object, and by the sub-resources of its query. */

import { refuseObject } from '../errors.js'
import type { Operation } from '../operation.js'
import { deleteBucket, listObjects, putBucket } from '../operations/buckets.js'
import { getObject, getObjectMeta, headObject } from '../operations/download.js'
import { listMultipartUploads, listParts } from '../operations/listing.js'
import { appendObject, deleteObject, putObject } from '../operations/objects.js'
import { abortMultipartUpload, completeMultipartUpload, initiateMultipartUpload, uploadPart, uploadPartCopy } from '../operations/parts.js'
import { postObject } from '../operations/post.js'
import type { OssRequest } from '../request.js'
import { HLS_SIGN } from '../urls.js'

/** Sub-resources that stand for operations of OSS that are not here. */
const NOT_HERE = (
  'acl accessmonitor asyncFetch bucketInfo cname comp cors delete encryption inventory lifecycle live location logging metaQuery ' +
  'objectInfo policy referer replication requestPayment resourceGroup restore seal stat style symlink tagging transferAcceleration ' +
  'versioning versions vod website worm x-oss-async-process'
).split(' ')

/** Finds the operation. Refuses what OSS does not know, and what is not here. */
export function findOperation({ call: { method, headers }, address, query }: OssRequest): Operation {
  const missing =
    NOT_HERE.find((name) => query.has(name)) ?? (query.has('versionId') ? 'versionId' : undefined) ?? processNotHere(method, query)
  if (missing !== undefined) refuseObject('NotImplemented', { reason: `what ?${missing} stands for is not here; docs/oss.md says what is` })
  if (address?.bucket === undefined) return refuseObject('NotImplemented', { reason: 'only what is about a bucket or an object is here' })
  const operation = address.key === '' ? ofBucket(method, query) : ofObject(method, query, headers)
  return operation ?? refuseObject('MethodNotAllowed', { reason: `${method} means nothing for this resource`, fields: { Method: method } })
}

type Query = OssRequest['query']

/** Of all that OSS can make of an object, playlists with signed addresses are here. */
function processNotHere(method: string, query: Query): 'x-oss-process' | undefined {
  if (!query.has('x-oss-process')) return undefined
  const isHere = query.get('x-oss-process') === HLS_SIGN && (method === 'GET' || method === 'HEAD')
  return isHere ? undefined : 'x-oss-process'
}

function ofBucket(method: string, query: Query): Operation | undefined {
  switch (method) {
    case 'GET':
      return query.has('uploads') ? listMultipartUploads : listObjects
    case 'PUT':
      return putBucket
    case 'DELETE':
      return deleteBucket
    case 'POST':
      return postObject
    default:
      return undefined
  }
}

function ofObject(method: string, query: Query, headers: OssRequest['call']['headers']): Operation | undefined {
  const copies = headers['x-oss-copy-source'] !== undefined
  const inParts = query.has('uploadId')
  switch (method) {
    case 'GET':
      return inParts ? listParts : getObject
    case 'HEAD':
      return query.has('objectMeta') ? getObjectMeta : headObject
    case 'PUT':
      if (inParts) return copies ? uploadPartCopy : uploadPart
      return copies ? refuseObject('NotImplemented', { reason: 'CopyObject is not here; UploadPartCopy is' }) : putObject
    case 'POST':
      if (query.has('append')) return appendObject
      if (query.has('uploads')) return initiateMultipartUpload
      return inParts ? completeMultipartUpload : undefined
    case 'DELETE':
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
].map(({ name }) => name)
