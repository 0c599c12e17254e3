/** Access keys of a recording: those of several accounts are not mixed, those of one see the same. */

import { expect, test } from 'vitest'
import { compare } from '../../emulator/index.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { cloudUpstream, flow, forwarding, temporaryFile } from './support.js'

/** What is compared of calls that are made with several keys of an upstream. */
async function compared(
  make: (upstream: Awaited<ReturnType<typeof cloudUpstream>>, client: Awaited<ReturnType<typeof forwarding>>) => Promise<void>,
) {
  const upstream = await cloudUpstream()
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await make(upstream, client)
  await client.close()
  const { differences, notCompared, calls, compared: count } = await compare(record)
  return { differences, notCompared, left: calls - count }
}

const same = { differences: [], notCompared: [], left: 0 }

test('accounts that do not see each other are not mixed', async () => {
  expect(
    await compared(async ({ cloud }, { call }) => {
      const keys: SigningKey[] = [cloud.account().credentials, cloud.createAccount().credentials, cloud.createAccount().credentials]
      for (const [index, key] of keys.entries()) {
        for (let count = 0; count <= index; count++) await call('vod.AddCategory', { CateName: `films ${count}` }, { key })
        await call('vod.GetCategories', {}, { key })
      }
      // Of the same name in each: a second one would be refused in one account.
      for (const key of keys) await call('vod.AddTranscodeTemplateGroup', { Name: 'mine', TranscodeTemplateList: '[]' }, { key })
      for (const key of keys) await call('vod.GetCategories', {}, { key })
    }),
  ).toEqual(same)
})

test('nor is one that asks for what another has', async () => {
  expect(
    await compared(async ({ cloud }, { call }) => {
      const other = { key: cloud.createAccount().credentials }
      const { VideoId } = (await call('vod.CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' })).body
      await call('vod.GetVideoInfos', { VideoIds: VideoId })
      expect((await call('vod.GetVideoInfo', { VideoId }, other)).status).toBe(404)
      await call('vod.GetVideoInfos', { VideoIds: VideoId }, other)
      await call('vod.SearchMedia', { SearchType: 'video' }, other)
    }),
  ).toEqual(same)
})

test('keys of one account see the same: those of its users, and of sessions that it has handed out', async () => {
  expect(
    await compared(async ({ cloud, settle }, client) => {
      const { ram } = cloud.account()
      ram.putUser('alice', { allow: ['*'] })
      await flow(client, settle)
      const { VideoId } = (await client.call('vod.CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' })).body
      const key = ram.createAccessKey('alice')
      await client.call('vod.UpdateVideoInfo', { VideoId, Title: 'b' }, { key })
      await client.call('vod.GetVideoInfos', { VideoIds: VideoId }, { key })
      await client.call('vod.GetCategories', {}, { key })
    }),
  ).toEqual(same)
})
