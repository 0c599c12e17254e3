/** GetOssStsToken, as older helper packages use it: a credential, then a PUT into the services' bucket. */

import OSS from 'ali-oss'
import { expect, onTestFinished, test } from 'vitest'
import { popCore, testEmulator } from '../support/sdk.js'

const BUCKET = 'viapi-customer-temp'

async function world() {
  const emulator = await testEmulator()
  onTestFinished(() => emulator.close())
  const { credentials: key } = emulator.cloud.account()
  const { Data } = await popCore({ url: emulator.url, key, version: '2020-04-01' }, 'POST')('GetOssStsToken')
  const oss = new OSS({
    accessKeyId: Data.AccessKeyId,
    accessKeySecret: Data.AccessKeySecret,
    stsToken: Data.SecurityToken,
    bucket: BUCKET,
    endpoint: emulator.url,
  })
  return { ...emulator, oss, videos: popCore({ url: emulator.url, key, version: '2020-03-20' }, 'POST') }
}

test('what GetOssStsToken lets a client put is the input of a vision service', async () => {
  const { oss, videos, cloud } = await world()
  await oss.put('key-id/film.mp4', Buffer.alloc(1000, 1))
  const url = `http://${BUCKET}.oss-cn-shanghai.aliyuncs.com/key-id/film.mp4`
  const { RequestId } = await videos('EraseVideoLogo', { VideoUrl: url })
  await cloud.account().clock.advance(5000)
  expect(cloud.account().jobs.get(RequestId)?.ending).toBe('succeeded')
})

test('it is of no use for anything else', async () => {
  const { oss, cloud } = await world()
  await oss.put('film.mp4', Buffer.alloc(10))
  await expect(oss.get('film.mp4')).rejects.toMatchObject({ status: 403 })
  await expect(oss.delete('film.mp4')).rejects.toMatchObject({ status: 403 })
  oss.useBucket('another-bucket')
  await cloud.account().turn.take(() => cloud.account().oss.createBucket('another-bucket', 'cn-shanghai'))
  await expect(oss.put('film.mp4', Buffer.alloc(10))).rejects.toMatchObject({ status: 403 })
})

test('keys of the account itself do not open the bucket', async () => {
  const { url, cloud } = await world()
  const oss = new OSS({ ...cloud.account().credentials, bucket: BUCKET, endpoint: url })
  await expect(oss.put('film.mp4', Buffer.alloc(10))).rejects.toMatchObject({ code: 'AccessDenied' })
})
