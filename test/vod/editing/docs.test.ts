/** docs/vod-editing.md is true: what it shows can be copied, and does what the page says. */

import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../src/client/index.js'
import { blocksOf, runBlock } from '../../support/page.js'
import { testEmulator } from '../../support/sdk.js'
import { editingWorld, timelineOf } from './support.js'

const PAGE = 'docs/vod-editing.md'

test('it has as many blocks as are tried here', () => {
  expect(['js', 'json', 'text'].map((language) => blocksOf(PAGE, language).length)).toEqual([1, 1, 1])
})

test('two videos become one', async () => {
  const { cloud, url, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  const client = createClient({ endpoint: url, ...account.credentials })
  const pull = async (address: string): Promise<string> => {
    await account.putAssets([{ url: address, duration: 20 }])
    const { UploadJobs } = await client.vod.UploadMediaByURL({ UploadURLs: [address] } as never)
    await account.clock.advance('1m')
    return account.vod.uploadJobs.get(UploadJobs[0]?.JobId ?? '')?.videoId ?? ''
  }
  const [first, second] = [await pull('http://films.example.com/1.mp4'), await pull('http://films.example.com/2.mp4')]
  const { MediaId } = await runBlock(blocksOf(PAGE, 'js')[0] ?? '', { client, first, second }, ['MediaId'])
  await account.clock.advance('1m')
  expect((await client.vod.GetVideoInfo({ VideoId: MediaId as string })).Video).toMatchObject({ Status: 'Normal', Duration: 30 })
})

test('a refusal names the member at fault', async () => {
  const { refusal } = editingWorld()
  const Timeline = timelineOf({ MediaId: 'a' }, { MediaId: 'a', In: 2, Out: 1 })
  const { reason = '' } = await refusal('AddEditingProject', { Title: 'cut', Timeline })
  expect(`${decodeURIComponent(reason)}\n`).toBe(blocksOf(PAGE, 'text')[0])
})

test('the fault has a production fail', async () => {
  const { account, footage, produce, video, advance } = editingWorld()
  account.faults.add(JSON.parse(blocksOf(PAGE, 'json')[0] ?? ''))
  const { body } = await produce({ Timeline: timelineOf({ MediaId: await footage(5) }), Title: 'holiday' })
  await advance('1m')
  expect((await video(body.MediaId)).Status).toBe('ProduceFail')
})
