/** Browsers: may a page of another origin upload, and read the answer? */

import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { domains } from '../vod/support.js'
import { BUCKET, bytes, ossEmulator } from './support.js'

const ORIGIN = 'https://app.example.com'

const preflight = (url: string, headers: Record<string, string>) => fetch(url, { method: 'OPTIONS', headers })

it('uploads under the name of the bucket before that of the emulator, which is what clients in a browser know', async () => {
  const { url, client, account } = await ossEmulator({ publicUrl: 'http://localhost:4010' })
  const oss = client()
  const headers: Record<string, string> = { 'x-oss-date': new Date().toUTCString() }
  const authorization = oss.authorization('PUT', `/${BUCKET}/films/1.mp4`, {}, headers)
  const put = (host: string) =>
    request(`${url}/films/1.mp4`, { method: 'PUT', headers: { ...headers, authorization, host, origin: ORIGIN }, body: bytes(10) })
  expect((await put(`${BUCKET}.localhost:4010`)).statusCode).toBe(200)
  expect(account.oss.object(BUCKET, 'films/1.mp4')?.size).toBe(10)
  const elsewhere = await put(`${BUCKET}.example.com:4010`)
  // There the path is all there is, and its first part stands for the bucket.
  expect([elsewhere.statusCode, await elsewhere.body.text()]).toEqual([403, expect.stringContaining('/films/1.mp4</StringToSign>')])
})

describe('a preflight request', () => {
  it.each([`/${BUCKET}/film.mp4`, `/${BUCKET}/`, '/no-such-bucket/film.mp4'])('is granted without a signature: %s', async (path) => {
    const { url } = await ossEmulator()
    const answer = await preflight(url + path, {
      origin: ORIGIN,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type,x-oss-date,x-oss-security-token,x-oss-user-agent',
    })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    const { 'access-control-allow-methods': methods, ...headers } = Object.fromEntries(answer.headers)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,content-type,x-oss-date,x-oss-security-token,x-oss-user-agent',
    })
    expect(methods?.split(', ')).toEqual(expect.arrayContaining(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']))
  })

  it.each([
    { missing: 'origin', headers: { 'access-control-request-method': 'PUT' } },
    { missing: 'access-control-request-method', headers: { origin: ORIGIN } },
  ])('needs $missing', async ({ missing, headers }) => {
    const { url } = await ossEmulator()
    const answer = await preflight(`${url}/${BUCKET}/film.mp4`, headers as never)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`<Code>InvalidArgument</Code>`)
    expect(answer.headers.get('x-emulator-reason')).toContain(missing)
  })

  it('is granted for what is played through a domain', async () => {
    const { url } = await ossEmulator({ settings: { vod: { domains } } })
    const answer = await preflight(`${url}/vod.example.com/film.m3u8`, { origin: ORIGIN, 'access-control-request-method': 'GET' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  })
})

describe('an answer', () => {
  it('can be read by a page of another origin, ETag included', async () => {
    const { url, client } = await ossEmulator()
    await client().put('film.mp4', bytes(10))
    const signed = client({ inPath: true }).signatureUrl('film.mp4').replace('localhost', '127.0.0.1')
    expect(signed).toContain(url)
    const { status, headers } = await fetch(signed, { headers: { origin: ORIGIN } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(expect.arrayContaining(['etag', 'x-oss-request-id']))
  })

  it('can be read by it if it is a refusal', async () => {
    const { url } = await ossEmulator()
    const { status, headers } = await fetch(`${url}/${BUCKET}/film.mp4`, { headers: { origin: ORIGIN } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, '*'])
  })

  it('says nothing of origins to who has none', async () => {
    const { client } = await ossEmulator()
    const { res } = await client().put('film.mp4', bytes(10))
    expect(Object.keys(res.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
