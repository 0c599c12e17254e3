/** docs/vod-live.md is true: what it shows can be copied, and does what the page says. */

import { expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../../src/client/index.js'
import { blocksOf, controlCall, runBlock } from '../../support/page.js'
import { testEmulator } from '../../support/sdk.js'
import { vodWorld } from '../support.js'

const PAGE = 'docs/vod-live.md'
const [both = ''] = blocksOf(PAGE, 'js')
const [curl = ''] = blocksOf(PAGE, 'sh')
const [fault = '', recording = ''] = blocksOf(PAGE, 'json')

test('it has as many blocks as are tried here', () => {
  expect(['js', 'sh', 'json'].map((language) => blocksOf(PAGE, language).length)).toEqual([1, 1, 2])
})

test('in process, with the typed client and with a control call, a stream becomes two videos', async () => {
  const { cloud, url, control, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  await runBlock(both, { account, control: createControl({ endpoint: url }) })
  const { method, path, body } = controlCall(curl)
  const { jobId, playlistId, videos } = (await control(method, path, body)).body as Record<string, unknown>
  expect([jobId, playlistId, videos]).toEqual([expect.any(String), expect.any(String), 2])
  await account.clock.advance('1m')
  const lengths = account.vod.videos.list({ by: { mediaSource: 'live' } }).rows.map(({ facts }) => facts?.duration)
  expect(lengths).toEqual([1800, 480, 1800, 480, 1800, 480])
})

test('the fault has recordings fail', async () => {
  const { account, call, advance } = vodWorld()
  account.faults.add(JSON.parse(fault))
  await account.liveStreams.record({ domainName: 'a', appName: 'b', streamName: 'concert', duration: '1m' })
  await advance('1m')
  const { LiveRecordVideo } = (await call('ListLiveRecordVideo')).body.LiveRecordVideoList
  expect(LiveRecordVideo).toMatchObject([{ Video: { Status: 'UploadFail' } }])
})

test('the recording of a world has the fields of one', () => {
  const { liveRecording } = JSON.parse(recording)
  expect(Object.keys(liveRecording).sort()).toEqual(
    ['appName', 'composed', 'domainName', 'endedAt', 'playlistId', 'startedAt', 'streamName'].sort(),
  )
})
