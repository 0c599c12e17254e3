import { sign } from '../../../src/signing/sign.js'
import { ENDPOINT, test } from './fixtures.js'

test('a test fails after a call was refused', async ({ account, expect }) => {
  const { host } = new URL(ENDPOINT)
  const params = { VideoUrl: 'http://bucket.oss-cn-beijing.aliyuncs.com/video.mp4' }
  const call = sign('rpc', { host, action: 'SegmentVideoBody', version: '2020-03-20', params, key: account.credentials })
  const { headers, body } = call
  const response = await fetch(ENDPOINT, { method: 'POST', headers: headers as Record<string, string>, body })
  expect(response.status).toBe(200)
})
