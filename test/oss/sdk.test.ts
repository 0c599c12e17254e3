/** What the official client does, with each signature and with each kind of credential. */

import { Readable } from 'node:stream'
import AliOss from 'ali-oss'
import { setupServer } from 'msw/node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Account, createCloud, DEFAULT_KEY } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'
import { uploadKey } from '../../src/products/vod/upload/credentials.js'
import { BUCKET, bytes, type Client, md5, ossEmulator, REGION, request } from './support.js'

const KEY = 'sv/2c7578d7/film 电影+(1).mp4'

const signatures = [
  { signature: 'V1', authorizationV4: false },
  { signature: 'V4', authorizationV4: true },
]

const credentials = [
  { whose: 'the account', keyOf: (account: Account) => account.credentials },
  {
    whose: 'an upload session',
    uploadsOnly: true,
    keyOf: (account: Account) => uploadKey(account, { bucket: BUCKET, key: KEY }),
  },
  {
    whose: 'a role',
    keyOf: (account: Account) => {
      account.ram.putRole('uploader', { allow: ['oss:*'] })
      return account.ram.assumeRole('uploader')
    },
  },
]

const styles = [
  { style: 'virtual host', inPath: false },
  { style: 'path', inPath: true },
]

const rows = signatures.flatMap((signature) => styles.flatMap((style) => credentials.map((each) => ({ ...signature, ...style, ...each }))))

/** A client with the credentials of a row, and one that may read what it has put. */
async function openAs({ authorizationV4, inPath, keyOf, uploadsOnly = false }: (typeof rows)[number]) {
  const emulator = await ossEmulator()
  const oss = emulator.client({ key: keyOf(emulator.account), authorizationV4, inPath })
  return { oss, reader: uploadsOnly ? emulator.client({ authorizationV4, inPath }) : oss }
}

describe.each(rows)('$signature, $style, credentials of $whose', (row) => {
  const open = () => openAs(row)

  it('puts an object, and gets it back with what was said of it', async () => {
    const { oss, reader } = await open()
    const content = bytes(200_000)
    const put = await oss.put(KEY, content, { mime: 'video/mp4', meta: { author: 'ann' }, headers: { 'Cache-Control': 'no-cache' } })
    expect(put.res.headers.etag).toBe(`"${md5(content)}"`)
    expect(put.res.headers).not.toHaveProperty('content-type')

    const head = await oss.head(KEY)
    expect(head.meta).toEqual({ author: 'ann' })
    expect(head.res.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '200000',
      'cache-control': 'no-cache',
      'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      'x-oss-object-type': 'Normal',
      etag: put.res.headers.etag,
      'x-oss-hash-crc64ecma': put.res.headers['x-oss-hash-crc64ecma'],
    })
    expect((await oss.getObjectMeta(KEY)).res.headers['content-length']).toBe('200000')
    expect(md5((await reader.get(KEY)).content)).toBe(md5(content))
  })

  it('puts a stream of unknown length', async () => {
    const { oss, reader } = await open()
    const content = bytes(150_000)
    await oss.putStream(KEY, Readable.from([content.subarray(0, 1000), content.subarray(1000)]))
    expect(md5((await reader.get(KEY)).content)).toBe(md5(content))
  })

  it('gets a range', async () => {
    const { oss, reader } = await open()
    const content = bytes(100_000)
    await oss.put(KEY, content)
    const { res, content: part } = await reader.get(KEY, { headers: { Range: 'bytes=10-99' } })
    expect(res.status).toBe(206)
    expect(res.headers['content-range']).toBe('bytes 10-99/100000')
    expect(part).toEqual(content.subarray(10, 100))
  })

  it('uploads in parts, in parallel', async () => {
    const { oss, reader } = await open()
    const content = bytes(350_000)
    const { etag } = await oss.multipartUpload(KEY, content, { partSize: 100 * 1024, parallel: 3, mime: 'video/mp4' })
    expect(etag).toMatch(/^"[0-9A-F]{32}-4"$/)
    const got = await reader.get(KEY)
    expect(md5(got.content)).toBe(md5(content))
    expect(got.res.headers).toMatchObject({ etag, 'content-type': 'video/mp4', 'x-oss-object-type': 'Multipart' })
  })

  it('lists and aborts an upload in parts', async () => {
    const { oss } = await open()
    const { uploadId } = await oss.initMultipartUpload(KEY)
    await request(oss, 'PUT', KEY, { subres: { partNumber: 2, uploadId }, content: bytes(5) })
    await request(oss, 'PUT', KEY, { subres: { partNumber: 1, uploadId }, content: bytes(3) })
    const { parts } = await oss.listParts(KEY, uploadId)
    expect(parts.map((part: { PartNumber: string; Size: string }) => [part.PartNumber, part.Size])).toEqual([
      ['1', '3'],
      ['2', '5'],
    ])
    expect((await oss.listUploads({ 'max-uploads': 10 })).uploads).toEqual([{ name: KEY, uploadId, initiated: '2026-01-01T00:00:00.000Z' }])
    await oss.abortMultipartUpload(KEY, uploadId)
    expect((await oss.listUploads({})).uploads).toEqual([])
    await expect(oss.listParts(KEY, uploadId)).rejects.toMatchObject({ code: 'NoSuchUpload', status: 404 })
  })

  it('appends', async () => {
    const { oss, reader } = await open()
    const content = bytes(90_000)
    const first = await oss.append(KEY, content.subarray(0, 70_000))
    expect(first.nextAppendPosition).toBe('70000')
    const second = await oss.append(KEY, content.subarray(70_000), { position: first.nextAppendPosition })
    expect(second.nextAppendPosition).toBe('90000')
    const got = await reader.get(KEY)
    expect(md5(got.content)).toBe(md5(content))
    expect(got.res.headers).toMatchObject({ 'x-oss-object-type': 'Appendable', 'x-oss-next-append-position': '90000' })
  })
})

describe.each(rows.filter(({ uploadsOnly }) => !uploadsOnly))('$signature, $style, credentials of $whose', (row) => {
  it('copies a part of another object', async () => {
    const { oss, reader } = await openAs(row)
    const content = bytes(120_000)
    await oss.put(KEY, content)
    const { uploadId } = await oss.initMultipartUpload(KEY)
    const source = { sourceKey: KEY, sourceBucketName: BUCKET }
    const { etag } = await oss.uploadPartCopy(KEY, uploadId, 1, '100-119999', source)
    await oss.completeMultipartUpload(KEY, uploadId, [{ number: 1, etag }])
    expect(md5((await reader.get(KEY)).content)).toBe(md5(content.subarray(100)))
  })
})

describe.each(rows.filter(({ uploadsOnly }) => uploadsOnly))('$signature, $style, credentials of $whose', (row) => {
  it('reads nothing, neither to download nor to copy it', async () => {
    const { oss } = await openAs(row)
    await oss.put(KEY, bytes(10))
    const denied = { code: 'AccessDenied', status: 403 }
    await expect(oss.get(KEY)).rejects.toMatchObject(denied)
    const { uploadId } = await oss.initMultipartUpload(KEY)
    const source = { sourceKey: KEY, sourceBucketName: BUCKET }
    await expect(oss.uploadPartCopy(KEY, uploadId, 1, '0-9', source)).rejects.toMatchObject(denied)
    await expect(oss.list({})).rejects.toMatchObject(denied)
    await expect(oss.delete(KEY)).rejects.toMatchObject(denied)
  })
})

describe.each([
  { style: 'with V1', sign: (oss: Client) => oss.signatureUrl(KEY, { expires: 600 }) as string },
  { style: 'with V4', sign: (oss: Client) => oss.signatureUrlV4('GET', 600, {}, KEY) as Promise<string> },
])('a URL signed $style', ({ sign }) => {
  const open = async () => {
    const emulator = await ossEmulator()
    await emulator.client().put(KEY, bytes(100))
    emulator.account.ram.putRole('reader', { allow: ['oss:GetObject'] })
    const key = emulator.account.ram.assumeRole('reader')
    return { ...emulator, signed: await sign(emulator.client({ inPath: true, key })) }
  }

  it('gets the object', async () => {
    const { signed } = await open()
    const response = await fetch(signed)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes(100))
  })

  it('does not work for another method', async () => {
    const { signed } = await open()
    const response = await fetch(signed, { method: 'DELETE' })
    expect(response.status).toBe(403)
    expect(response.headers.get('x-emulator-reason')).toMatch(/^it was signed for GET, but the request arrived as DELETE/)
  })

  it("expires on the account's clock", async () => {
    const { signed, account } = await open()
    await account.clock.advanceTo(Date.now() + 700_000)
    const response = await fetch(signed)
    expect(response.status).toBe(403)
    expect(await response.text()).toMatch(/SecurityTokenExpired|Request has expired\./)
  })
})

it('deletes, and says so of an object that is not there as well', async () => {
  const { client } = await ossEmulator()
  const oss = client()
  await oss.put(KEY, bytes(10))
  expect((await oss.delete(KEY)).res.status).toBe(204)
  await expect(oss.get(KEY)).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 })
  await expect(oss.head(KEY)).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 })
  expect((await oss.delete(KEY)).res.status).toBe(204)
})

it('creates a bucket, lists what is in it, and deletes it', async () => {
  const { client } = await ossEmulator()
  const oss = client({ bucket: 'a-new-one' })
  await oss.putBucket('a-new-one')
  for (const key of ['a/1', 'a/2', 'b', 'c']) await oss.put(key, bytes(3))

  const first = await oss.list({ 'max-keys': 2, delimiter: '/' })
  expect(first).toMatchObject({ prefixes: ['a/'], isTruncated: true, nextMarker: 'b' })
  expect(first.objects).toMatchObject([{ name: 'b', size: 3, type: 'Normal' }])
  const second = await oss.list({ 'max-keys': 2, delimiter: '/', marker: first.nextMarker })
  expect(second.objects.map(({ name }: { name: string }) => name)).toEqual(['c'])
  expect(second.isTruncated).toBe(false)

  const page = await oss.listV2({ 'max-keys': 3, prefix: 'a/' })
  expect(page.objects.map(({ name }: { name: string }) => name)).toEqual(['a/1', 'a/2'])

  await expect(oss.deleteBucket('a-new-one')).rejects.toMatchObject({ code: 'BucketNotEmpty' })
  for (const key of ['a/1', 'a/2', 'b', 'c']) await oss.delete(key)
  await oss.deleteBucket('a-new-one')
  await expect(oss.list({})).rejects.toMatchObject({ code: 'NoSuchBucket' })
})

it('is the same through msw, at the real host', async () => {
  const cloud = createCloud({ clock: 'manual' })
  cloud.account().oss.createBucket(BUCKET, REGION)
  const server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => {
    server.close()
    cloud.dispose()
  })
  const oss: Client = new AliOss({ ...DEFAULT_KEY, bucket: BUCKET, region: `oss-${REGION}`, authorizationV4: true } as AliOss.Options)
  const content = bytes(250_000)
  await oss.put('put', content)
  await oss.multipartUpload('parts', content, { partSize: 102_400 })
  expect(md5((await oss.get('put')).content)).toBe(md5(content))
  expect(md5((await oss.get('parts')).content)).toBe(md5(content))
  expect((await oss.delete('put')).res.status).toBe(204)
  await expect(oss.head('put')).rejects.toMatchObject({ code: 'NoSuchKey' })
})
