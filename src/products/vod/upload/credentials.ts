/** Upload addresses and credentials: where a medium's file goes, and a key that opens this one place for a while. */

import type { Account } from '../../../account/types.js'
import { toUtcSeconds } from '../../../base/times.js'
import type { Credential, Grant } from '../../../identity/access-key.js'
import { type File, segmentsPrefix } from '../shared/media/file.js'

/** An upload credential is valid for this many seconds. */
export const CREDENTIAL_SECONDS = 3000

/**
 * What an upload credential may do to its object (VOD manual 5.8): upload, in one piece or in parts, and verify what was uploaded by its meta
 * information. It may not read the object, and so, unlike elsewhere, the two go by their own names.
 */
const UPLOADER: Grant = {
  role: 'AliyunVODUpload',
  arn: 'assumed-role/aliyunvoduploadrole/vod',
  // All credentials have the same list, which is of six and never changes.
  allow: Object.freeze([
    'oss:PutObject',
    'oss:HeadObject',
    'oss:GetObjectMeta',
    'oss:AbortMultipartUpload',
    'oss:ListParts',
    'oss:ListMultipartUploads',
  ]),
}

/** Base64 of JSON, as upload clients expect both (developer guide, upload addresses and credentials). */
export interface UploadTicket {
  UploadAddress: string
  UploadAuth: string
}

const encode = (document: object): string => Buffer.from(JSON.stringify(document)).toString('base64')

/** Issues a key that opens one file; of a playlist, also its segments, which clients put beside it. */
export const uploadKey = ({ ram }: Account, { bucket, key }: File): Credential =>
  ram.issue({ object: { bucket, key, prefix: segmentsPrefix({ key }) }, ...UPLOADER }, CREDENTIAL_SECONDS)

/** Issues address and credential for one file. */
export function uploadTicket(account: Account, { bucket, key }: File): UploadTicket {
  const { region } = account.oss.bucket(bucket)
  const { accessKeyId, accessKeySecret, securityToken, expiresAt } = uploadKey(account, { bucket, key })
  return {
    UploadAddress: encode({
      Endpoint: account.cloud.addresses.urlOf(account, { host: `oss-${region}.aliyuncs.com`, scheme: 'https', path: '' }),
      Bucket: bucket,
      FileName: key,
      ObjectPrefix: segmentsPrefix({ key }),
    }),
    UploadAuth: encode({
      SecurityToken: securityToken,
      AccessKeyId: accessKeyId,
      ExpireUTCTime: toUtcSeconds(expiresAt),
      AccessKeySecret: accessKeySecret,
      Expiration: String(CREDENTIAL_SECONDS),
      Region: region,
    }),
  }
}
