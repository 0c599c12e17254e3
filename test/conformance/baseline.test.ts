/** What is proven stays proven: the baseline is whole, and some Actions of every service are as it says. `npm run conformance` does it for all. */

import { expect, onTestFinished, test } from 'vitest'
import { readFacts } from '../../conformance/facts/facts.js'
import { baselineOf, readBaseline, renderBaseline, restricted, worse } from '../../conformance/report/baseline.js'
import { errorTable } from '../../conformance/report/errors.js'
import { evidenceOf } from '../../conformance/report/evidence.js'
import { runConformance } from '../../conformance/run/conformance.js'
import { createCloud } from '../../src/index.js'
import { testEmulator } from '../support/sdk.js'

const baseline = readBaseline()

/** Evidence of a real client is for `npm run conformance` to find: it needs a server. */
const withoutClients = Object.fromEntries(Object.entries(baseline.actions).map(([id, { client: _client, ...evidence }]) => [id, evidence]))

test('every case of every Action passes, and there are enough of them', () => {
  const counts = Object.values(baseline.actions).flatMap((evidence) => Object.values(evidence))
  expect(counts.filter(([passed, all]) => passed < all)).toEqual([])
  expect(counts.reduce((sum, [, all]) => sum + all, 0)).toBeGreaterThan(8000)
})

test('every Action has evidence of its example, and of both official clients', () => {
  const { catalogue } = createCloud()
  expect(Object.keys(baseline.actions).sort()).toEqual([...catalogue.byId.keys()].sort())
  const lacking = Object.entries(baseline.actions).filter(([, { example, client }]) => example?.[0] !== 4 || client?.[0] !== 2)
  expect(lacking).toEqual([])
})

test('of every documented error it is known how it comes about', () => {
  const open = Object.entries(baseline.errors).flatMap(([action, codes]) =>
    Object.entries(codes).flatMap(([code, by]) => (by === 'open' ? [`${action} ${code}`] : [])),
  )
  expect(open).toEqual([])
})

test('of twenty documented errors, at most one is reached by faults alone', () => {
  const ways = Object.values(baseline.errors).flatMap((codes) => Object.values(codes))
  expect(ways.filter((by) => by === 'fault').length * 20).toBeLessThanOrEqual(ways.length)
})

test.each([
  'vod.GetVideoInfos',
  'vod.CreateUploadVideo',
  'vod.AddCategory',
  'vod.SetVodDomainCertificate',
  'imageenhan.RecolorImage',
  'videoenhan.ChangeVideoSize',
  'videorecog.GenerateVideoCover',
  'videoseg.SegmentVideoBody',
  'openplatform.AuthorizeFileUpload',
])('%s is not worse than the baseline', async (id) => {
  const cloud = createCloud({ clock: 'manual' })
  onTestFinished(() => cloud.close())
  const facts = readFacts()
  const only = (action: { id: string }): boolean => action.id === id
  const { results } = await runConformance({ cloud, facts, known: [], only })
  const pairs = errorTable(facts, cloud.catalogue, results).filter(({ action }) => action === id)
  expect(worse(restricted({ ...baseline, actions: withoutClients }, only), baselineOf(evidenceOf(results), pairs))).toEqual([])
})

test('what falls behind the baseline is named', () => {
  const actions = { 'vod.AddCategory': { echo: [1, 1] as [number, number] } }
  const errors = { 'vod.AddCategory': { LevelExceededMax: 'provoked' as const } }
  const now = {
    actions: { 'vod.AddCategory': { echo: [0, 1] as [number, number] } },
    errors: { 'vod.AddCategory': { LevelExceededMax: 'open' as const } },
  }
  expect(worse({ actions, errors }, now)).toEqual([
    'vod.AddCategory: echo: 0 cases pass, and 1 did',
    'vod.AddCategory: nothing leads to LevelExceededMax, and something did',
  ])
  expect(worse({ actions, errors }, { actions, errors })).toEqual([])
  expect(JSON.parse(renderBaseline({ actions, errors }))).toEqual({ actions, errors })
})

test('GET /_emulator/conformance answers it', async () => {
  const { control, close } = await testEmulator()
  onTestFinished(close)
  expect(await control('GET', '/conformance')).toEqual({ status: 200, body: baseline })
})
