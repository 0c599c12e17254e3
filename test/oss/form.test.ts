/** Uploads by form, as web pages send them. */

import { describe, expect, it } from 'vitest'
import { uploadKey } from '../../src/products/vod/upload/credentials.js'
import { BUCKET, bytes, type Client, md5, ossEmulator, REGION } from './support.js'

const KEY = 'user/ann/photo.jpg'
const CONTENT = bytes(120_000)

type Emulator = Awaited<ReturnType<typeof ossEmulator>>
type Fields = Record<string, string | undefined>

/** How a form differs from the usual one. */
interface Differences {
  /** Beside that of the bucket. */
  conditions?: unknown[]
  expiration?: unknown
  fields?: Fields
  content?: Buffer
  withoutFile?: boolean
}

const policyOf = ({ conditions = [], expiration = '2026-01-01T01:00:00.000Z' }: Differences) => ({
  expiration,
  conditions: [{ bucket: BUCKET }, ...conditions],
})

const post = (url: string, fields: Fields, { content = CONTENT, withoutFile = false }: Differences = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value)
  if (!withoutFile) form.append('file', new Blob([new Uint8Array(content)], { type: 'image/jpeg' }), 'Photo 1.jpg')
  return fetch(`${url}/${BUCKET}/`, { method: 'POST', body: form, redirect: 'manual' })
}

/** Fields that sign a policy with V1. */
const signedV1 = (client: Client, differences: Differences): Fields => {
  const { policy, OSSAccessKeyId, Signature } = client.calculatePostSignature(policyOf(differences))
  return { key: KEY, policy, OSSAccessKeyId, Signature, 'x-oss-security-token': client.options.stsToken, ...differences.fields }
}

/** Fields that sign a policy with V4. */
const signedV4 = (client: Client, differences: Differences): Fields => {
  const now = new Date()
  const time = `${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const policy = policyOf(differences)
  return {
    key: KEY,
    policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
    'x-oss-signature-version': 'OSS4-HMAC-SHA256',
    'x-oss-credential': `${client.options.accessKeyId}/${time.slice(0, 8)}/${REGION}/oss/aliyun_v4_request`,
    'x-oss-date': time,
    'x-oss-signature': client.signPostObjectPolicyV4(policy, now),
    'x-oss-security-token': client.options.stsToken,
    ...differences.fields,
  }
}

/** Posts a form signed by an upload credential for the object. */
const postWith = ({ url, account, client }: Emulator, differences: Differences = {}, sign = signedV1) =>
  post(url, sign(client({ key: uploadKey(account, { bucket: BUCKET, key: KEY }) }), differences), differences)

describe.each([
  { signature: 'V1', sign: signedV1 },
  { signature: 'V4', sign: signedV4 },
])('a form signed with $signature', ({ sign }) => {
  it('becomes an object', async () => {
    const emulator = await ossEmulator()
    const response = await postWith(emulator, { fields: { 'x-oss-meta-author': 'ann' } }, sign)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('etag')).toBe(`"${md5(CONTENT)}"`)
    const got = await emulator.client().get(KEY)
    expect(md5(got.content)).toBe(md5(CONTENT))
    expect(got.res.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-oss-meta-author': 'ann', 'x-oss-object-type': 'Normal' })
  })

  it('is refused if it is signed with another secret', async () => {
    const { url, client, account } = await ossEmulator()
    const { accessKeyId } = account.credentials
    const response = await post(url, sign(client({ key: { accessKeyId, accessKeySecret: 'wrong' } }), {}))
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('<Code>SignatureDoesNotMatch</Code>')])
  })
})

describe('the answer', () => {
  it('is a document, if the form asks for it', async () => {
    const response = await postWith(await ossEmulator(), { fields: { success_action_status: '201' } })
    expect(response.status).toBe(201)
    expect(await response.text()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Bucket>${BUCKET}</Bucket><ETag>&quot;${md5(CONTENT)}&quot;</ETag><Key>${KEY}</Key>` +
        `<Location>http://${BUCKET}.oss-${REGION}.aliyuncs.com/user%2Fann%2Fphoto.jpg</Location></PostResponse>`,
    )
  })

  it('leads on, if the form asks for it', async () => {
    const response = await postWith(await ossEmulator(), { fields: { success_action_redirect: 'http://example.com/done?a=b' } })
    expect(response.status).toBe(303)
    expect(Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams)).toEqual({
      a: 'b',
      bucket: BUCKET,
      key: KEY,
      etag: `"${md5(CONTENT)}"`,
    })
  })

  it.each(['javascript:alert(1)', 'http://', 'a\r\nb: c'])('does not lead to %j', async (success_action_redirect) => {
    const response = await postWith(await ossEmulator(), { fields: { success_action_redirect } })
    expect(response.status).toBe(204)
  })
})

it('puts the name of the file into the key', async () => {
  const { url, client } = await ossEmulator()
  const response = await post(url, signedV1(client(), { fields: { key: `user/$` + '{filename}' } }))
  expect(response.status).toBe(204)
  await client().head('user/Photo 1.jpg')
})

describe.each<{ what: string; differences: Differences; code: string; status: number }>([
  { what: 'that has expired', differences: { expiration: '2026-01-01T00:00:00.000Z' }, code: 'AccessDenied', status: 403 },
  { what: 'without an expiration', differences: { expiration: null }, code: 'InvalidPolicyDocument', status: 400 },
  { what: 'for another bucket', differences: { conditions: [{ bucket: 'other' }] }, code: 'AccessDenied', status: 403 },
  { what: 'for another key', differences: { conditions: [['eq', '$key', 'other']] }, code: 'AccessDenied', status: 403 },
  { what: 'for other keys', differences: { conditions: [['starts-with', '$key', 'user/bob/']] }, code: 'AccessDenied', status: 403 },
  { what: 'for other types', differences: { conditions: [['in', '$content-type', ['image/png']]] }, code: 'AccessDenied', status: 403 },
  { what: 'for smaller files', differences: { conditions: [['content-length-range', 0, 119_999]] }, code: 'EntityTooLarge', status: 400 },
  { what: 'for larger files', differences: { conditions: [['content-length-range', 120_001, 1e9]] }, code: 'EntityTooSmall', status: 400 },
  {
    what: 'with an impossible size',
    differences: { conditions: [['content-length-range', 2, 1]] },
    code: 'InvalidPolicyDocument',
    status: 400,
  },
  { what: 'with an unknown operator', differences: { conditions: [['like', '$key', 'a']] }, code: 'InvalidPolicyDocument', status: 400 },
  { what: 'that is no JSON', differences: { fields: { policy: 'abc' } }, code: 'SignatureDoesNotMatch', status: 403 },
])('a policy $what', ({ differences, code, status }) => {
  it(`is refused with ${code}, and nothing is stored`, async () => {
    const emulator = await ossEmulator()
    const response = await postWith(emulator, differences)
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)])
    expect(response.headers.get('x-emulator-reason')).toBeTruthy()
    await expect(emulator.client().head(KEY)).rejects.toMatchObject({ status: 404 })
  })
})

describe.each<{ what: string; differences: Differences; code: string; status: number }>([
  { what: 'without a signature', differences: { fields: { Signature: undefined } }, code: 'InvalidArgument', status: 400 },
  {
    what: 'that nobody signed',
    differences: { fields: { Signature: undefined, policy: undefined, OSSAccessKeyId: undefined } },
    code: 'AccessDenied',
    status: 403,
  },
  {
    what: 'without the session token',
    differences: { fields: { 'x-oss-security-token': undefined } },
    code: 'InvalidAccessKeyId',
    status: 403,
  },
  { what: 'for another object than the credential', differences: { fields: { key: 'other' } }, code: 'AccessDenied', status: 403 },
  { what: 'without a key', differences: { fields: { key: undefined } }, code: 'InvalidArgument', status: 400 },
  { what: 'without a file', differences: { withoutFile: true }, code: 'IncorrectNumberOfFilesInPOSTRequest', status: 400 },
  { what: 'with a field that is too long', differences: { fields: { note: 'x'.repeat(70_000) } }, code: 'FieldItemTooLong', status: 400 },
  {
    what: 'with too many fields',
    differences: { fields: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, ''])) },
    code: 'MalformedPOSTRequest',
    status: 400,
  },
  {
    what: 'whose metadata cannot stand in a header',
    differences: { fields: { 'x-oss-meta-a': 'a\u0001b' } },
    code: 'InvalidArgument',
    status: 400,
  },
])('a form $what', ({ differences, code, status }) => {
  it(`is refused with ${code}`, async () => {
    const response = await postWith(await ossEmulator(), differences)
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)])
  })
})

it('refuses a body that is no form', async () => {
  const { url } = await ossEmulator()
  const response = await fetch(`${url}/${BUCKET}/`, { method: 'POST', body: 'key=a' })
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('<Code>MalformedPOSTRequest</Code>')])
})

it('refuses a form that ends in the middle of the file', async () => {
  const { url, client, account } = await ossEmulator({ settings: { maxObjectBytes: 200_000 } })
  const fields = Object.entries(signedV1(client(), {})).map(([name, value]) =>
    value === undefined ? '' : `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = `--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'a'.repeat(150_000)}`
  const response = await fetch(`${url}/${BUCKET}/`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: fields.join('') + file,
  })
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('<Code>MalformedPOSTRequest</Code>')])
  expect(account.log.all().at(-1)).toMatchObject({ action: 'PostObject', code: 'MalformedPOSTRequest' })
  await client().put('as-much-as-is-free', bytes(200_000))
})
