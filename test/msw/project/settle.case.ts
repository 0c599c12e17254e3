import { sign } from '../../../src/signing/sign.js'
import { emulatorTest } from '../../../src/vitest.js'
import { ENDPOINT } from './fixtures.js'

const test = emulatorTest({ settle: { ignore: ['unknownParams'] } })

async function segment({ credentials: key }: { credentials: Parameters<typeof sign>[1]['key'] }): Promise<void> {
  const { host } = new URL(ENDPOINT)
  const params = { VideoUrl: 'http://bucket.oss-cn-shanghai.aliyuncs.com/video.mp4', Extra: '1' }
  const { headers, body } = sign('rpc', { host, action: 'SegmentVideoBody', version: '2020-03-20', params, key })
  await fetch(ENDPOINT, { method: 'POST', headers: headers as Record<string, string>, body })
}

test('a job is waited for', async ({ account, clock }) => {
  await segment(account)
  await clock.advance('5s')
})

test('a job is left alone', async ({ account }) => {
  await segment(account)
})

test('a job is left alone by a test that fails by itself', async ({ account, expect }) => {
  await segment(account)
  expect('one reason').toBe('another')
})

let tries = 0
test('a job is left alone by the first try only', { retry: 1 }, async ({ account, clock }) => {
  await segment(account)
  if (++tries > 1) await clock.advance('5s')
})
