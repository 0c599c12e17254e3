/** Answers as the official clients read them, of the Actions that submit snapshots, animated images and workflows. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

const shapes: Record<string, Shape> = {
  SubmitSnapshotJob: { SnapshotJob: { JobId: 'string' } },
  SubmitDynamicImageJob: { DynamicImageJob: { JobId: 'string' } },
  SubmitWorkflowJob: {},
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never) => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never) => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const emulator = await testEmulator({ settings: { vod: { workflows: [{ id: 'mine', distributesSource: true }] } } })
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials, version: '2017-03-21' } as never)
  const ticket = await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.mp4'))
  await account.clock.advance('1m')
  const { VideoId } = ticket
  const Clip = { TimeSpan: { Seek: '0', Duration: '1' } }
  const TemplateConfig = JSON.stringify({ Video: { Width: '128', Height: '128', Fps: '2' }, Container: { Format: 'gif' }, Clip })
  const { VodTemplateId } = await call('AddVodTemplate', { Name: 'mine', TemplateType: 'DynamicImage', TemplateConfig })
  const calls: [action: string, params: Record<string, unknown>][] = [
    ['SubmitSnapshotJob', { VideoId, Count: 2, Interval: 1, Width: '160', SpriteSnapshotConfig: '{}', UserData: '{"Extend":"7"}' }],
    ['SubmitDynamicImageJob', { VideoId, DynamicImageTemplateId: VodTemplateId, OverrideParams: '{"Video":{"Fps":"4"}}' }],
    ['SubmitWorkflowJob', { WorkflowId: 'mine', MediaId: VideoId }],
  ]
  expect(calls.map(([action]) => action)).toEqual(Object.keys(shapes))
  const wrong: string[] = []
  for (const [action, params] of calls)
    wrong.push(...misfits(await call(action, params), { RequestId: 'string', ...(shapes[action] as object) }, action))
  expect(wrong).toEqual([])
  await account.clock.advance('1m')
  expect((await call('ListDynamicImage', { VideoId })).DynamicImageList).toMatchObject([{ Fps: '4', Format: 'gif' }])
  expect((await call('ListSnapshots', { VideoId, SnapshotType: 'SpriteSnapshot' })).MediaSnapshot).toMatchObject({ Total: 1 })
})
