/** Which requests msw hands to the cloud, and which it leaves alone. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, it } from 'vitest'
import { createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'

const cloud = createCloud()
const handlers = mswHandlers(cloud)

const endpoints = [...cloud.catalogue.services.values()].flatMap(({ name, regions }) => [
  `${name}.aliyuncs.com`,
  ...regions.flatMap((region) => [`${name}.${region}.aliyuncs.com`, `${name}-vpc.${region}.aliyuncs.com`]),
])

describe.each(['https', 'http'])('%s', (protocol) => {
  it.each(endpoints)('%s is a service', async (host) => {
    const response = await getResponse(handlers, new Request(`${protocol}://${host}/?Action=NoSuchAction&Version=2020-03-20`))
    expect(response?.status).toBe(404)
    expect(await response?.text()).toContain('InvalidAction.NotFound')
  })

  it.each([
    'bucket.oss-cn-shanghai.aliyuncs.com',
    'bucket.oss-cn-shanghai-internal.aliyuncs.com',
    'bucket.oss-accelerate.aliyuncs.com',
    'outin-0123456789ab.oss-eu-central-1.aliyuncs.com',
  ])('%s is a bucket', async (host) => {
    const response = await getResponse(handlers, new Request(`${protocol}://${host}/object.mp4`))
    expect(response?.status).toBe(404)
    expect(await response?.text()).toContain('NoSuchBucket')
  })

  it.each([
    ['videosge.cn-shanghai.aliyuncs.com', /^videosge\.cn-shanghai\.aliyuncs\.com is not emulated; did you mean "videoseg"\? /],
    ['ecs.cn-shanghai.aliyuncs.com', /^ecs\.cn-shanghai\.aliyuncs\.com is not emulated\. /],
    ['sts.aliyuncs.com', /^sts\.aliyuncs\.com is not emulated\. /],
    ['aliyuncs.com', /^aliyuncs\.com is not emulated\. /],
  ])('%s is refused', async (host, message) => {
    const request = new Request(`${protocol}://${host}/?Action=SegmentVideoBody`)
    const response = await getResponse(handlers, request)
    expect(await response?.json()).toEqual({ Code: 'HostNotEmulated', Message: expect.stringMatching(message) })
    expect(response?.status).toBe(404)
    expect(await getResponse(mswHandlers(cloud, { passThrough: true }), request)).toBeUndefined()
  })

  it('hosts that are named pass, and no others', async () => {
    const some = mswHandlers(cloud, { passThrough: ['STS.aliyuncs.com', '*.log.aliyuncs.com'] })
    const answered = async (host: string) => (await getResponse(some, new Request(`${protocol}://${host}/`)))?.status
    expect(await answered('sts.aliyuncs.com')).toBeUndefined()
    expect(await answered('mine.cn-shanghai.log.aliyuncs.com')).toBeUndefined()
    expect(await answered('ecs.aliyuncs.com')).toBe(404)
    expect(await answered('videoseg.cn-shanghai.aliyuncs.com')).toBe(400)
  })

  it.each([
    'videoseg.cn-shanghai.aliyuncs.com.example.com',
    'videoseg.example.com',
    'example.com',
    // An emulator may listen here.
    'videoseg.localhost:4010',
    '127.0.0.1:4010',
  ])('%s is left alone', async (host) => {
    expect(await getResponse(handlers, new Request(`${protocol}://${host}/?Action=SegmentVideoBody`))).toBeUndefined()
  })
})

it('takes a host written in capitals and with a port', async () => {
  const response = await getResponse(handlers, new Request('https://VideoSeg.cn-shanghai.aliyuncs.com:8443/'))
  expect(response?.status).toBe(400)
})

it('lets a request to another server through', async () => {
  const server = createServer((request, response) => response.end(`${request.method} ${request.url}`)).listen(0, '127.0.0.1')
  const network = setupServer(...handlers)
  network.listen({ onUnhandledRequest: 'bypass' })
  try {
    await new Promise((resolve) => server.once('listening', resolve))
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?Action=SegmentVideoBody`)
    expect(await response.text()).toBe('GET /?Action=SegmentVideoBody')
  } finally {
    network.close()
    server.close()
  }
})
