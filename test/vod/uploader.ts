/** The official OSS client with what an upload ticket holds. */

import AliOss from 'ali-oss'
import { decode, type Ticket } from './support.js'

/** A client for the one object that a ticket is for; `more` are further options of the client. */
export function uploaderOf({ UploadAddress, UploadAuth }: Ticket, more: object = {}): AliOss {
  const { Endpoint, Bucket } = decode(UploadAddress)
  const { AccessKeyId, AccessKeySecret, SecurityToken, Region } = decode(UploadAuth)
  return new AliOss({
    endpoint: Endpoint,
    bucket: Bucket,
    region: `oss-${Region}`,
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    stsToken: SecurityToken,
    refreshSTSTokenInterval: 1e9,
    ...more,
  } as AliOss.Options)
}

/** Name of the object that a ticket is for. */
export const objectOf = ({ UploadAddress }: Ticket): string => decode(UploadAddress).FileName as string
