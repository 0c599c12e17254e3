/** docs/vod-statistics.md is true: what it shows can be copied, and does what the page says. */

import { expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../../src/client/index.js'
import { audienceSchema } from '../../../src/products/vod/shared/statistics/audience.js'
import { blocksOf, controlCall, runBlock } from '../../support/page.js'
import { testEmulator } from '../../support/sdk.js'

const PAGE = 'docs/vod-statistics.md'
const [both = ''] = blocksOf(PAGE, 'js')
const [curl = ''] = blocksOf(PAGE, 'sh')

test('it has as many blocks as are tried here', () => {
  expect(['js', 'sh', 'json'].map((language) => blocksOf(PAGE, language).length)).toEqual([1, 1, 0])
})

test('in process, with the typed client and with a control call, audiences play a video', async () => {
  const { cloud, url, control, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  await account.liveStreams.record({ domainName: 'a', appName: 'b', streamName: 'c', duration: '10m' })
  await account.clock.advance('1m')
  const videoId = account.vod.videos.list().rows[0]?.videoId ?? ''
  await runBlock(both, { account, control: createControl({ endpoint: url }), videoId })
  const { method, path, body } = controlCall(curl)
  expect(audienceSchema.safeParse(body).success).toBe(true)
  expect((await control(method, path, { ...body, videoId })).body).toMatchObject({ plays: 1000, viewers: 250 })
  const days = account.plays.days(0, Number.POSITIVE_INFINITY).map(({ vv, uv }) => [vv, uv])
  expect(days).toEqual([
    [250, 250],
    [1_001_000, 400_250],
  ])
})
