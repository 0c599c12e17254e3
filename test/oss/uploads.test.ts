/** Uploads: who is told, what is left of unfinished ones, and where the bytes are meanwhile. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import AliOss from 'ali-oss'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createCloud, DEFAULT_KEY } from '../../src/index.js'
import { uploadKey } from '../../src/products/vod/upload/credentials.js'
import { runCommand } from '../support/process.js'
import { BUCKET, bytes, md5, ossEmulator, REGION, reasonsOf, request } from './support.js'

const KEY = 'sv/1/1.mp4'
const MEGABYTE = 1024 * 1024

describe('the checksum of an object', () => {
  it('is CRC-64 as in ECMA-182', async () => {
    const { client } = await ossEmulator()
    const { res } = await client().put(KEY, Buffer.from('123456789'))
    expect(res.headers['x-oss-hash-crc64ecma']).toBe('11051210869376104954')
  })

  it('is the same whether it was put, appended to or uploaded in parts', async () => {
    const { client } = await ossEmulator()
    const content = bytes(250_003)
    const checksum = async (key: string) => (await client().head(key)).res.headers['x-oss-hash-crc64ecma']
    await client().put('put', content)
    await client().multipartUpload('parts', content, { partSize: 102_400 })
    for (const [from, to] of [
      [0, 1],
      [1, 70_000],
      [70_000, 250_003],
    ] as const)
      await client().append('appended', content.subarray(from, to), { position: from })
    expect(await checksum('parts')).toBe(await checksum('put'))
    expect(await checksum('appended')).toBe(await checksum('put'))
  })
})

it('tells listeners of every object that has become complete, with its content', async () => {
  const { account, client } = await ossEmulator()
  const told: string[] = []
  account.oss.onComplete(async ({ bucket, key, type, size, etag, content }) => {
    told.push(`${bucket}/${key} ${type} ${size} ${etag} ${md5(await content.bytes())}`)
  })
  await client().put('put', bytes(70_000))
  const { etag } = await client().multipartUpload('parts', bytes(150_000), { partSize: 102_400 })
  const first = await client().append('appended', bytes(5))
  const second = await client().append('appended', bytes(5, 5), { position: 5 })
  const bare = (quoted: string): string => quoted.replaceAll('"', '')
  expect(told).toEqual([
    `${BUCKET}/put Normal 70000 ${md5(bytes(70_000))} ${md5(bytes(70_000))}`,
    `${BUCKET}/parts Multipart 150000 ${bare(etag)} ${md5(bytes(150_000))}`,
    `${BUCKET}/appended Appendable 5 ${bare(first.res.headers.etag)} ${md5(bytes(5))}`,
    `${BUCKET}/appended Appendable 10 ${bare(second.res.headers.etag)} ${md5(Buffer.concat([bytes(5), bytes(5, 5)]))}`,
  ])
})

it('forgets an upload in parts seven days after it began, and gives its room back', async () => {
  const { account, client } = await ossEmulator({ settings: { maxObjectBytes: 300_000 } })
  const oss = client()
  const { uploadId } = await oss.initMultipartUpload(KEY)
  const upload = (part: number, size: number) => request(oss, 'PUT', KEY, { subres: { partNumber: part, uploadId }, content: bytes(size) })
  await upload(1, 200_000)
  await account.clock.advance('6d')
  await expect(upload(2, 200_000)).rejects.toMatchObject({ code: 'QuotaExceeded' })

  const fired = await account.clock.advance('1d')
  expect(fired).toEqual([
    { at: '2026-01-08T00:00:00.000Z', what: `upload ${uploadId} of ${BUCKET}/${KEY} was not completed and its parts are deleted` },
  ])
  await expect(oss.listParts(KEY, uploadId)).rejects.toMatchObject({ code: 'NoSuchUpload' })
  await oss.put(KEY, bytes(300_000))
})

it('replaces a part that is uploaded again, and leaves out parts that are not listed', async () => {
  const { client } = await ossEmulator({ settings: { maxObjectBytes: 350_000 } })
  const oss = client()
  const { uploadId } = await oss.initMultipartUpload(KEY)
  const upload = async (number: number, salt: number) => {
    const { headers } = await request(oss, 'PUT', KEY, { subres: { partNumber: number, uploadId }, content: bytes(110_000, salt) })
    return { number, etag: headers.etag }
  }
  await upload(1, 1)
  const first = await upload(1, 2)
  await upload(3, 3)
  const last = await upload(5, 4)
  await oss.completeMultipartUpload(KEY, uploadId, [first, last])
  expect(md5((await oss.get(KEY)).content)).toBe(md5(Buffer.concat([bytes(110_000, 2), bytes(110_000, 4)])))
  await oss.put('as-much-as-is-free', bytes(130_000))
})

it('completes an upload of all parts there are, if asked to', async () => {
  const { client } = await ossEmulator()
  const oss = client()
  const { uploadId } = await oss.initMultipartUpload(KEY)
  for (const number of [2, 1]) await request(oss, 'PUT', KEY, { subres: { partNumber: number, uploadId }, content: bytes(102_400, number) })
  await request(oss, 'POST', KEY, { subres: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } })
  expect(md5((await oss.get(KEY)).content)).toBe(md5(Buffer.concat([bytes(102_400, 1), bytes(102_400, 2)])))
})

it('lists uploads page by page', async () => {
  const { client } = await ossEmulator()
  const oss = client()
  for (const key of ['b', 'a', 'b', 'folder/1', 'folder/2']) await oss.initMultipartUpload(key)
  const pages: string[][] = []
  let page: { uploads: { name: string }[]; nextKeyMarker?: string; nextUploadIdMarker?: string; isTruncated: boolean } = {
    uploads: [],
    isTruncated: true,
  }
  while (page.isTruncated) {
    const { nextKeyMarker, nextUploadIdMarker } = page
    page = await oss.listUploads({
      'max-uploads': 2,
      ...(nextKeyMarker && { 'key-marker': nextKeyMarker, 'upload-id-marker': nextUploadIdMarker }),
    })
    pages.push(page.uploads.map(({ name }) => name))
  }
  expect(pages).toEqual([['a', 'b'], ['b', 'folder/1'], ['folder/2']])
})

it.each(['"', '&quot;', '&#34;', '&#x22;', ''])(
  'takes a list of parts whose ETags stand between %j, as clients differ in that',
  async (mark) => {
    const { client } = await ossEmulator()
    const oss = client()
    const { uploadId } = await oss.initMultipartUpload(KEY)
    const { headers } = await request(oss, 'PUT', KEY, { subres: { partNumber: 1, uploadId }, content: bytes(5) })
    const list = `<CompleteMultipartUpload xmlns="http://a"><Part><PartNumber>1</PartNumber><ETag>${headers.etag.replaceAll('"', mark)}</ETag></Part></CompleteMultipartUpload>`
    await request(oss, 'POST', KEY, { subres: { uploadId }, content: `<?xml version="1.0"?>\n${list}` })
    expect((await oss.get(KEY)).content).toEqual(bytes(5))
  },
)

it('shows an upload credential nothing of the uploads of others', async () => {
  const { account, client } = await ossEmulator()
  await client().initMultipartUpload('secret.mp4')
  const { uploads } = await client({ key: uploadKey(account, { bucket: BUCKET, key: KEY }) }).listUploads({})
  expect(uploads).toEqual([])
})

describe('the folder for objects', () => {
  /** A folder that the system has for temporary files from now on. */
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'oss-test-'))
    vi.stubEnv('TMPDIR', path)
    onTestFinished(() => {
      vi.unstubAllEnvs()
      rmSync(path, { recursive: true, force: true })
    })
    return path
  }
  /** Files in all folders in the folder. */
  const filesIn = (path: string): string[] => readdirSync(path).flatMap((each) => readdirSync(join(path, each)))

  it('holds large objects while they are there, and nothing once the emulator has closed', async () => {
    const temporary = folder()
    const { client, close } = await ossEmulator()
    expect(readdirSync(temporary)).toEqual([])
    await client().put('small', bytes(1000))
    expect(readdirSync(temporary)).toEqual([])
    await client().put('large', bytes(100_000))
    await client().put('larger', bytes(200_000))
    expect(filesIn(temporary)).toHaveLength(2)
    await client().put('large', bytes(100_000, 1))
    await client().delete('larger')
    await client().head('large')
    expect(filesIn(temporary)).toHaveLength(1)
    await close()
    expect(readdirSync(temporary)).toEqual([])
  })

  it('is emptied by a reset', async () => {
    const temporary = folder()
    const { client, account } = await ossEmulator()
    await client().put(KEY, bytes(100_000))
    await account.reset()
    expect(filesIn(temporary)).toEqual([])
    await expect(client().get(KEY)).rejects.toMatchObject({ code: 'NoSuchBucket' })
  })

  it('is made anew if somebody removes it, and what was in it is said to be gone', async () => {
    const temporary = folder()
    const emulator = await ossEmulator()
    const { client, account } = emulator
    await client().put('lost', bytes(100_000))
    rmSync(temporary, { recursive: true })
    await client().put('large', bytes(100_000, 1))
    await client().multipartUpload('parts', bytes(250_000), { partSize: 102_400 })
    expect(md5((await client().get('large')).content)).toBe(md5(bytes(100_000, 1)))
    expect((await client().get('parts')).content).toHaveLength(250_000)
    await expect(client().get('lost')).rejects.toMatchObject({ code: 'InternalError', status: 500 })
    expect(account.log.all().at(-1)).toMatchObject({ code: 'InternalError', reason: expect.stringContaining('was removed or changed') })
    await client().delete('lost')
  })

  it('that is removed during an upload fails that upload, and no other', async () => {
    const temporary = folder()
    const { client, account } = await ossEmulator()
    const slow = new PassThrough()
    const upload = client().putStream(KEY, slow)
    slow.write(bytes(100_000))
    await expect.poll(() => filesIn(temporary)).toHaveLength(1)
    rmSync(temporary, { recursive: true })
    slow.end()
    await expect(upload).rejects.toMatchObject({ code: 'InternalError', status: 500 })
    expect(account.log.all().at(-1)?.reason).toContain('was removed or changed')
    await client().put(KEY, bytes(100_000))
  })

  it('that cannot be made is what the answer and the log say', async () => {
    const temporary = folder()
    const emulator = await ossEmulator()
    const reasons = reasonsOf(emulator)
    vi.stubEnv('TMPDIR', join(temporary, 'file'))
    writeFileSync(join(temporary, 'file'), '')
    await expect(emulator.client().put(KEY, bytes(100_000))).rejects.toMatchObject({ code: 'InternalError', status: 500 })
    expect(reasons.at(-1)).toMatch(/^E[A-Z]+: /)
    expect(emulator.account.log.all().at(-1)?.reason).toBe(reasons.at(-1))
    vi.stubEnv('TMPDIR', temporary)
    await emulator.client().put(KEY, bytes(100_000))
  })

  it('is removed by the next process if its own was killed', async () => {
    const temporary = folder()
    const killed = runCommand(['--port', '0'], { TMPDIR: temporary })
    const { accessKeyId, accessKeySecret } = DEFAULT_KEY
    const endpoint = /http:\S+/.exec(await killed.ready)?.[0] as string
    const oss = new AliOss({ endpoint, region: `oss-${REGION}`, bucket: BUCKET, accessKeyId, accessKeySecret })
    await oss.putBucket(BUCKET)
    await oss.put(KEY, bytes(100_000))
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(filesIn(temporary)).toHaveLength(1)
    const [left] = readdirSync(temporary)

    const { client } = await ossEmulator()
    await client().put('other', bytes(100_000))
    expect(readdirSync(temporary)).not.toContain(left)
    expect(filesIn(temporary)).toHaveLength(1)
  })

  it('keeps nothing of an upload that is cut off', async () => {
    const temporary = folder()
    const { cloud, client, url, account } = await ossEmulator()
    const { handle } = cloud
    const answered = new Promise<number>((resolve) => {
      cloud.handle = async (call) => {
        const reply = await handle(call)
        resolve(reply.status)
        return reply
      }
    })
    const oss = client()
    const headers: Record<string, string> = { 'x-oss-date': new Date().toUTCString() }
    const authorization = oss.authorization('PUT', `/${BUCKET}/${KEY}`, {}, headers)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(
      `PUT /${KEY} HTTP/1.1\r\nHost: ${BUCKET}.oss-cn-shanghai.aliyuncs.com\r\nContent-Length: ${MEGABYTE}\r\n` +
        `x-oss-date: ${headers['x-oss-date']}\r\nAuthorization: ${authorization}\r\n\r\n`,
    )
    socket.write(bytes(MEGABYTE / 2), () => socket.destroy())
    expect(await answered).toBe(400)
    cloud.handle = handle
    expect(account.log.all().at(-1)).toMatchObject({ action: 'PutObject', object: `${BUCKET}/${KEY}`, code: 'RequestTimeout' })
    expect(filesIn(temporary)).toEqual([])
    await expect(oss.get(KEY)).rejects.toMatchObject({ code: 'NoSuchKey' })
  })
})

it('serves others while an upload is under way', async () => {
  const { account, client } = await ossEmulator()
  const slow = new PassThrough()
  const upload = client().putStream(KEY, slow)
  slow.write(bytes(100_000))
  await client().put('other', bytes(10))
  await account.clock.advance('1m')
  slow.end(bytes(1))
  await upload
  expect((await client().head(KEY)).res.headers['last-modified']).toBe('Thu, 01 Jan 2026 00:01:00 GMT')
})

it('takes a name of a bucket for one account only, until it is free again', async () => {
  const cloud = createCloud()
  onTestFinished(() => cloud.dispose())
  const [one, other] = [cloud.createAccount(), cloud.createAccount()]
  one.oss.createBucket('shared-name', 'cn-shanghai')
  expect(() => other.oss.createBucket('shared-name', 'cn-shanghai')).toThrow('The requested bucket name is not available.')
  cloud.disposeAccount(one)
  expect(other.oss.createBucket('shared-name', 'cn-beijing')).toMatchObject({ region: 'cn-beijing' })
})

it('refuses a body of which nobody says how long it is', async () => {
  const { client, url } = await ossEmulator()
  const headers = { 'x-oss-date': new Date().toUTCString() }
  const authorization = client().authorization('PUT', `/${BUCKET}/${KEY}`, {}, headers)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(
    `PUT /${BUCKET}/${KEY} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-oss-date: ${headers['x-oss-date']}\r\n` +
      `Authorization: ${authorization}\r\n\r\n`,
  )
  expect(Buffer.concat(await socket.toArray()).toString()).toContain('<Code>MissingContentLength</Code>')
})
