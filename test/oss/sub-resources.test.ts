/** What a request is about: a sub-resource is never taken for the bucket or the object that it belongs to. */

import { expect, test } from 'vitest'
import { BUCKET, type Client, ossEmulator } from './support.js'

const KEY = 'film.mp4'

async function world() {
  const emulator = await ossEmulator()
  await emulator.account.turn.take(() => emulator.account.oss.putObject(BUCKET, KEY, Buffer.from('x')))
  const oss: Client = emulator.client()
  /** Asks for a sub-resource of the bucket, or of an object: status and code. */
  const ask = async (method: string, subres: string, object?: string, bucket = BUCKET): Promise<string> => {
    const params = { method, bucket, object, subres, successStatuses: [200, 204] }
    return oss.request(params).then(
      ({ status }: { status: number }) => String(status),
      ({ status, code }: { status: number; code: string }) => `${status} ${code}`,
    )
  }
  return { ...emulator, oss, ask }
}

test.each([
  ['DELETE', 'acl', KEY],
  ['DELETE', 'uploads', KEY],
  ['DELETE', 'objectMeta', KEY],
  ['PUT', 'uploads', KEY],
  ['PUT', 'append', KEY],
  ['HEAD', 'acl', KEY],
  ['GET', 'append', KEY],
  ['PUT', 'location', undefined],
  ['PUT', 'uploads', undefined],
  ['DELETE', 'location', undefined],
  ['DELETE', 'acl', undefined],
  ['POST', 'uploads', undefined],
  ['HEAD', 'bucketInfo', undefined],
])('%s ?%s of %s means nothing, and does nothing', async (method, subres, object) => {
  const { ask, account } = await world()
  expect(await ask(method, subres, object)).toMatch(/^405/)
  expect(account.oss.object(BUCKET, KEY)?.size).toBe(1)
})

test.each([
  ['acl', '404 NoSuchBucket'],
  ['tagging', '404 NoSuchBucket'],
  ['uploads', '404 NoSuchBucket'],
  ['location', '404 NoSuchBucket'],
  ['bucketInfo', '404 NoSuchBucket'],
  ['cors', '404 NoSuchBucket'],
  ['lifecycle', '404 NoSuchBucket'],
])('GET ?%s of a bucket that is not there', async (subres, answer) => {
  expect(await (await world()).ask('GET', subres, undefined, 'no-such-bucket')).toBe(answer)
})

test.each([
  ['GET', 'acl', '404 NoSuchKey'],
  ['PUT', 'acl', '400 InvalidArgument'],
  ['GET', 'tagging', '404 NoSuchKey'],
  ['DELETE', 'tagging', '404 NoSuchKey'],
  ['GET', 'objectMeta', '404 NoSuchKey'],
  ['GET', 'uploadId', '404 NoSuchUpload'],
])('%s ?%s of an object that is not there', async (method, subres, answer) => {
  expect(await (await world()).ask(method, subres, 'none.mp4')).toBe(answer)
})

test('what an object is, asked for with GET as older clients do, comes without the object', async () => {
  const { oss } = await world()
  const { res, data } = await oss.request({ method: 'GET', bucket: BUCKET, object: KEY, subres: 'objectMeta', successStatuses: [200] })
  expect([data.length, res.headers.etag, res.headers['content-length']]).toEqual([0, expect.any(String), '0'])
})

test.each([
  ['<CreateBucketConfiguration><LocationConstraint>oss-cn-&#98;eijing</LocationConstraint></CreateBucketConfiguration>', 'cn-beijing'],
  ['<CreateBucketConfiguration><StorageClass>IA</StorageClass></CreateBucketConfiguration>', 'cn-shanghai'],
  ['', 'cn-shanghai'],
])('a bucket created with %j is in %s', async (content, region) => {
  const { client, account } = await world()
  // In the path: a host would say the region.
  const oss = client({ inPath: true })
  await oss.request({ method: 'PUT', bucket: 'another-bucket', content: Buffer.from(content), successStatuses: [200] })
  expect(account.oss.bucket('another-bucket').region).toBe(region)
})

test('a bucket is created nowhere else than there is', async () => {
  const { oss, account } = await world()
  const content = '<CreateBucketConfiguration><LocationConstraint>Mars</LocationConstraint></CreateBucketConfiguration>'
  const created = oss.request({ method: 'PUT', bucket: 'another-bucket', content: Buffer.from(content), successStatuses: [200] })
  await expect(created).rejects.toMatchObject({ code: 'InvalidArgument' })
  expect(account.oss.buckets.map(({ name }) => name)).toEqual([BUCKET])
})

test.each(['xxxx', 'video', 'a/b; c="d"', 'application/json', 'application/json; charset=gbk'])(
  'content of the type %j has it as it was given, whatever is asked for',
  async (type) => {
    const { oss, client } = await world()
    await oss.put('typed', Buffer.from('{"a":1}'), { headers: { 'Content-Type': type } })
    const [got, head] = [await oss.get('typed'), await oss.head('typed')]
    expect([got.res.headers['content-type'], got.content.toString()]).toEqual([type, '{"a":1}'])
    expect([head.res.headers['content-type'], head.res.headers['content-length']]).toEqual([type, '7'])
    const asked = await fetch(client({ inPath: true }).signatureUrl(KEY, { response: { 'content-type': `${type}; title=ü` } }))
    expect(Buffer.from(asked.headers.get('content-type') ?? '', 'latin1').toString()).toBe(`${type}; title=ü`)
  },
)
