/** The examples of docs/client.md: each runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { CallError, createClient, createControl, sign, waitForJob } from '../../src/client/index.js'
import { createCloud } from '../../src/index.js'

const VideoUrl = 'http://my-bucket.oss-cn-shanghai.aliyuncs.com/holiday.mp4'

it('runs a job against an emulator', async () => {
  const emulator = await startEmulator({ port: 0, clock: 'manual' })
  const endpoint = emulator.url
  try {
    const control = createControl({ endpoint })
    const account = await control.createAccount()
    const client = createClient(account)
    const { clock } = createControl(account)

    const { RequestId } = await client.videoseg.SegmentVideoBody({ VideoUrl })
    const result = await waitForJob<{ VideoUrl: string }>(client.videoseg, RequestId, { advance: clock.advance })
    const mask = await fetch(result.VideoUrl)
    expect(mask.headers.get('content-type')).toBe('video/mp4')

    await control.disposeAccount(account)
    await expect(client.videoseg.SegmentVideoBody({ VideoUrl })).rejects.toThrow(CallError)
  } finally {
    await emulator.close()
  }
})

it('runs without a network', async () => {
  const cloud = createCloud({ clock: 'manual' })
  const account = cloud.createAccount()
  const client = createClient({ cloud, ...account.credentials })
  const advance = (milliseconds: number) => account.clock.advance(milliseconds)

  const { RequestId } = await client.videorecog.DetectVideoShot({ VideoUrl })
  const { ShotFrameIds } = await waitForJob<{ ShotFrameIds: number[] }>(client.videorecog, RequestId, { advance })
  expect(ShotFrameIds[0]).toBe(0)
})

it('shows an error', async () => {
  const client = createClient({ cloud: createCloud(), accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' })
  const told: string[] = []
  const console = { error: (...words: string[]) => told.push(words.join(' ')) }

  try {
    await client.videoseg.SegmentVideoBody({ VideoUrl: 'http://my-bucket.oss-cn-beijing.aliyuncs.com/holiday.mp4' })
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'InvalidFile.Region') throw error
    console.error(error.message, error.reason ?? '')
  }

  expect(told[0]).toContain('cn-beijing')
})

it('signs a call', async () => {
  const cloud = createCloud()
  const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

  const call = sign('rpc', { host: '127.0.0.1:4010', action: 'SegmentVideoBody', version: '2020-03-20', params: { VideoUrl }, key })
  const late = sign('acs3', { host: '127.0.0.1:4010', action: 'SegmentVideoBody', version: '2020-03-20', key, timestamp: 0 })

  expect((await cloud.handle(call)).status).toBe(200)
  expect((await cloud.handle(late)).status).toBe(400)
})

it('stands in docs/client.md as it does here', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const plain = (code: string): string =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('import '))
      .join('\n')
  const here = plain(read('./docs.test.ts'))
  const examples = [...read('../../docs/client.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => plain(code as string))
  expect(examples).toHaveLength(4)
  for (const example of examples) expect(here).toContain(example)
})
