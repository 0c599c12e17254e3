/** The setting that chooses between the manuals and what is known of the services of today. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { observedFacts } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'
import { vodWorld } from '../vod/support.js'

const anyWorld = (options: Parameters<typeof testCloud>[0] = {}) => {
  const world = testCloud(options)
  onTestFinished(() => world.cloud.dispose())
  return world
}

const OBSERVED = { settings: { facts: 'observed' } } as const

describe('a mandatory parameter that is missing', () => {
  test.each([
    ['vod.GetPlayInfo', {}, 'VideoId', 'MissingParameter'],
    ['imageenhan.AssessExposure', {}, 'ImageURL', 'ParameterError'],
    ['imageenhan.RecolorImage', { Url: 'http://b.oss-cn-shanghai.aliyuncs.com/a.jpg', Mode: 'REF_PIC' }, 'RefUrl', 'ParameterError'],
    ['videoenhan.EraseVideoLogo', {}, 'VideoUrl', 'MissingParameter'],
  ])('%s %j', async (action, params, name, manual) => {
    expect(await anyWorld().call(action, params)).toMatchObject({ status: 400, body: { Code: manual } })
    expect(await anyWorld(OBSERVED).call(action, params)).toMatchObject({
      status: 400,
      headers: { 'x-emulator-reason': expect.stringContaining(name) },
      body: { Code: `Missing${name}`, Message: `${name} is mandatory for this action.` },
    })
  })
})

test.each([
  ['manual', 'Status of the video is illegal. Current Status is Uploading.'],
  ['observed', 'Currently Video Status is Uploading and AuditStatus is Init'],
] as const)('GetPlayInfo of a video that cannot be played, %s', async (facts, message) => {
  const { create, refusal } = vodWorld({ settings: { facts } })
  const { VideoId } = await create()
  expect(await refusal('GetPlayInfo', { VideoId })).toMatchObject({ status: 403, code: 'Forbidden.IllegalStatus', message })
})

test('the table is data, and the catalogue says what each Action has to do with', async () => {
  const { control, close } = await testEmulator()
  onTestFinished(close)
  expect((await control('GET', '/facts')).body).toEqual(observedFacts)
  const actions: { action: string; facts: string[] }[] = (await control('GET', '/actions')).body
  expect(actions.find(({ action }) => action === 'GetPlayInfo')?.facts).toEqual(['missing-parameter', 'illegal-status'])
  expect(actions.find(({ action }) => action === 'DeleteVideo')?.facts).toEqual(['missing-parameter'])
})
