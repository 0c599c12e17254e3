/** What arrives at the cloud of a request that msw has intercepted: everything, as it was sent. */

import https from 'node:https'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Call, createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'

const HOST = 'videoseg.cn-shanghai.aliyuncs.com'
const FORM = 'application/x-www-form-urlencoded'

let calls: Call[]
let server: ReturnType<typeof setupServer>

beforeEach(() => {
  calls = []
  const cloud = createCloud()
  const { handle } = cloud
  cloud.handle = (call) => {
    calls.push(call)
    return handle(call)
  }
  server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
})
afterEach(() => server.close())

/** A request with `node:https`, as the SDKs make it; `write` sends the body. */
const request = (options: https.RequestOptions, write: (request: ReturnType<typeof https.request>) => void): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = https.request({ host: HOST, ...options }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject)
    write(sent)
  })

it('keeps the query of node:https as it is encoded', async () => {
  await request({ path: '/?b=%2f%2F+%20~*()&a&a=&%61=1;2' }, (sent) => sent.end())
  expect(calls).toMatchObject([{ method: 'GET', host: HOST, path: '/', query: 'b=%2f%2F+%20~*()&a&a=&%61=1;2' }])
})

it('keeps the query of fetch as it is encoded', async () => {
  await fetch(`https://${HOST}/?b=%2f%2F+%20~*()&a&a=&%61=1;2`)
  expect(calls).toMatchObject([{ method: 'GET', host: HOST, path: '/', query: 'b=%2f%2F+%20~*()&a&a=&%61=1;2', headers: { host: HOST } }])
})

it('keeps headers, the Host header among them', async () => {
  const headers = { Host: 'videoseg-vpc.cn-shanghai.aliyuncs.com', 'X-Acs-Action': 'A', Authorization: 'ACS3-HMAC-SHA256 a=b,c=d' }
  await request({ headers }, (sent) => sent.end())
  expect(calls).toMatchObject([
    {
      host: 'videoseg-vpc.cn-shanghai.aliyuncs.com',
      headers: {
        host: 'videoseg-vpc.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'A',
        authorization: 'ACS3-HMAC-SHA256 a=b,c=d',
      },
    },
  ])
})

it('puts the chunks of a body together', async () => {
  await request({ method: 'POST', headers: { 'content-type': FORM } }, (sent) => {
    sent.write('Action=Segment')
    setImmediate(() => sent.end(Buffer.from([0x26, 0xff, 0x00, 0x0d, 0x0a])))
  })
  expect(Buffer.from(calls[0]?.body ?? []).toString('latin1')).toBe('Action=Segment&\xff\0\r\n')
})

it('takes a streamed body of fetch', async () => {
  const body = new Blob(['Action=', 'Segment']).stream()
  await fetch(`https://${HOST}/`, { method: 'POST', body, headers: { 'content-type': FORM }, duplex: 'half' })
  expect(String(Buffer.from(calls[0]?.body ?? []))).toBe('Action=Segment')
})

it('takes a body that is announced with Expect', async () => {
  await request({ method: 'POST', headers: { 'content-type': FORM, expect: '100-continue' } }, (sent) => sent.end('Action=Segment'))
  expect(String(Buffer.from(calls[0]?.body ?? []))).toBe('Action=Segment')
})

it('serves one call after the other through an agent that keeps a single connection', async () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
  const statuses = await Promise.all(['a', 'b', 'c'].map((name) => request({ agent, path: `/?${name}` }, (sent) => sent.end())))
  agent.destroy()
  expect(statuses).toEqual([400, 400, 400])
  expect(calls.map(({ query }) => query).sort()).toEqual(['a', 'b', 'c'])
})
