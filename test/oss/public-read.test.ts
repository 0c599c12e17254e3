import { expect, test } from 'vitest'
import { BUCKET, ossEmulator, request } from './support.js'

const PUBLIC = { headers: { 'x-oss-object-acl': 'public-read' } }
const CONTENT = Buffer.from('for everybody')

/** An emulator, and requests to its bucket that nobody has signed. */
async function world() {
  const made = await ossEmulator()
  const unsigned = (method: string, key: string) =>
    fetch(`${made.url}/${BUCKET}/${key}`, { method, ...(method === 'PUT' && { body: 'x' }) })
  return { ...made, unsigned, oss: made.client() }
}

test('an object with the ACL public-read can be read without a signature', async () => {
  const { oss, unsigned } = await world()
  await oss.put('open.txt', CONTENT, PUBLIC)
  expect(await (await unsigned('GET', 'open.txt')).text()).toBe('for everybody')
  const head = await unsigned('HEAD', 'open.txt')
  expect([head.status, head.headers.get('content-length'), head.headers.get('x-oss-object-acl')]).toEqual([200, '13', null])
})

test('so can one that came in parts', async () => {
  const { oss, unsigned } = await world()
  const { uploadId } = await oss.initMultipartUpload('parts.txt', PUBLIC)
  const { etag } = await oss.uploadPart('parts.txt', uploadId, 1, CONTENT, 0, CONTENT.length)
  await oss.completeMultipartUpload('parts.txt', uploadId, [{ number: 1, etag }])
  expect(await (await unsigned('GET', 'parts.txt')).text()).toBe('for everybody')
})

test('so can one that was appended to', async () => {
  const { oss, unsigned } = await world()
  const { nextAppendPosition } = await oss.append('log.txt', CONTENT, PUBLIC)
  await oss.append('log.txt', Buffer.from('!'), { position: nextAppendPosition })
  expect(await (await unsigned('GET', 'log.txt')).text()).toBe('for everybody!')
})

test.each(['PUT', 'DELETE'])('%s without a signature is refused even so', async (method) => {
  const { oss, unsigned } = await world()
  await oss.put('open.txt', CONTENT, PUBLIC)
  expect((await unsigned(method, 'open.txt')).status).toBe(403)
  expect((await oss.get('open.txt')).content).toEqual(CONTENT)
})

test.each([undefined, 'private', 'default'])('with the ACL %s it is private', async (acl) => {
  const { oss, unsigned } = await world()
  await oss.put('closed.txt', CONTENT, acl === undefined ? {} : { headers: { 'x-oss-object-acl': acl } })
  expect((await unsigned('GET', 'closed.txt')).status).toBe(403)
})

test('written anew without the ACL, an object is private again', async () => {
  const { oss, unsigned } = await world()
  await oss.put('open.txt', CONTENT, PUBLIC)
  await oss.put('open.txt', CONTENT)
  expect((await unsigned('GET', 'open.txt')).status).toBe(403)
})

test('objects that anybody can change are not there', async () => {
  const { oss } = await world()
  const headers = { 'x-oss-object-acl': 'public-read-write' }
  await expect(request(oss, 'PUT', 'open.txt', { headers, content: CONTENT })).rejects.toMatchObject({
    code: 'NotImplemented',
    status: 501,
  })
})
