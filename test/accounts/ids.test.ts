import { expect, test } from 'vitest'
import { testCloud } from '../support/cloud.js'

test('what a seed gives stays as it is: worlds, recordings and contracts hold it', async () => {
  const { call, account } = testCloud({ seed: 'a seed' })
  const { body } = await call('vod.CreateUploadVideo', { Title: 'Film', FileName: 'film.mp4' })
  const { AccessKeyId, AccessKeySecret, SecurityToken } = JSON.parse(Buffer.from(body.UploadAuth, 'base64').toString())
  expect(body).toMatchObject({ RequestId: '1F39EB1F-B35B-427F-9C19-3417C2257C5D', VideoId: '516276d098abfe2635a5af4155423491' })
  expect(AccessKeyId).toBe('STS.bSXlHodMOqdPFW8c57sMJ7WFm')
  expect(AccessKeySecret).toBe('zJdy2FcZ2J18KJinhNG1xheTrGUli4Y0BACghzCpUGsT')
  expect(SecurityToken).toBe(
    'CAISwHqGTv4zfFL3ZnSCXQzWpavJuipT1HNUU2oZctQv61vk4Uux9UUdpIByKHhr8ur5KyLCgRJam5f0T9M98qBdhMjuKJHYpvmCzoAvO11R9LUWHAo2mi2FC3XGzR6DQHEW',
  )
  expect(account.events.list()[0]?.id).toBe('A8E00C09-4650-4C3B-A806-8CBE40181707')
})
