/** The vitest fixtures, used as their readers would use them. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import RPCClient from '@alicloud/pop-core'
import { HttpResponse, http } from 'msw'
import { describe } from 'vitest'
import type { Account } from '../../src/index.js'
import { emulatorTest } from '../../src/vitest.js'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, type SdkTarget, sdks } from '../support/sdk.js'

const unhandled: string[] = []

const test = emulatorTest({
  seed: 7,
  handlers: [http.get('https://captions.test/', () => HttpResponse.text('none yet'))],
  onUnhandledRequest: ({ url }) => void unhandled.push(url),
})

test('a video is segmented in five seconds', async ({ account, clock, expect }) => {
  const client = new RPCClient({ endpoint: 'https://videoseg.cn-shanghai.aliyuncs.com', apiVersion: '2020-03-20', ...account.credentials })
  const { RequestId: JobId } = await client.request<{ RequestId: string }>('SegmentVideoBody', { VideoUrl: VIDEO_URL })

  await clock.advance('5s')

  const { Data } = await client.request<{ Data: { Status: string; Result: string } }>('GetAsyncJobResult', { JobId })
  expect(Data.Status).toBe('PROCESS_SUCCESS')
  expect((await fetch(JSON.parse(Data.Result).VideoUrl)).headers.get('content-type')).toBe('video/mp4')
})

/** How an SDK reaches the production endpoint with a test's own key. */
const production = ({ credentials }: Account): SdkTarget => ({
  url: 'https://videoseg.cn-shanghai.aliyuncs.com',
  version: '2020-03-20',
  key: credentials,
})

describe.concurrent('tests that run at the same time', () => {
  test.for(
    sdks.flatMap((sdk) => [
      { sdk, name: sdk.name, after: '500ms', status: 'QUEUING' },
      { sdk, name: sdk.name, after: '2s', status: 'PROCESSING' },
      { sdk, name: sdk.name, after: '1m', status: 'PROCESS_SUCCESS' },
    ]),
  )('have a clock each ($name, $after)', async ({ sdk, after, status }, { account, clock, expect }) => {
    const call = sdk.connect(production(account))
    const { RequestId: JobId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await clock.advance(after)
    expect((await call('GetAsyncJobResult', { JobId })).Data.Status).toBe(status)
  })
})

test('the clock goes to a time', async ({ account, clock, expect }) => {
  await popCore(production(account), 'GET')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  const fired = await clock.advanceTo('2026-01-01T00:00:05Z')
  expect(fired.map(({ at }) => at)).toEqual(['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:05.000Z'])
  expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:05Z'))
})

test('the clock refuses what is no duration', async ({ clock, expect }) => {
  await expect(clock.advance('soon')).rejects.toThrow('is not a length of time')
})

const accountIds = new Set<string>()
test.for(['first', 'second'])('the %s test has an account of its own', (_, { account, expect }) => {
  expect(accountIds).not.toContain(account.accountId)
  accountIds.add(account.accountId)
})

const requestIds = new Set<string>()
test.for([1, 2])('ids of answers depend on the name of the test', async (_, { account, expect }) => {
  const { RequestId } = await popCore(production(account), 'GET')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  requestIds.add(RequestId)
  expect(requestIds.size).toBe(1)
})

test('hosts of other services have the handlers that the options name', async ({ expect }) => {
  expect(await (await fetch('https://captions.test/')).text()).toBe('none yet')
})

test.for(['first', 'second'])('a handler that a test adds ends with it (%s)', async (name, { server, expect }) => {
  expect(await (await fetch('https://captions.test/')).text()).toBe('none yet')
  server.use(http.get('https://captions.test/', () => HttpResponse.text(name)))
  expect(await (await fetch('https://captions.test/')).text()).toBe(name)
})

test('hosts that have no handler are the concern of onUnhandledRequest', async ({ expect, onTestFinished }) => {
  const server = createServer((_, response) => response.end('real')).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  expect(await (await fetch(url)).text()).toBe('real')
  expect(unhandled).toContain(url)
})
