/** Where code blocks run: an emulator with an account, and what the blocks say is there already. */

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'rolldown/utils'
import { expect } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { createClient, createControl } from '../../src/client/index.js'
import { createCloud } from '../../src/index.js'
import { sample } from '../vod/support.js'
import { objectOf, uploaderOf } from '../vod/uploader.js'
import { replied } from './replied.js'

export type Place = Awaited<ReturnType<typeof startPlace>>

/** Starts an emulator whose default account has two videos that can be played. */
export async function startPlace(folder: string) {
  const emulator = await startEmulator({ port: 0, clock: 'manual' })
  const { url, cloud } = emulator
  const account = cloud.account()
  const client = createClient({ cloud, ...account.credentials })
  const control = createControl({ endpoint: url })
  const send = (method: string, path: string, body: unknown): Promise<unknown> => replied(`${url}/_emulator${path}`, method, body)

  const UploadURLs = [1, 2].map((number) => `http://films.example.com/${number}.mp4`)
  await account.putAssets(UploadURLs.map((address) => ({ url: address, duration: 60 })))
  const { UploadJobs } = await client.vod.UploadMediaByURL({ UploadURLs })
  await account.clock.advance('1m')
  const { URLUploadInfoList } = await client.vod.GetURLUploadInfos({ JobIds: UploadJobs.map(({ JobId }) => JobId) })
  const [first = '', second = ''] = URLUploadInfoList.map(({ MediaId }) => MediaId ?? '')

  const TemplateConfig = { Video: { Width: '128', Height: '128', Fps: '2' }, Container: { Format: 'gif' } }
  const { VodTemplateId } = await client.vod.AddVodTemplate({ Name: 'animated', TemplateType: 'DynamicImage', TemplateConfig })
  const logo = await client.vod.CreateUploadAttachedMedia({ BusinessType: 'watermark', MediaExt: 'png' })
  await uploaderOf(logo).put(objectOf(logo), sample('sample.png'))
  account.snapshots.save('start')

  return {
    url,
    cloud,
    account,
    client,
    control,
    first,
    second,
    DynamicImageTemplateId: VodTemplateId,
    FileURL: logo.FileURL,
    folder,

    /** Makes the account what it was at the start, whatever blocks have done to it. */
    reset: () => account.snapshots.restore('start'),

    /** A job that has not ended. */
    async reviewJob(): Promise<string> {
      const { JobId } = await client.vod.SubmitAIMediaAuditJob({ MediaId: first })
      return JobId
    },

    /** Hands JSON to what it is for; fails if it is not taken there. `readConfig`: reads a configuration file. */
    async take(json: Record<string, unknown> | Record<string, unknown>[], readConfig: (path: string) => unknown): Promise<void> {
      const values = Array.isArray(json) ? json : [json]
      for (const value of values) {
        const has = (...names: string[]): boolean => names.some((name) => name in value)
        if (has('settings', 'port')) {
          const path = join(folder, 'config.json')
          writeFileSync(path, JSON.stringify(value))
          readConfig(path)
        } else if (has('parameters')) {
          mkdirSync(join(folder, 'scenarios'), { recursive: true })
          writeFileSync(join(folder, 'scenarios/late-video.json'), JSON.stringify(value))
          await createCloud({ clock: 'manual', scenarios: join(folder, 'scenarios') })
            .account()
            .scenarios.apply('late-video')
        } else if (has('tables')) await send('POST', '/worlds', value)
        else if (has('limits', 'vod')) await send('PUT', '/settings', value)
        else if (has('error', 'latency', 'job', 'oss', 'loseReply', 'callback')) await send('POST', '/faults', value)
      }
    },

    end: () => emulator.close(),
  }
}

/** What blocks that are part of something import, or take to be there. */
async function given({
  url,
  cloud,
  account,
  client,
  control,
  first,
  second,
  DynamicImageTemplateId,
  FileURL,
  folder,
}: Place): Promise<Record<string, unknown>> {
  const [index, clients, emulators, contracts, msw, mswNode, undici, undiciDoor] = await Promise.all([
    import('../../src/index.js'),
    import('../../src/client/index.js'),
    import('../../emulator/index.js'),
    import('../../contracts/index.js'),
    import('../../src/msw.js'),
    import('msw/node'),
    import('undici'),
    import('../../emulator/undici/index.js'),
  ])
  const { default: RPCClient } = await import('@alicloud/pop-core')
  const sdk = new RPCClient({ endpoint: url, apiVersion: '2017-03-21', ...account.credentials })
  return {
    ...index,
    ...clients,
    ...emulators,
    ...contracts,
    ...msw,
    ...mswNode,
    Pool: undici.Pool,
    ...undiciDoor,
    assert,
    expect,
    RPCClient,
    OSS: (await import('ali-oss')).default,
    endpoint: url,
    cloud,
    account,
    client: { ...client, request: sdk.request.bind(sdk) },
    control,
    clock: account.clock,
    vod: client.vod,
    folder: join(folder, 'scenarios'),
    VideoId: first,
    videoId: first,
    first,
    second,
    DynamicImageTemplateId,
    VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/a.mp4',
    ...account.credentials,
    key: account.credentials,
    FileURL,
    stsToken: undefined,
    bucket: 'films',
    buildWorld: async () => {},
    afterEach: () => {},
  }
}

/** Runs a block of JavaScript or TypeScript as the body of a function. What it declares itself is not given to it. */
export async function runFragment(place: Place, code: string): Promise<void> {
  const plain = code
    .replaceAll('http://127.0.0.1:4010', place.url)
    .replaceAll("'run.jsonl'", JSON.stringify(join(place.folder, 'run.jsonl')))
    .replace(/^import .*\n/gm, '')
  const body = transformSync('block.ts', `export async function block() {\n${plain}\n}`).code.replace('export async', 'return async')
  const names = await given(place)
  await (new Function(...Object.keys(names), body)(...Object.values(names)) as () => Promise<void>)()
}
