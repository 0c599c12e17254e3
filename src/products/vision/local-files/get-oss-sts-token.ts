/** How older helper packages hand in a local file: they ask for a credential, and put the file into the services' bucket under a name of their own. */

import { z } from 'zod'
import { defineService } from '../../../actions/action.js'
import { DROP_BOX } from '../../../oss/drop-box.js'
import { free } from '../../../usage/billing.js'

const viapiutils = defineService({
  name: 'viapiutils',
  version: '2020-04-01',
  regions: ['cn-shanghai'],
  defaultFormat: 'JSON',
})

/** A credential is valid for this many seconds of the account's clock. */
const CREDENTIAL_SECONDS = 3600

export const getOssStsToken = viapiutils.action('GetOssStsToken', {
  summary: 'Issues a credential with which files can be put into the bucket of the vision services.',
  source: 'official clients (viapi-utils)',
  input: () => ({}),
  output: () => z.object({ Data: z.object({ AccessKeyId: z.string(), AccessKeySecret: z.string(), SecurityToken: z.string() }) }),
  billing: free('a credential is not charged'),
  examples: [
    {
      params: {},
      answer: {
        Data: {
          AccessKeyId: 'STS.ExampleExampleExampleExam',
          AccessKeySecret: 'ExampleExampleExample',
          SecurityToken: 'CAISExampleExample',
        },
      },
    },
  ],
  run({ account }) {
    const { accessKeyId, accessKeySecret, securityToken } = account.ram.issue(
      {
        role: 'ViapiUpload',
        arn: 'assumed-role/viapiuploadrole/viapi',
        allow: ['oss:PutObject'],
        object: { bucket: DROP_BOX.bucket, key: '', prefix: '' },
      },
      CREDENTIAL_SECONDS,
    )
    return { Data: { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: securityToken } }
  },
})
