/** Faults on requests to OSS, as the official client shows them, through every door that it comes in by. */

import AliOss from 'ali-oss'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, FaultInput } from '../../src/index.js'
import { type Door, sdkDoors } from '../doors/doors.js'
import { BUCKET, bytes, type Client, md5, REGION } from '../oss/support.js'
import { impatience, served } from './support.js'

const FILE = bytes(300_000)
const PART = 102_400

/** A kind of fault: what the client reports of the request, and whether the file is there afterwards. */
interface Upload {
  fault: NonNullable<FaultInput['oss']>
  reports: object
  status: number
  stored: boolean
}

/** What comes of a broken connection: `TypeError` behind msw, `ResponseError` behind a socket. */
const BROKEN = { name: expect.stringMatching(/^(Type|Response)Error$/) }
const TIMED_OUT = { name: expect.stringMatching(/^(Response|Connection)TimeoutError$/) }

const uploads: readonly Upload[] = [
  { fault: { error: 'AccessDenied' }, reports: { code: 'AccessDenied', status: 403 }, status: 403, stored: false },
  {
    fault: { error: { code: 'InternalError', status: 503, message: 'Down.' } },
    reports: { code: 'InternalError', status: 503, message: 'Down.' },
    status: 503,
    stored: false,
  },
  { fault: { latency: '10m' }, reports: TIMED_OUT, status: 200, stored: true },
  { fault: { hang: true }, reports: TIMED_OUT, status: 0, stored: false },
  { fault: { reset: true }, reports: BROKEN, status: 0, stored: false },
  { fault: { reset: 'midBody' }, reports: BROKEN, status: 0, stored: false },
  { fault: { loseReply: true }, reports: BROKEN, status: 0, stored: true },
  { fault: { loseReply: { see: 'hang' } }, reports: TIMED_OUT, status: 0, stored: true },
  { fault: { loseReply: { see: { error: 'InternalError' } } }, reports: { code: 'InternalError' }, status: 500, stored: true },
]

describe.each(sdkDoors)('$door', ({ open }) => {
  let door: Door
  let account: Account

  const client = (options: object = {}): Client => {
    const url = door.endpoint('vod')
    return new AliOss({
      ...(url.startsWith('https') ? {} : { endpoint: url }),
      ...account.credentials,
      bucket: BUCKET,
      region: `oss-${REGION}`,
      timeout: 120_000,
      ...options,
    } as AliOss.Options)
  }

  /** Where the bucket is. */
  const place = (): string => {
    const url = door.endpoint('vod')
    return url.startsWith('https') ? `http://${BUCKET}.oss-${REGION}.aliyuncs.com` : `${url}/${BUCKET}`
  }

  /** A URL that anybody can download from. */
  const urlOf = (key: string): string =>
    `${place()}/${key}${new URL(client({ endpoint: 'http://oss-cn-shanghai.aliyuncs.com' }).signatureUrl(key)).search}`

  beforeEach(async () => {
    door = await open({ seed: 7, clock: 'manual' })
    account = door.cloud.account()
    account.oss.createBucket(BUCKET, REGION)
  })
  afterEach(() => door.close())

  const isThere = (key: string): boolean => account.oss.object(BUCKET, key) !== undefined

  it.each(uploads)('an upload meets $fault', async ({ fault, reports, status, stored }) => {
    const { id } = account.faults.add({ oss: { operation: 'PutObject', key: 'films/*', ...fault }, times: 1 })
    const patience = reports === TIMED_OUT ? { timeout: await impatience(door) } : {}
    await expect(client(patience).put('films/a.bin', FILE)).rejects.toMatchObject(reports)
    await served(account, 1)
    expect(account.log.all()).toMatchObject([{ action: 'PutObject', object: `${BUCKET}/films/a.bin`, status, faults: [id] }])
    expect(isThere('films/a.bin')).toBe(stored)
    expect(account.oss.storage.used).toBe(stored ? FILE.byteLength : 0)
    await client().put('films/a.bin', FILE)
    expect(isThere('films/a.bin')).toBe(true)
  })

  it.each<{ fault: NonNullable<FaultInput['oss']>; sees: string; reason: RegExp }>([
    { fault: { truncate: 20 }, sees: md5(FILE.subarray(0, 20)), reason: /^the body was cut to 20 of 300000 bytes$/ },
    { fault: { garble: true }, sees: md5(FILE.map((byte) => byte ^ 0xa5)), reason: /^the body was garbled$/ },
    { fault: { contentType: 'text/html' }, sees: md5(FILE), reason: /^the content type was application\/octet-stream$/ },
  ])('a download meets $fault', async ({ fault, sees, reason }) => {
    await client().put('a.bin', FILE)
    account.faults.add({ oss: { operation: 'GetObject', ...fault } })
    const response = await fetch(urlOf('a.bin'))
    expect(response.status).toBe(200)
    expect(response.headers.get('x-emulator-reason')).toMatch(reason)
    expect(md5(new Uint8Array(await response.arrayBuffer()))).toBe(sees)
  })

  it('a download breaks in the middle of its body', async () => {
    await client().put('a.bin', FILE)
    account.faults.add({ oss: { operation: 'GetObject', reset: 'midBody' } })
    const { headers, body } = await fetch(urlOf('a.bin'))
    expect(headers.get('content-length')).toBe('300000')
    let size = 0
    const reading = (async () => {
      for await (const piece of body as ReadableStream<Uint8Array>) size += piece.byteLength
    })()
    await expect(reading).rejects.toThrow(TypeError)
    expect(size).toBe(150_000)
  })

  it('the head of an object has no body to damage', async () => {
    await client().put('a.bin', FILE)
    account.faults.add({ oss: { operation: 'HeadObject', truncate: 20 } })
    const { res } = await client().head('a.bin')
    expect(res.headers).toMatchObject({
      'content-length': '300000',
      'x-emulator-fault': 'fault-1',
      'x-emulator-reason': 'there is no body to damage',
    })
  })

  it('a browser may read what marks the answer', async () => {
    await client().put('a.bin', FILE)
    account.faults.add({ oss: { latency: 1 } })
    const { headers } = await fetch(urlOf('a.bin'), { headers: { origin: 'http://localhost:3000' } })
    expect(headers.get('access-control-expose-headers')).toMatch(/x-emulator-fault/)
  })

  describe('one part of an upload', () => {
    const upload = (options: object = {}) => client(options).multipartUpload('m.bin', FILE, { partSize: PART, parallel: 1 })
    const calls = () => account.log.all().map(({ action, status, faults }) => [action, status, ...(faults ?? [])])

    it('is refused', async () => {
      account.faults.add({ oss: { operation: 'UploadPart', part: 2, error: 'InternalError' }, times: 1 })
      await expect(upload()).rejects.toMatchObject({ code: 'InternalError', status: 500 })
      expect(calls()).toEqual([
        ['InitiateMultipartUpload', 200],
        ['UploadPart', 200],
        ['UploadPart', 500, 'fault-1'],
      ])
    })

    it.each<{ effect: string; fault: NonNullable<FaultInput['oss']> }>([
      { effect: 'is lost on its way there', fault: { reset: true } },
      { effect: 'breaks off on its way there', fault: { reset: 'midBody' } },
      { effect: 'is stored, and its answer is lost', fault: { loseReply: true } },
    ])('$effect: the client sends it again by itself', async ({ fault }) => {
      account.faults.add({ oss: { operation: 'UploadPart', part: 2, ...fault }, times: 1 })
      await upload({ retryMax: 1 })
      expect(calls()).toEqual([
        ['InitiateMultipartUpload', 200],
        ['UploadPart', 200],
        ['UploadPart', 0, 'fault-1'],
        ['UploadPart', 200],
        ['UploadPart', 200],
        ['CompleteMultipartUpload', 200],
      ])
      const { content } = await client().get('m.bin')
      expect(md5(content)).toBe(md5(FILE))
    })

    it('is there after its answer was lost, and not after it broke off', async () => {
      const { uploadId } = await client().initMultipartUpload('m.bin')
      account.faults.addAll([
        { oss: { operation: 'UploadPart', part: 1, loseReply: true } },
        { oss: { operation: 'UploadPart', part: 2, reset: 'midBody' } },
      ])
      for (const number of [1, 2]) await expect(client().uploadPart('m.bin', uploadId, number, FILE, 0, PART)).rejects.toMatchObject(BROKEN)
      const { parts } = await client().listParts('m.bin', uploadId)
      expect([parts].flat().map(({ PartNumber }) => PartNumber)).toEqual(['1'])
    })
  })

  it('an upload begins twice, as when a proxy sends it again', async () => {
    account.faults.add({ oss: { operation: 'InitiateMultipartUpload', loseReply: { see: { error: 'InternalError' }, effects: 2 } } })
    await expect(client().initMultipartUpload('m.bin')).rejects.toMatchObject({ code: 'InternalError' })
    const { uploads: begun } = await client().listUploads({})
    expect(begun).toHaveLength(2)
  })

  it('a form is looked at once it has been read', async () => {
    account.faults.add({ oss: { operation: 'PostObject', key: 'films/*', error: 'QuotaExceeded' }, times: 1 })
    const post = (key: string): Promise<Response> => {
      const form = new FormData()
      const { policy, Signature } = client().calculatePostSignature({
        expiration: '2026-01-01T01:00:00.000Z',
        conditions: [{ bucket: BUCKET }],
      })
      for (const [name, value] of Object.entries({ key, OSSAccessKeyId: account.credentials.accessKeyId, policy, Signature }))
        form.append(name, value as string)
      form.append('file', new Blob([FILE]))
      return fetch(`${place()}/`, { method: 'POST', body: form })
    }
    expect((await post('texts/a.bin')).status).toBe(204)
    const refused = await post('films/a.bin')
    expect([refused.status, refused.headers.get('x-emulator-fault')]).toEqual([403, 'fault-1'])
    expect(await refused.text()).toContain('<Code>QuotaExceeded</Code>')
    expect(account.oss.storage.used).toBe(FILE.byteLength)
    expect((await post('films/a.bin')).status).toBe(204)
  })

  it('who signed a request is who it is from', async () => {
    account.ram.putUser('alice', { allow: ['*'] })
    const { accessKeyId, accessKeySecret } = account.ram.createAccessKey('alice')
    account.faults.add({ identity: 'alice', oss: { error: 'AccessDenied' } })
    await client().put('a.bin', FILE)
    await expect(client({ accessKeyId, accessKeySecret }).put('a.bin', FILE)).rejects.toMatchObject({ code: 'AccessDenied' })
  })
})
