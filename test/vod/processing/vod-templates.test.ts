/** Templates of snapshots and of animated images. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templateWorld } from './support.js'

const snapshot = { SnapshotType: 'NormalSnapshot', SnapshotConfig: { FrameType: 'normal', Count: 10, Interval: 1, SpecifiedOffsetTime: 0 } }
const sprite = { Padding: '2', Margin: '0', Color: 'Black', Columns: '10', Lines: '5', KeepCellPic: 'keep' }
const image = {
  Video: { Width: '480', Height: '270', Fps: '10' },
  Container: { Format: 'gif' },
  Clip: { TimeSpan: { Seek: '1', Duration: '5' } },
}

const params = (config: object, rest: Record<string, string> = {}) => ({
  Name: 'template',
  TemplateType: 'Snapshot',
  TemplateConfig: JSON.stringify(config),
  ...rest,
})

function world() {
  const { done, ...rest } = templateWorld()
  const add = async (config: object, more?: Record<string, string>): Promise<string> =>
    (await done('AddVodTemplate', params(config, more))).VodTemplateId
  const get = async (VodTemplateId: string) => (await done('GetVodTemplate', { VodTemplateId })).VodTemplateInfo
  const config = async (id: string) => JSON.parse((await get(id)).TemplateConfig)
  return { ...rest, done, add, get, config }
}

test('a template is added, answered, changed and deleted', async () => {
  const { add, get, done, advance, refused, config } = world()
  const id = await add(snapshot)
  const { CreationTime } = await get(id)
  expect(await get(id)).toMatchObject({ VodTemplateId: id, Name: 'template', TemplateType: 'Snapshot', IsDefault: 'NotDefault' })
  await advance('1m')
  const changed = { SnapshotConfig: { ...snapshot.SnapshotConfig, Count: '3', Width: 320 } }
  // What is not given stays: here the SnapshotType, then the config.
  expect((await done('UpdateVodTemplate', { VodTemplateId: id, TemplateConfig: JSON.stringify(changed) })).VodTemplateId).toBe(id)
  await done('UpdateVodTemplate', { VodTemplateId: id, Name: '新' })
  const info = await get(id)
  expect(info).toMatchObject({ Name: '新', CreationTime })
  expect(Date.parse(info.ModifyTime) - Date.parse(CreationTime)).toBe(60_000)
  expect(await config(id)).toEqual({ ...snapshot, SnapshotConfig: { ...snapshot.SnapshotConfig, Count: 3, Width: 320 } })
  expect((await done('DeleteVodTemplate', { VodTemplateId: id })).VodTemplateId).toBe(id)
  expect(await refused('GetVodTemplate', { VodTemplateId: id })).toMatch(/^NoSuchResource/)
})

test('the list has those of an app and a type, newest first', async () => {
  const { add, done } = world()
  const first = await add(snapshot)
  const moving = await add(image, { TemplateType: 'DynamicImage' })
  const second = await add({ ...snapshot, SnapshotType: 'WebVttSnapshot' })
  const other = await add(snapshot, { AppId: 'app-films' })
  const list = async (more: object) =>
    (await done('ListVodTemplate', { TemplateType: 'Snapshot', ...more })).VodTemplateInfoList.map(
      ({ VodTemplateId, AppId }: Record<string, string>) => [VodTemplateId, AppId],
    )
  expect(await list({})).toEqual([
    [second, 'app-1000000'],
    [first, 'app-1000000'],
  ])
  expect(await list({ TemplateType: 'DynamicImage' })).toEqual([[moving, 'app-1000000']])
  expect(await list({ AppId: 'app-films' })).toEqual([[other, 'app-films']])
})

test('an account has at most 20 of them', async () => {
  const { add, done, refusal } = world()
  const ids: string[] = []
  for (let number = 0; number < 20; number++) ids.push(await add(snapshot))
  expect(await refusal('AddVodTemplate', params(snapshot))).toMatchObject({ status: 403, code: 'Forbidden' })
  await done('DeleteVodTemplate', { VodTemplateId: ids[0] as string })
  await add(snapshot)
})

const some = (members: Record<string, fc.Arbitrary<unknown>>) => fc.record(members, { requiredKeys: [] })
const text = (min: number, max: number) => fc.integer({ min, max }).map(String)

test('what a snapshot template is given, it answers', async () => {
  const { add, config, done } = world()
  const given = fc.record({
    SnapshotType: fc.constantFrom('NormalSnapshot', 'WebVttSnapshot'),
    SnapshotConfig: fc
      .tuple(
        fc.record({ Count: fc.integer({ min: 1, max: 1000 }), Interval: fc.nat(3600), SpecifiedOffsetTime: fc.nat(3_600_000) }),
        some({
          FrameType: fc.constantFrom('intra', 'normal'),
          Width: fc.integer({ min: 8, max: 4096 }),
          Height: fc.integer({ min: 8, max: 4096 }),
          Format: fc.constant('vtt'),
          SubOut: fc.record({ IsSptFrag: fc.constantFrom('true', 'false') }),
          SpriteSnapshotConfig: fc
            .tuple(
              fc.record({
                Padding: text(0, 4096),
                Margin: text(0, 4096),
                Color: fc.constantFrom('Black', 'AliceBlue', 'YellowGreen'),
                Columns: text(1, 10_000),
                Lines: text(1, 10_000),
                KeepCellPic: fc.constantFrom('keep', 'delete'),
              }),
              some({ CellWidth: text(1, 4096), CellHeight: text(1, 4096) }),
            )
            .map(([all, more]) => ({ ...all, ...more })),
        }),
      )
      .map(([needed, more]) => ({ ...needed, ...more })),
  })
  await fc.assert(
    fc.asyncProperty(given, async (document) => {
      const id = await add(document)
      const found = await config(id)
      await done('DeleteVodTemplate', { VodTemplateId: id })
      expect(found).toEqual(document)
    }),
    { seed: 20260101, numRuns: 100 },
  )
})

test('what a template of animated images is given, it answers', async () => {
  const { add, config, done } = world()
  const given = some({
    Name: fc.constantFrom('a', '动图'),
    Video: fc.record({ Width: text(128, 4096), Height: text(128, 4096), Fps: text(1, 60) }),
    Container: fc.record({ Format: fc.constantFrom('gif', 'webp') }),
    Clip: fc.record({
      TimeSpan: fc.record(
        { Seek: text(0, 86_399), Duration: text(0, 86_399), End: text(0, 86_399) },
        { requiredKeys: ['Seek', 'Duration'] },
      ),
    }),
    SetDefaultCover: fc.constantFrom('true', 'false'),
  })
  await fc.assert(
    fc.asyncProperty(given, async (document) => {
      const id = await add(document, { TemplateType: 'DynamicImage' })
      const found = await config(id)
      await done('DeleteVodTemplate', { VodTemplateId: id })
      expect(found).toEqual(document)
    }),
    { seed: 20260101, numRuns: 100 },
  )
})

describe('a TemplateConfig is refused', () => {
  const config = (changes: object) => ({ ...snapshot, SnapshotConfig: { ...snapshot.SnapshotConfig, ...changes } })
  const withSprite = (changes: object) => ({
    ...config({ SpriteSnapshotConfig: { ...sprite, ...changes } }),
    SnapshotType: 'SpriteSnapshot',
  })
  const moving = (changes: object) => ({ ...image, ...changes })
  test.each<[type: string, config: object, reason: RegExp]>([
    ['Snapshot', {}, /at SnapshotType: is missing/],
    ['Snapshot', { ...snapshot, SnapshotType: 'CoverSnapshot' }, /at SnapshotType: is none of NormalSnapshot,/],
    ['Snapshot', { SnapshotType: 'NormalSnapshot' }, /at SnapshotConfig: is missing/],
    ['Snapshot', config({ FrameType: 'key' }), /at SnapshotConfig\.FrameType: is none of intra, normal/],
    ['Snapshot', config({ Count: 0 }), /at SnapshotConfig\.Count: is 0, less than 1/],
    ['Snapshot', config({ Count: null }), /at SnapshotConfig\.Count: is missing/],
    ['Snapshot', config({ Interval: -1 }), /at SnapshotConfig\.Interval: is -1, less than 0/],
    ['Snapshot', config({ Interval: 0.5 }), /at SnapshotConfig\.Interval: is 0\.5, and not a whole number/],
    ['Snapshot', config({ SpecifiedOffsetTime: 'now' }), /at SnapshotConfig\.SpecifiedOffsetTime: is not a number/],
    ['Snapshot', config({ Width: 7 }), /at SnapshotConfig\.Width: is 7, less than 8/],
    ['Snapshot', config({ Height: '4097' }), /at SnapshotConfig\.Height: is 4097, more than 4096/],
    ['Snapshot', config({ Format: 'srt' }), /at SnapshotConfig\.Format: is none of vtt/],
    ['Snapshot', config({ SubOut: {} }), /at SnapshotConfig\.SubOut\.IsSptFrag: is missing/],
    ['Snapshot', { ...snapshot, SnapshotType: 'SpriteSnapshot' }, /at SnapshotConfig\.SpriteSnapshotConfig: is missing/],
    ['Snapshot', withSprite({ Margin: null }), /at SnapshotConfig\.SpriteSnapshotConfig\.Margin: is missing/],
    ['Snapshot', withSprite({ Color: '#000000' }), /at SnapshotConfig\.SpriteSnapshotConfig\.Color: is none of/],
    ['Snapshot', withSprite({ Lines: 10_001 }), /at SnapshotConfig\.SpriteSnapshotConfig\.Lines: is 10001, more than 10000/],
    ['Snapshot', withSprite({ KeepCellPic: 'true' }), /at SnapshotConfig\.SpriteSnapshotConfig\.KeepCellPic: is none of keep, delete/],
    ['DynamicImage', moving({ Video: { Width: 480, Height: 270 } }), /at Video\.Fps: is missing/],
    ['DynamicImage', moving({ Video: { ...image.Video, Width: 127 } }), /at Video\.Width: is 127, less than 128/],
    ['DynamicImage', moving({ Video: { ...image.Video, Fps: 0 } }), /at Video\.Fps: is 0, not more than 0/],
    ['DynamicImage', moving({ Container: { Format: 'apng' } }), /at Container\.Format: is none of webp, gif/],
    ['DynamicImage', moving({ Clip: { TimeSpan: { Duration: 1 } } }), /at Clip\.TimeSpan\.Seek: is missing/],
    ['DynamicImage', moving({ Clip: { TimeSpan: { Seek: 1 } } }), /at Clip\.TimeSpan\.Duration: is missing, and so is End/],
    ['DynamicImage', moving({ SetDefaultCover: 'yes' }), /at SetDefaultCover: is neither true nor false/],
  ])('of type %s: %j', async (TemplateType, document, reason) => {
    const { refused, account } = world()
    const answer = await refused('AddVodTemplate', params(document, { TemplateType }))
    expect(answer).toMatch(/^InvalidParameter TemplateConfig /)
    expect(answer).toMatch(reason)
    expect(account.vod.vodTemplates.count).toBe(0)
  })
})

test('a refused change leaves a template as it was', async () => {
  const { add, get, refused } = world()
  const id = await add(snapshot)
  const before = await get(id)
  const TemplateConfig = JSON.stringify({ SnapshotConfig: { Count: 0 } })
  expect(await refused('UpdateVodTemplate', { VodTemplateId: id, Name: 'changed', TemplateConfig })).toMatch(
    /at SnapshotConfig\.Count: is 0/,
  )
  expect(await get(id)).toEqual(before)
})
