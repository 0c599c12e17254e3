/** AuthorizeFileUpload, as the `…Advance` methods of the official clients use it to hand in local files. */

import { Readable } from 'node:stream'
import imageenhan, * as sdk from '@alicloud/imageenhan20190930'
import { Config } from '@alicloud/openapi-client'
import { RuntimeOptions } from '@alicloud/tea-util'
import { setupServer } from 'msw/node'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'
import { openApi, popCore, testEmulator } from '../support/sdk.js'

const picture = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#2060a0' } })
    .png()
    .toBuffer()

const Client = ('default' in imageenhan ? imageenhan.default : imageenhan) as typeof imageenhan.default

/** A cloud behind msw, and the official client of imageenhan, which knows nothing of that. */
function intercepted() {
  const cloud = createCloud({ clock: 'manual' })
  const server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => {
    server.close()
    cloud.dispose()
  })
  const { credentials } = cloud.account()
  return { client: new Client(new Config({ ...credentials, regionId: 'cn-shanghai', endpoint: 'imageenhan.cn-shanghai.aliyuncs.com' })) }
}

test('changeImageSizeAdvance hands in a local file, unchanged', async () => {
  const { client } = intercepted()
  const request = new sdk.ChangeImageSizeAdvanceRequest({ width: 200, height: 200, urlObject: Readable.from([await picture()]) })
  const { body } = await client.changeImageSizeAdvance(request, new RuntimeOptions({}) as never)
  expect(body?.data?.retainLocation?.toMap()).toEqual({ Width: 200, Height: 150, X: 0, Y: 25 })
})

/** An emulator over HTTP, and a form for one file of it. */
async function form(options: Parameters<typeof testEmulator>[0] = {}) {
  const emulator = await testEmulator(options)
  onTestFinished(() => emulator.close())
  const { credentials: key } = emulator.cloud.account()
  const call = popCore({ url: emulator.url, key, version: '2019-12-19' }, 'GET')
  const answer = await call('AuthorizeFileUpload', { Product: 'imageenhan', RegionId: 'cn-shanghai' })
  const images = openApi({ url: emulator.url, key, version: '2019-09-30' }, 'form')
  const post = async (bytes: Uint8Array, changes: Record<string, string> = {}) => {
    const fields = new FormData()
    const given = {
      OSSAccessKeyId: answer.AccessKeyId,
      policy: answer.EncodedPolicy,
      Signature: answer.Signature,
      key: answer.ObjectKey,
      success_action_status: '201',
      ...changes,
    }
    for (const [name, value] of Object.entries(given)) fields.append(name, value)
    fields.append('file', new Blob([Buffer.from(bytes)]), 'scene.png')
    // In the path, because names before "localhost" are not known everywhere.
    const response = await fetch(`${emulator.url}/${answer.Bucket}/`, { method: 'POST', body: fields })
    return { status: response.status, text: await response.text() }
  }
  const url = `http://${answer.Bucket}.${answer.Endpoint}/${answer.ObjectKey}`
  return { ...emulator, door: emulator.url, answer, images, post, url }
}

describe('AuthorizeFileUpload', () => {
  test('names a host of the emulator, and the file is an input for a day', async () => {
    const { answer, url, post, images, cloud } = await form()
    expect(answer).toMatchObject({
      Bucket: 'viapi-customer-temp',
      Endpoint: expect.stringMatching(/^localhost:\d+$/),
      UseAccelerate: false,
      RequestId: expect.any(String),
    })
    const codeOf = () =>
      images('AssessExposure', { ImageURL: url }).then(
        () => 'ok',
        ({ code }) => code,
      )
    expect(await codeOf()).toBe('InvalidImage.Download')
    expect((await post(await picture())).status).toBe(201)
    expect(await codeOf()).toBe('ok')
    await cloud.account().clock.advance('25h')
    expect(await codeOf()).toBe('InvalidImage.Download')
  })

  test('the bytes of the file are what counts', async () => {
    const { url, post, images } = await form()
    await post(Buffer.from('no picture'))
    await expect(images('AssessExposure', { ImageURL: url })).rejects.toMatchObject({ code: 'InvalidImage.Content' })
  })

  test.each([
    ['another key', { key: 'other' }, 'AccessDenied'],
    ['a signature that is none', { Signature: 'x' }, 'SignatureDoesNotMatch'],
  ])('a form with %s is refused', async (_what, changes, code) => {
    const { post } = await form()
    const { status, text } = await post(await picture(), changes)
    expect([status, text]).toEqual([403, expect.stringContaining(`<Code>${code}</Code>`)])
  })

  test('a form is of use for an hour', async () => {
    const { post, cloud } = await form()
    await cloud.account().clock.advance('1h')
    expect((await post(await picture())).status).toBe(403)
  })

  test('the file is that of the account that asked', async () => {
    const { cloud, door } = await form()
    const other = cloud.createAccount({ clock: 'manual' })
    const call = openApi({ url: door, key: other.credentials, version: '2019-12-19' }, 'query')
    const { Bucket, ObjectKey, EncodedPolicy, Signature, AccessKeyId } = await call('AuthorizeFileUpload', { Product: 'imageenhan' })
    const fields = new FormData()
    for (const [name, value] of Object.entries({ OSSAccessKeyId: AccessKeyId, policy: EncodedPolicy, Signature, key: ObjectKey }))
      fields.append(name, value)
    fields.append('file', new Blob([Buffer.from(await picture())]))
    expect((await fetch(`${door}/${Bucket}/`, { method: 'POST', body: fields })).status).toBe(204)
    expect([cloud.account().oss.object(Bucket, ObjectKey), other.oss.object(Bucket, ObjectKey)?.size]).toEqual([
      undefined,
      expect.any(Number),
    ])
  })
})
