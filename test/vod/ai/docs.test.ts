/** docs/vod-ai.md is true: what it shows can be copied, and does what the page says. */

import { expect, onTestFinished, test } from 'vitest'
import { blocksOf, type ControlCall, controlCall, runBlock } from '../../support/page.js'
import { testEmulator } from '../../support/sdk.js'
import { aiWorld } from './support.js'

const PAGE = 'docs/vod-ai.md'
const calls = blocksOf(PAGE, 'sh').map(controlCall)
const [dna, automatic, tags] = calls

/** A world that has made a call of the page, over HTTP, and gone on with the account. */
async function after(call: ControlCall | undefined) {
  const { cloud, control, close } = await testEmulator()
  onTestFinished(close)
  expect((await control(call?.method ?? '', call?.path ?? '', call?.body)).status).toBeLessThan(300)
  return { cloud, account: cloud.account() }
}

test('it has as many blocks as are tried here', () => {
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /faults', 'PUT /settings', 'POST /faults'])
  expect(blocksOf(PAGE, 'ts')).toHaveLength(1)
})

test('a job fails as it is told to', async () => {
  const { account, video, submit, list, advance } = aiWorld()
  await runBlock(blocksOf(PAGE, 'ts')[0] ?? '', { account })
  const ids = await submit(await video())
  await advance('1m')
  expect((await list(...ids)).AIJobList.AIJob).toMatchObject([
    { Type: 'AIMediaDNA', Status: 'success' },
    { Type: 'AIVideoTag', Status: 'fail', Code: 'Busy', Message: 'busy' },
  ])
})

test('what a video resembles, and its tags, can be dictated', async () => {
  const { account, video, submit, advance, call } = aiWorld()
  for (const call of [dna, tags]) account.faults.add(call?.body)
  const MediaId = await video()
  await submit(MediaId)
  await advance('1m')
  expect((await call('GetMediaDNAResult', { MediaId })).body.DNAResult.VideoDNA).toMatchObject([{ Similarity: '0.98' }])
  expect((await call('GetAIVideoTagResult', { MediaId })).body.VideoTagResult).toMatchObject({
    Person: [{ Tag: '张三', Times: ['12400'] }],
    Category: [{ Tag: '体育' }],
  })
})

test.each([
  ['the faults', dna],
  ['the setting', automatic],
  ['the faults of tags', tags],
])('%s can be made over HTTP', async (_what, call) => {
  const { account } = await after(call)
  if (call === automatic) expect(account.settings.values.vod.dna).toEqual({ automatic: true })
  else expect(account.faults.list()).toMatchObject([call?.body])
})
