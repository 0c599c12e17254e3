/** GetBucketAcl, GetObjectAcl, PutObjectAcl: buckets are private; an object can be read by all if it is written so. */

import { readAcl } from '../attributes.js'
import { refuseArgument } from '../errors.js'
import { type Exchange, simple } from '../operation.js'
import { emptyReply, xmlReply } from '../reply.js'
import { ownerOf } from './buckets.js'
import { objectOf } from './download.js'

const aclReply = (exchange: Exchange, grant: string) =>
  xmlReply('AccessControlPolicy', { Owner: ownerOf(exchange), AccessControlList: { Grant: grant } })

export const getBucketAcl = simple('GetBucketAcl', 'GetBucketAcl', (exchange) => {
  exchange.oss.bucket(exchange.bucket)
  return aclReply(exchange, 'private')
})

export const getObjectAcl = simple('GetObjectAcl', 'GetObjectAcl', (exchange) =>
  aclReply(exchange, objectOf(exchange).publicRead ? 'public-read' : 'default'),
)

export const putObjectAcl = simple('PutObjectAcl', 'PutObjectAcl', (exchange) => {
  const { headers } = exchange.call
  if (headers['x-oss-object-acl'] === undefined) refuseArgument('x-oss-object-acl', undefined, 'is not sent')
  exchange.oss.describe(objectOf(exchange), { publicRead: readAcl(headers) === 'public-read' || undefined })
  return emptyReply()
})
