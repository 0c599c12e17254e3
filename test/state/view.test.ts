import { expect, onTestFinished, test, vi } from 'vitest'
import { testCloud, VIDEO_URL } from '../support/cloud.js'

const OTHER_URL = VIDEO_URL.replace(/\w+\.mp4/, 'other.mp4')

const SUBMIT = 'videoseg.SegmentVideoBody'

async function declared() {
  const world = testCloud()
  await world.account.putAssets([
    { url: VIDEO_URL, duration: 10 },
    { url: OTHER_URL, duration: 20 },
  ])
  return world
}

test('records can be asked for in the language of @msw/data', async () => {
  const { account } = await declared()
  const view = await account.assets.view()
  expect(view.count()).toBe(2)
  expect(view.findFirst((query) => query.where({ duration: (duration) => (duration ?? 0) > 10 }))?.url).toBe(OTHER_URL)
})

test('what is created through a view is there for calls', async () => {
  const { account, call } = await declared()
  const view = await account.assets.view()
  const url = VIDEO_URL.replace(/\w+\.mp4/, 'far.mp4')
  await view.create({ url, region: 'cn-beijing' })
  expect(account.assets.list().rows.map((asset) => asset.url)).toEqual([VIDEO_URL, OTHER_URL, url])
  expect((await call(SUBMIT, { VideoUrl: url })).body.Code).toBe('InvalidFile.Region')
})

test('what is changed or deleted through a view is changed or deleted', async () => {
  const { account } = await declared()
  const view = await account.assets.view()
  await view.update((query) => query.where({ url: VIDEO_URL }), {
    data: (asset) => {
      asset.duration = 30
      asset.width = 640
    },
  })
  view.delete((query) => query.where({ url: OTHER_URL }))
  expect(account.assets.list().rows).toEqual([{ url: VIDEO_URL, duration: 30, width: 640 }])
})

test('what cannot be is refused through a view, too, and neither has it', async () => {
  // Where the library says what is wrong.
  const silenced = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => silenced.mockRestore())
  const { account } = await declared()
  const view = await account.assets.view()
  const before = account.assets.list().rows
  await expect(view.create({ url: VIDEO_URL })).rejects.toThrow(`assets "${VIDEO_URL}" is there already`)
  await expect(view.create({ url: 'no URL' })).rejects.toThrow('does not match the schema')
  await expect(
    view.update((query) => query.where({ url: VIDEO_URL }), {
      data: (asset) => {
        asset.duration = -1
      },
    }),
  ).rejects.toThrow('duration')
  expect([account.assets.list().rows, view.all()]).toEqual([before, before])
})

test('a view has the records as they were when it was asked for', async () => {
  const { account, call } = testCloud()
  const early = await account.jobs.records.view()
  const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL })).body
  const late = await account.jobs.records.view()
  expect([early.all(), late.all()]).toMatchObject([[], [{ id: RequestId }]])
})
