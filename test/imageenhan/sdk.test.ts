/** The official typed client, unchanged, against an emulator. */

import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import imageenhan, * as sdk from '@alicloud/imageenhan20190930'
import { Config } from '@alicloud/openapi-client'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { fileUrl, landscape, meanColour } from './support.js'

let emulator: Emulator
let client: InstanceType<typeof imageenhan.default>
let folder: string
const SCENE = fileUrl('scene.png')

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
  folder = await mkdtemp(join(tmpdir(), 'imageenhan-sdk-'))
  const file = join(folder, 'scene.png')
  writeFileSync(file, await landscape(500, 300))
  await emulator.cloud.account().putAssets([{ url: SCENE, file }])
  const { host } = new URL(emulator.url)
  // As it is imported by Node.js, and as by Vitest.
  const Client = ('default' in imageenhan ? imageenhan.default : imageenhan) as typeof imageenhan.default
  client = new Client(new Config({ ...emulator.cloud.account().credentials, endpoint: host, protocol: 'http' }))
})
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})

/** Downloads what an answer's URL leads to. */
async function fetched(url: string | undefined): Promise<Buffer> {
  const response = await fetch(url ?? '')
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

test('RecolorImage with a colour template', async () => {
  const colorTemplate = ['D01010', 'F04040'].map((color) => new sdk.RecolorImageRequestColorTemplate({ color }))
  const { statusCode, body } = await client.recolorImage(new sdk.RecolorImageRequest({ url: SCENE, mode: 'TEMPLATE', colorTemplate }))
  expect(statusCode).toBe(200)
  expect(body?.requestId).toMatch(/^[0-9A-F-]{36}$/)
  expect(body?.data?.imageList).toHaveLength(1)
  const image = await fetched(body?.data?.imageList?.[0])
  expect(await sharp(image).metadata()).toMatchObject({ format: 'png', width: 500, height: 300 })
  const [red, green, blue] = await meanColour(image)
  expect(red).toBeGreaterThan(2 * Math.max(green, blue))
})

test('ChangeImageSize', async () => {
  const { body } = await client.changeImageSize(new sdk.ChangeImageSizeRequest({ url: SCENE, width: 400, height: 400 }))
  expect(body?.data?.retainLocation?.toMap()).toEqual({ Width: 400, Height: 240, X: 0, Y: 80 })
  expect(await sharp(await fetched(body?.data?.url)).metadata()).toMatchObject({ format: 'png', width: 400, height: 400 })
})

test('ImageBlindCharacterWatermark: what is encoded is decoded', async () => {
  const text = '阿里云版权所有'
  const encoded = await client.imageBlindCharacterWatermark(
    new sdk.ImageBlindCharacterWatermarkRequest({
      functionType: 'encode_text_plus',
      text,
      originImageURL: SCENE,
      outputFileType: 'jpg',
      qualityFactor: 90,
    }),
  )
  const watermarkImageURL = encoded.body?.data?.watermarkImageURL
  expect(await sharp(await fetched(watermarkImageURL)).metadata()).toMatchObject({ format: 'jpeg', width: 500, height: 300 })
  const decoded = await client.imageBlindCharacterWatermark(
    new sdk.ImageBlindCharacterWatermarkRequest({ functionType: 'decode_text_plus', watermarkImageURL: watermarkImageURL as string }),
  )
  const { comments } = await sharp(await fetched(decoded.body?.data?.textImageURL)).metadata()
  expect(comments).toEqual([{ keyword: 'Description', text }])
})

test('RecolorHDImage, and its result when it is ready', async () => {
  const { body } = await client.recolorHDImage(new sdk.RecolorHDImageRequest({ url: SCENE, mode: 'AUTO', colorCount: 2, degree: '0.8' }))
  expect(body?.data).toBeUndefined()
  const request = new sdk.GetAsyncJobResultRequest({ jobId: body?.requestId as string })
  const poll = async () => (await client.getAsyncJobResult(request)).body?.data
  expect(await poll()).toMatchObject({ status: 'QUEUING', jobId: body?.requestId })
  await emulator.cloud.account().clock.advance('1s')
  expect(await poll()).toMatchObject({ status: 'PROCESSING' })
  await emulator.cloud.account().clock.advance('4s')
  const data = await poll()
  expect(data).toMatchObject({ status: 'PROCESS_SUCCESS' })
  const { ImageList } = JSON.parse(data?.result as string)
  expect(ImageList).toHaveLength(2)
  for (const url of ImageList) expect(await sharp(await fetched(url)).metadata()).toMatchObject({ format: 'jpeg', width: 500, height: 300 })
})

test('an error is thrown with its code', async () => {
  const call = client.assessExposure(new sdk.AssessExposureRequest({ imageURL: 'http://127.0.0.1/a.jpg' }))
  await expect(call).rejects.toMatchObject({ code: 'InvalidImage.Unsafe', statusCode: 400 })
})
