/** Objects beside the control API: those whose names begin as its paths do, and those with scripts in them. */

import AliOss from 'ali-oss'
import { describe, expect, test } from 'vitest'
import { testEmulator } from '../support/sdk.js'
import { send } from '../support/socket.js'

const BUCKET = 'test-uploads'

/** An emulator with a bucket, and requests to it with a signature in the URL: to the bucket's own host, or with the bucket in the path. */
async function world(publicUrl?: string) {
  const emulator = await testEmulator(publicUrl === undefined ? {} : { publicUrl })
  const { oss, credentials } = emulator.cloud.account()
  oss.createBucket(BUCKET, 'cn-shanghai')
  const signer = new AliOss({ region: 'oss-cn-shanghai', bucket: BUCKET, ...credentials })
  const request = (
    method: 'GET' | 'PUT',
    key: string,
    { host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`, inPath = false, headers = {}, body = '' } = {},
  ) => {
    const type = (headers as Record<string, string>)['content-type']
    const { pathname, search } = new URL(signer.signatureUrl(key, { method, ...(type !== undefined && { 'Content-Type': type }) }))
    return send(emulator.url, {
      method,
      target: `${inPath ? `/${BUCKET}` : ''}${pathname}${search}`,
      headers: { host: inPath ? '127.0.0.1' : host, ...headers },
      body,
    })
  }
  return { ...emulator, request }
}

describe('under the host of a bucket', () => {
  test.each(['_emulator/reset', '_emulator/clock/advance', '_emulator', '_emulator/not/there', '_emulator/a b'])(
    '%s is the name of an object',
    async (key) => {
      const { request, control, close } = await world()
      try {
        await control('PUT', '/assets', { url: 'http://a.oss-cn-shanghai.aliyuncs.com/a.mp4' })
        expect((await request('PUT', key, { body: 'content' })).status).toBe(200)
        expect(await request('GET', key)).toMatchObject({ status: 200, body: 'content' })
        expect((await control('GET', '/assets')).body).toHaveLength(1)
      } finally {
        await close()
      }
    },
  )

  test('so it is where the bucket stands before the host of the public URL', async () => {
    const { request, close } = await world('http://localhost:4010')
    try {
      const host = `${BUCKET}.localhost:4010`
      expect((await request('PUT', '_emulator/reset', { host, body: 'content' })).status).toBe(200)
      expect(await request('GET', '_emulator/reset', { host })).toMatchObject({ status: 200, body: 'content' })
    } finally {
      await close()
    }
  })

  test('a path with broken escapes is none', async () => {
    const { url, close } = await world()
    try {
      const { head } = await send(url, { target: '/_emulator/%zz', headers: { host: `${BUCKET}.oss-cn-shanghai.aliyuncs.com` } })
      expect(head.toLowerCase()).toContain('server: aliyunoss')
    } finally {
      await close()
    }
  })
})

describe('an object that is a page with scripts', () => {
  const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

  test.each([
    'text/html',
    'image/svg+xml',
    'image/SVG+xml',
    'video/film+xml',
    'image/png, text/html',
    'image/png;x=y, text/html',
    'application/xml',
    'application/octet-stream',
  ])('of type %s has no part in the origin of the control API', async (type) => {
    const { request, close } = await world()
    try {
      await request('PUT', 'page', { inPath: true, headers: { 'content-type': type }, body: '<script>' })
      const { status, head } = await request('GET', 'page', { inPath: true, headers: BROWSER })
      expect(status).toBe(200)
      expect(head).toMatch(/^content-security-policy: sandbox (?!.*allow-same-origin)/m)
    } finally {
      await close()
    }
  })

  test.each(['document', 'iframe', 'object', 'embed'])('nor has one that a browser opens as %s, whatever it accepts', async (dest) => {
    const { request, close } = await world()
    try {
      await request('PUT', 'page', { inPath: true, headers: { 'content-type': 'text/html' }, body: '<script>' })
      const { head } = await request('GET', 'page', { inPath: true, headers: { accept: '*/*', 'sec-fetch-dest': dest } })
      expect(head).toMatch(/^content-security-policy: sandbox /m)
    } finally {
      await close()
    }
  })

  test.each(['video/mp4', 'image/png', 'image/vnd.microsoft.icon', 'audio/mp4; codecs="mp4a.40.2"', 'application/pdf'])(
    'of type %s is what the services would send',
    async (type) => {
      const { request, close } = await world()
      try {
        await request('PUT', 'film', { inPath: true, headers: { 'content-type': type }, body: 'film' })
        expect((await request('GET', 'film', { inPath: true, headers: BROWSER })).head).not.toContain('content-security-policy')
      } finally {
        await close()
      }
    },
  )

  test('is what the services would send to whoever is no browser that opens it', async () => {
    const { request, close } = await world()
    try {
      await request('PUT', 'page', { inPath: true, headers: { 'content-type': 'text/html' }, body: '<script>' })
      const { head } = await request('GET', 'page', { inPath: true, headers: { accept: '*/*' } })
      expect(head).not.toContain('content-security-policy')
      // A browser that has it in its cache does not open it from there.
      expect(head).toMatch(/^vary: Accept, Sec-Fetch-Dest$/m)
    } finally {
      await close()
    }
  })
})
