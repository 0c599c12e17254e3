/** Where the `…Advance` methods of the official clients put a local file: they ask for a form that is signed already, and post it to OSS. */

import { z } from 'zod'
import { defineService } from '../../../actions/action.js'
import { toUtcSeconds } from '../../../base/times.js'
import { bucketEndpoint } from '../../../http/addresses.js'
import { DROP_BOX } from '../../../oss/drop-box.js'
import { text } from '../../../params/scalars.js'
import { hmacSha1 } from '../../../signing/signature-rpc.js'
import { free } from '../../../usage/billing.js'

const openplatform = defineService({
  name: 'openplatform',
  version: '2019-12-19',
  regions: ['cn-shanghai'],
  host: 'openplatform.aliyuncs.com',
  defaultFormat: 'JSON',
})

/** A form can be posted for so many seconds of the account's clock. No source says how long it is; clients post it at once. */
const FORM_SECONDS = 3600

export const authorizeFileUpload = openplatform.action('AuthorizeFileUpload', {
  summary: 'Signs a form with which one file can be posted to OSS, as the input of a vision service.',
  source: 'official clients (…Advance methods)',
  input: () => ({ Product: text({ maxLength: 64, ownLimit: true }), RegionId: text({ maxLength: 64, ownLimit: true }).optional() }),
  output: () =>
    z.object({
      AccessKeyId: z.string(),
      EncodedPolicy: z.string(),
      Signature: z.string(),
      Bucket: z.string(),
      Endpoint: z.string(),
      ObjectKey: z.string(),
      UseAccelerate: z.boolean(),
    }),
  billing: free('a form is not charged'),
  examples: [
    {
      params: { Product: 'imageenhan', RegionId: 'cn-shanghai' },
      answer: {
        AccessKeyId: 'LTAI5tExampleExampleExamp',
        EncodedPolicy: 'eyJleHBpcmF0aW9uIjoiMjAyNi0wMS0wMVQwMTowMDowMFoiLCJjb25kaXRpb25zIjpbXX0=',
        Signature: 'UGxhaW5TaWduYXR1cmVPZkZvcm0=',
        Bucket: DROP_BOX.bucket,
        Endpoint: `oss-${DROP_BOX.region}.aliyuncs.com`,
        ObjectKey: 'imageenhan/1234567890123456/49E2CC28-ED1D-4CC5-854D-7D0AE2B20976',
        UseAccelerate: false,
      },
    },
  ],
  run({ input: { Product }, account, requestId }) {
    const { bucket, region } = DROP_BOX
    const { accessKeyId, accessKeySecret } = account.resultKeys.own
    const key = `${Product.replace(/[^A-Za-z0-9-]/g, '-')}/${account.accountId}/${requestId}`
    const policy = {
      expiration: toUtcSeconds(account.clock.now() + FORM_SECONDS * 1000),
      conditions: [{ bucket }, ['eq', '$key', key]],
    }
    const encoded = Buffer.from(JSON.stringify(policy)).toString('base64')
    const endpoint = account.cloud.addresses.urlOf(account, { host: `oss-${region}.aliyuncs.com`, scheme: 'http', path: '' })
    return {
      AccessKeyId: accessKeyId,
      EncodedPolicy: encoded,
      Signature: hmacSha1(accessKeySecret, encoded),
      Bucket: bucket,
      Endpoint: bucketEndpoint(endpoint),
      ObjectKey: key,
      UseAccelerate: false,
    }
  },
})
