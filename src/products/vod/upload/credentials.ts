/** Upload addresses and credentials: where a medium's file goes, and a key that opens this one place for a while. */

import type { Account } from '../../../account/account.js'
import { toUtcSeconds } from '../../../base/clock.js'
import type { File } from '../shared/media/file.js'

/** An upload credential is valid for this many seconds. */
export const CREDENTIAL_SECONDS = 3000

/** Base64 of JSON, as upload clients expect both (developer guide, upload addresses and credentials). */
export interface UploadTicket {
  UploadAddress: string
  UploadAuth: string
}

const encode = (document: object): string => Buffer.from(JSON.stringify(document)).toString('base64')

/** Issues address and credential for one file. */
export function uploadTicket(account: Account, { bucket, key }: File): UploadTicket {
  const { region } = account.oss.bucket(bucket)
  const { accessKeyId, accessKeySecret, securityToken, expiresAt } = account.ram.uploadSession({ bucket, key }, CREDENTIAL_SECONDS)
  return {
    UploadAddress: encode({
      Endpoint: account.place.publicUrl() ?? `https://oss-${region}.aliyuncs.com`,
      Bucket: bucket,
      FileName: key,
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
