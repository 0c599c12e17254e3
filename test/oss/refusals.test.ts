/** What OSS refuses, with its own codes, and what the emulator says of the reason. */

import { describe, expect, it } from 'vitest'
import { uploadKey } from '../../src/products/vod/upload/credentials.js'
import { BUCKET, bytes, type Client, md5, ossEmulator, reasonsOf, request } from './support.js'

const KEY = 'sv/1/1.mp4'

type Emulator = Awaited<ReturnType<typeof ossEmulator>>

/** Something that is refused, and with what. */
interface Row {
  what: string
  does: (emulator: Emulator) => Promise<unknown>
  code: string
  status: number
  /** Part of what `x-emulator-reason` says. */
  reason: string
}

const session = ({ account }: Emulator) => uploadKey(account, { bucket: BUCKET, key: KEY })

const put = (client: Client, key = KEY, rest: Record<string, unknown> = {}) => request(client, 'PUT', key, { content: bytes(10), ...rest })

/** An upload with parts of these sizes, and what is needed to go on with it. */
async function withParts(client: Client, ...sizes: number[]) {
  const { uploadId } = await client.initMultipartUpload(KEY)
  const parts: { number: number; etag: string }[] = []
  for (const [index, size] of sizes.entries()) {
    const number = index + 1
    const { headers } = await request(client, 'PUT', KEY, { subres: { partNumber: number, uploadId }, content: bytes(size, number) })
    parts.push({ number, etag: headers.etag })
  }
  return { uploadId, parts }
}

const list = (parts: readonly { number: number; etag: string }[]): string =>
  `<CompleteMultipartUpload>${parts.map(({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`).join('')}</CompleteMultipartUpload>`

const complete = (client: Client, uploadId: string, content: string) => request(client, 'POST', KEY, { subres: { uploadId }, content })

const HALF_AN_HOUR = 30 * 60 * 1000

const whoAsks: Row[] = [
  {
    what: 'a credential that has expired',
    does: async (emulator) => {
      const client = emulator.client({ key: session(emulator) })
      await put(client)
      await emulator.account.clock.advance('3000s')
      return put(client)
    },
    code: 'SecurityTokenExpired',
    status: 403,
    reason: "the session ended at 2026-01-01T00:50:00Z, and the account's clock says 2026-01-01T00:50:00Z",
  },
  {
    what: 'a HEAD request with a credential that has expired',
    does: async (emulator) => {
      const client = emulator.client({ key: session(emulator) })
      await emulator.account.clock.advance('3000s')
      return client.head(KEY)
    },
    code: 'SecurityTokenExpired',
    status: 403,
    reason: 'the session ended at',
  },
  {
    what: 'a session key without its token',
    does: (emulator) => put(emulator.client({ key: { ...session(emulator), securityToken: undefined } as never })),
    code: 'InvalidAccessKeyId',
    status: 403,
    reason: 'whose security token is not sent along',
  },
  {
    what: 'the token of another session',
    does: (emulator) => put(emulator.client({ key: { ...session(emulator), securityToken: session(emulator).securityToken } })),
    code: 'InvalidSecurityToken',
    status: 403,
    reason: 'is not the one of the session',
  },
  {
    what: 'a token with a permanent key',
    does: (emulator) => put(emulator.client({ key: { ...emulator.account.credentials, securityToken: 'CAIS12345678' } })),
    code: 'InvalidAccessKeyId',
    status: 403,
    reason: 'is permanent, but a security token is sent along',
  },
  {
    what: 'a token in the header and in the URL',
    does: (emulator) => {
      const key = session(emulator)
      return put(emulator.client({ key }), KEY, { subres: { 'security-token': key.securityToken } })
    },
    code: 'InvalidArgument',
    status: 400,
    reason: 'the URL holds a security token as well',
  },
  {
    what: 'a key that nobody has',
    does: ({ client }) => put(client({ key: { accessKeyId: 'nobody', accessKeySecret: 'knows' } })),
    code: 'InvalidAccessKeyId',
    status: 403,
    reason: 'no account has the access key nobody',
  },
  {
    what: 'a key that is disabled',
    does: ({ client, account }) => {
      account.ram.putUser('ann', { allow: ['oss:*'] })
      const key = account.ram.createAccessKey('ann')
      account.ram.setActive(key.accessKeyId, false)
      return put(client({ key }))
    },
    code: 'InvalidAccessKeyId',
    status: 403,
    reason: 'the access key is disabled',
  },
  ...[false, true].map((authorizationV4) => ({
    what: `a wrong secret (${authorizationV4 ? 'V4' : 'V1'})`,
    does: ({ client, account }: Emulator) =>
      put(client({ authorizationV4, key: { accessKeyId: account.credentials.accessKeyId, accessKeySecret: 'wrong' } })),
    code: 'SignatureDoesNotMatch',
    status: 403,
    reason: 'most likely the secret is another one',
  })),
  ...[false, true].map((authorizationV4) => ({
    what: `a clock that is half an hour late (${authorizationV4 ? 'V4' : 'V1'})`,
    does: ({ client }: Emulator) => {
      const late = client({ authorizationV4 })
      late.options.amendTimeSkewed = -HALF_AN_HOUR
      return put(late)
    },
    code: 'RequestTimeTooSkewed',
    status: 403,
    reason: "more than 15 minutes from this machine's time",
  })),
  {
    what: 'a V4 signature for another region',
    does: ({ client }) => put(client({ authorizationV4: true, region: 'cn-beijing' })),
    code: 'InvalidArgument',
    status: 400,
    reason: 'configure the client with the region cn-shanghai',
  },
  {
    what: 'an upload credential for another object',
    does: (emulator) => put(emulator.client({ key: session(emulator) }), 'sv/2/2.mp4'),
    code: 'AccessDenied',
    status: 403,
    reason: `this upload credential is for ${BUCKET}/${KEY} only`,
  },
  {
    what: 'an upload credential for another bucket',
    does: (emulator) => {
      emulator.account.oss.createBucket('another-one', 'cn-shanghai')
      return put(emulator.client({ key: session(emulator), bucket: 'another-one' }))
    },
    code: 'AccessDenied',
    status: 403,
    reason: 'not for another-one/',
  },
  {
    what: 'deleting with an upload credential',
    does: (emulator) => emulator.client({ key: session(emulator) }).delete(KEY),
    code: 'AccessDenied',
    status: 403,
    reason: 'is not allowed to call oss:DeleteObject',
  },
  {
    what: 'a RAM user without permission',
    does: ({ client, account }) => {
      account.ram.putUser('ann', { allow: ['oss:Get*'] })
      return put(client({ key: account.ram.createAccessKey('ann') }))
    },
    code: 'AccessDenied',
    status: 403,
    reason: 'user/ann is not allowed to call oss:PutObject',
  },
  {
    what: 'a bucket that nobody has',
    does: ({ client }) => put(client({ bucket: 'no-such-bucket' })),
    code: 'NoSuchBucket',
    status: 404,
    reason: 'no account has a bucket no-such-bucket',
  },
  {
    what: 'the bucket of another account',
    does: ({ client, cloud }) => put(client({ key: cloud.createAccount().credentials })),
    code: 'AccessDenied',
    status: 403,
    reason: 'belongs to another account',
  },
  {
    what: 'a bucket name that another account has',
    does: ({ client, cloud }) => client({ key: cloud.createAccount().credentials }).putBucket(BUCKET),
    code: 'BucketAlreadyExists',
    status: 409,
    reason: 'another account or a service has it',
  },
]

const whatArrives: Row[] = [
  {
    what: 'a name that no bucket can have',
    does: ({ client }) => client().request({ method: 'PUT', bucket: 'ends-with-a-hyphen-', successStatuses: [200] }),
    code: 'InvalidBucketName',
    status: 400,
    reason: 'no hyphen at either end',
  },
  {
    what: 'the 101st bucket',
    does: ({ client, account }) => {
      for (let number = 2; number <= 100; number++) account.oss.createBucket(`bucket-${number}`, 'cn-shanghai')
      return client({ bucket: 'one-more' }).putBucket('one-more')
    },
    code: 'TooManyBuckets',
    status: 400,
    reason: 'an account may have 100 buckets',
  },
  {
    what: 'a body that is not what Content-MD5 announces',
    does: ({ client }) => put(client(), KEY, { headers: { 'Content-MD5': Buffer.from(md5(bytes(11)), 'hex').toString('base64') } }),
    code: 'InvalidDigest',
    status: 400,
    reason: `the body that arrived has ${md5(bytes(10))}`,
  },
  {
    what: 'a Content-MD5 that is none',
    does: ({ client }) => put(client(), KEY, { headers: { 'Content-MD5': 'abc' } }),
    code: 'InvalidDigest',
    status: 400,
    reason: 'is not the Base64 of 16 bytes',
  },
  {
    what: 'a key that is too long',
    does: ({ client }) => put(client(), 'k'.repeat(1024)),
    code: 'InvalidObjectName',
    status: 400,
    reason: '1 to 1023 bytes',
  },
  {
    what: 'an object that is there, if it may not be overwritten',
    does: async ({ client }) => {
      await put(client())
      return put(client(), KEY, { headers: { 'x-oss-forbid-overwrite': 'true' } })
    },
    code: 'FileAlreadyExists',
    status: 409,
    reason: 'x-oss-forbid-overwrite is true',
  },
  {
    what: 'a storage class that there is not',
    does: ({ client }) => put(client(), KEY, { headers: { 'x-oss-storage-class': 'Cold' } }),
    code: 'InvalidArgument',
    status: 400,
    reason: 'x-oss-storage-class is not one of Standard, IA',
  },
  {
    what: 'an encryption that there is not',
    does: ({ client }) => put(client(), KEY, { headers: { 'x-oss-server-side-encryption': 'ROT13' } }),
    code: 'InvalidEncryptionAlgorithmError',
    status: 400,
    reason: 'ROT13 is not one of AES256, KMS, SM4',
  },
  {
    what: 'more user metadata than allowed',
    does: ({ client }) => put(client(), KEY, { headers: { 'x-oss-meta-a': 'x'.repeat(8192) } }),
    code: 'InvalidArgument',
    status: 400,
    reason: 'at most 8192 are allowed',
  },
  {
    what: 'more bytes than there is room for',
    does: ({ client, account }) => {
      account.settings.change({ maxObjectBytes: 9 })
      return put(client())
    },
    code: 'QuotaExceeded',
    status: 403,
    reason: 'the setting maxObjectBytes says so',
  },
  {
    what: 'appending at the wrong position',
    does: async ({ client }) => {
      await client().append(KEY, bytes(10))
      return client().append(KEY, bytes(10), { position: 9 })
    },
    code: 'PositionNotEqualToLength',
    status: 409,
    reason: 'the next position is 10',
  },
  {
    what: 'appending to an object that was put',
    does: async ({ client }) => {
      await put(client())
      return client().append(KEY, bytes(10), { position: 10 })
    },
    code: 'ObjectNotAppendable',
    status: 409,
    reason: 'of type Normal',
  },
  {
    what: 'appending at no position',
    does: ({ client }) => request(client(), 'POST', KEY, { subres: { append: '', position: '-1' }, content: bytes(1) }),
    code: 'InvalidArgument',
    status: 400,
    reason: 'position is not a number of bytes',
  },
]

const inParts: Row[] = [
  {
    what: 'parts in descending order',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 102_400, 5)
      return complete(client(), uploadId, list(parts.reverse()))
    },
    code: 'InvalidPartOrder',
    status: 400,
    reason: 'part 1 comes after part 2',
  },
  {
    what: 'a part twice',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 102_400)
      return complete(client(), uploadId, list([...parts, ...parts]))
    },
    code: 'InvalidPartOrder',
    status: 400,
    reason: 'part 1 comes after part 1',
  },
  {
    what: 'a part that was not uploaded',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 102_400)
      return complete(client(), uploadId, list([...parts, { number: 7, etag: '"AA"' }]))
    },
    code: 'InvalidPart',
    status: 400,
    reason: 'part 7 was not uploaded',
  },
  {
    what: 'a part with another ETag',
    does: async ({ client }) => {
      const { uploadId } = await withParts(client(), 5)
      return complete(client(), uploadId, list([{ number: 1, etag: '"AA"' }]))
    },
    code: 'InvalidPart',
    status: 400,
    reason: `part 1 has the ETag "${md5(bytes(5, 1))}"`,
  },
  {
    what: 'a part before the last that is too small',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 102_399, 5)
      return complete(client(), uploadId, list(parts))
    },
    code: 'EntityTooSmall',
    status: 400,
    reason: 'part 1 has 102399 bytes',
  },
  {
    what: 'an upload that was completed',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 5)
      await complete(client(), uploadId, list(parts))
      return complete(client(), uploadId, list(parts))
    },
    code: 'NoSuchUpload',
    status: 404,
    reason: 'it never had, or it was completed',
  },
  {
    what: 'an upload of another object',
    does: async ({ client }) => {
      const { uploadId } = await client().initMultipartUpload('other.mp4')
      return request(client(), 'PUT', KEY, { subres: { partNumber: 1, uploadId }, content: bytes(5) })
    },
    code: 'NoSuchUpload',
    status: 404,
    reason: `is one of ${BUCKET}/other.mp4`,
  },
  {
    what: 'part 0',
    does: async ({ client }) => {
      const { uploadId } = await withParts(client())
      return request(client(), 'PUT', KEY, { subres: { partNumber: '0', uploadId }, content: bytes(5) })
    },
    code: 'InvalidArgument',
    status: 400,
    reason: 'partNumber is not a number from 1 to 10000',
  },
  ...[
    ['text', 'not XML at all', 'is not XML'],
    ['another document', '<Delete/>', 'at CompleteMultipartUpload'],
    [
      'a part without a number',
      '<CompleteMultipartUpload><Part><ETag>A</ETag></Part></CompleteMultipartUpload>',
      'at CompleteMultipartUpload.Part.0.PartNumber: is missing',
    ],
    ['an opening without an end', '<CompleteMultipartUpload><Part>', 'is not XML'],
    ['elements nested deeper than in any list', '<a>'.repeat(5000), 'nested more than 4 deep'],
    ['more elements than 10,000 parts could have', `<a>${'<b/>'.repeat(100_000)}</a>`, 'has more than 40001 elements'],
    ['more parts than there can be', list(Array(10_001).fill({ number: 1, etag: 'A' })), 'there are more than 10000 parts'],
    ['a tag that is longer than any', `<a b="${'c'.repeat(100_000)}"/>`, 'a tag has more than 256 characters'],
    ['a comment', '<!-- --><CompleteMultipartUpload/>', 'has a document type, a comment'],
    ['an instruction', '<CompleteMultipartUpload><?a?></CompleteMultipartUpload>', 'has a document type, a comment'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><CompleteMultipartUpload/>', 'has a document type, a comment'],
  ].map(([what, content, reason]) => ({
    what: `a list of parts that is ${what}`,
    does: async ({ client }: Emulator) => {
      const { uploadId } = await withParts(client(), 5)
      return complete(client(), uploadId, content as string)
    },
    code: 'MalformedXML',
    status: 400,
    reason: reason as string,
  })),
  {
    what: 'a list of parts of more bytes than any',
    does: async ({ client }) => {
      const { uploadId } = await withParts(client(), 5)
      return complete(client(), uploadId, ' '.repeat(3_000_000))
    },
    code: 'EntityTooLarge',
    status: 400,
    reason: 'this body may have at most 2560000 bytes',
  },
  {
    what: 'a list of parts that is not what Content-MD5 announces',
    does: async ({ client }) => {
      const { uploadId, parts } = await withParts(client(), 5)
      const headers = { 'Content-MD5': Buffer.from(md5(bytes(1)), 'hex').toString('base64') }
      return request(client(), 'POST', KEY, { subres: { uploadId }, content: list(parts), headers })
    },
    code: 'InvalidDigest',
    status: 400,
    reason: 'the body that arrived has',
  },
  {
    what: 'a copy of an object that there is not',
    does: async ({ client }) => {
      const { uploadId } = await withParts(client())
      return client().uploadPartCopy(KEY, uploadId, 1, undefined, { sourceKey: 'none.mp4', sourceBucketName: BUCKET })
    },
    code: 'NoSuchKey',
    status: 404,
    reason: `there is no object ${BUCKET}/none.mp4`,
  },
]

const whatIsNotHere: Row[] = [
  {
    what: 'the versions of a bucket',
    does: ({ client }) => client().getBucketVersioning(BUCKET),
    code: 'NotImplemented',
    status: 501,
    reason: 'what ?versioning stands for is not here',
  },
  {
    what: 'what is not here of a bucket that is not there',
    does: ({ client }) => client().getBucketVersioning('no-such-bucket'),
    code: 'NoSuchBucket',
    status: 404,
    reason: 'no account has a bucket no-such-bucket',
  },
  {
    what: 'a method that means nothing',
    does: ({ client }) => request(client(), 'PATCH', KEY),
    code: 'MethodNotAllowed',
    status: 405,
    reason: 'PATCH means nothing',
  },
]

describe.each([...whoAsks, ...whatArrives, ...inParts, ...whatIsNotHere])('$what', ({ does, code, status, reason }) => {
  it(`is refused with ${code}`, async () => {
    const emulator = await ossEmulator()
    const reasons = reasonsOf(emulator)
    await expect(does(emulator)).rejects.toMatchObject({ code, status })
    expect(reasons.at(-1)).toContain(reason)
  })
})
