/** Signature V2: `OSS2` in the Authorization header or in the URL, as the helper package of the vision services signs, and Python's oss2 if it is told to. */

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BUCKET, ossEmulator, request } from './support.js'

const KEY = "film/a+b !'()*~ ü.mp4"

/** Percent-encoding of everything but letters, digits and `-_.~`. */
const encode = (text: string) =>
  [...Buffer.from(text)].map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hex(byte))).join('')
const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

const base64 = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64')

interface Sent {
  method?: string
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Headers that are signed in addition, as they are named. */
  additional?: string[]
  body?: string
  /** How the resource is encoded before it is signed. */
  resource?: (path: string) => string
}

async function world() {
  const emulator = await ossEmulator()
  const { account, url } = emulator
  await account.turn.take(() => account.oss.putObject(BUCKET, KEY, Buffer.from('content')))
  const { accessKeyId, accessKeySecret } = account.credentials
  const addressOf = (key: string, query: [string, string][]) =>
    `${url}/${BUCKET}/${key.split('/').map(encode).join('/')}?${query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`

  const textOf = (
    date: string,
    { method = 'GET', key = KEY, headers = {}, additional = [], resource = encode }: Sent,
    query: [string, string][],
  ) => {
    const signed = Object.entries(headers).filter(([name]) => name.startsWith('x-oss-') || additional.includes(name))
    const search = query
      .map(([name, value]) => (value === '' ? encode(name) : `${encode(name)}=${encode(value)}`))
      .sort()
      .join('&')
    return [
      method,
      headers['content-md5'] ?? '',
      headers['content-type'] ?? '',
      date,
      ...signed.map(([name, value]) => `${name}:${value}`).sort(),
      [...additional].sort().join(';'),
      resource(`/${BUCKET}/${key}`) + (search && `?${search}`),
    ].join('\n')
  }
  const replyOf = async (response: Response) => ({
    status: response.status,
    text: await response.text(),
    reason: decodeURIComponent(response.headers.get('x-emulator-reason') ?? ''),
  })
  const inHeader = async (sent: Sent = {}, secret = accessKeySecret, id = accessKeyId) => {
    const { method = 'GET', key = KEY, query = {}, headers = {}, additional = [], body } = sent
    const date = new Date().toUTCString()
    const pairs = Object.entries(query)
    const names = additional.length > 0 ? `AdditionalHeaders:${additional.join(';')},` : ''
    const authorization = `OSS2 AccessKeyId:${id},${names}Signature:${base64(secret, textOf(date, sent, pairs))}`
    return replyOf(
      await fetch(addressOf(key, pairs), { method, headers: { ...headers, date, authorization }, ...(body !== undefined && { body }) }),
    )
  }
  const signedUrl = (expires: number, query: Record<string, string> = {}) => {
    const pairs = Object.entries({
      ...query,
      'x-oss-signature-version': 'OSS2',
      'x-oss-expires': String(expires),
      'x-oss-access-key-id': accessKeyId,
    })
    return addressOf(KEY, [...pairs, ['x-oss-signature', base64(accessKeySecret, textOf(String(expires), {}, pairs))]])
  }
  const inUrl = async (address: string) => replyOf(await fetch(address))
  return { ...emulator, inHeader, signedUrl, inUrl }
}

test('an object is read, with a query that is signed as a whole', async () => {
  const { inHeader } = await world()
  expect(await inHeader({ query: { 'response-content-type': 'text/x +', unknown: 'a/b' } })).toMatchObject({ status: 200, text: 'content' })
})

test('an object is put, with headers that are signed in addition', async () => {
  const { inHeader, account } = await world()
  const headers = { 'content-type': 'video/mp4', 'x-oss-meta-author': 'ann', 'cache-control': 'no-cache' }
  const reply = await inHeader({ method: 'PUT', key: 'new', headers, additional: ['cache-control'], body: 'x' })
  expect([reply.status, account.oss.object(BUCKET, 'new')?.contentType]).toEqual([200, 'video/mp4'])
})

test('a bucket is listed', async () => {
  const { inHeader } = await world()
  expect((await inHeader({ key: '', query: { prefix: 'film/', 'max-keys': '1' } })).text).toContain('<Key>film/a+b')
})

describe('what is refused', () => {
  test.each<[string, Sent, number, string, string]>([
    ['a header that is named and not sent', { additional: ['range'] }, 400, 'InvalidArgument', 'names range, which is not sent'],
    ['slashes as they are', { resource: (path) => path.split('/').map(encode).join('/') }, 403, 'SignatureDoesNotMatch', 'slashes'],
    ['encodeURIComponent', { resource: encodeURIComponent }, 403, 'SignatureDoesNotMatch', "!'()*"],
  ])('%s', async (_what, sent, status, code, reason) => {
    const reply = await (await world()).inHeader(sent)
    expect(reply).toMatchObject({ status, text: expect.stringContaining(`<Code>${code}</Code>`), reason: expect.stringContaining(reason) })
  })

  test('another secret, and a key that nobody has', async () => {
    const { inHeader } = await world()
    expect((await inHeader({}, 'another')).text).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect((await inHeader({}, 'another', 'nobody')).text).toContain('<Code>InvalidAccessKeyId</Code>')
  })

  test.each(['OSS2 ', 'OSS2 AccessKeyId:a', 'OSS2 Signature:b', 'OSS2 a,b:c,:,'])('the header %j', async (authorization) => {
    const { client } = await world()
    const headers = { authorization, date: new Date().toUTCString() }
    const plain = client()
    plain.authorization = () => authorization
    await expect(request(plain, 'GET', KEY, { headers })).rejects.toMatchObject({ code: 'InvalidArgument', status: 400 })
  })
})

test('a signed URL is good until it expires on the clock of the account', async () => {
  const { signedUrl, inUrl, account } = await world()
  const address = signedUrl(account.clock.now() / 1000 + 60, { 'response-content-disposition': 'attachment; filename="ü"' })
  expect(await inUrl(address)).toMatchObject({ status: 200, text: 'content' })
  expect((await inUrl(address.replace('attachment', 'inline'))).text).toContain('<Code>SignatureDoesNotMatch</Code>')
  await account.clock.advance(60_000)
  expect(await inUrl(address)).toMatchObject({ status: 403, reason: expect.stringContaining('expired') })
})

test.each(['x-oss-expires', 'x-oss-access-key-id', 'x-oss-signature'])('a signed URL without %s is refused', async (name) => {
  const { signedUrl, inUrl, account } = await world()
  const address = new URL(signedUrl(account.clock.now() / 1000 + 60))
  address.searchParams.delete(name)
  expect((await inUrl(address.href)).status).toBe(400)
})
