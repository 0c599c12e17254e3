import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains } from '../support.js'
import { fetched, filmWorld, pictureAt } from './film.js'

describe('how many there are', () => {
  test.each<[params: Record<string, number>, count: number]>([
    [{ Count: 1 }, 1],
    [{ Count: 5 }, 5],
    // One a second, where nothing else is said.
    [{ Count: 500 }, 60],
    [{ Interval: 7 }, 9],
    [{ Interval: 60 }, 1],
    [{ Interval: 1000 }, 1],
    [{ Count: 3, Interval: 10 }, 3],
    [{ Count: 10, Interval: 30 }, 2],
    [{ Count: 7, Interval: 0 }, 7],
    [{ Count: 70, Interval: 0 }, 70],
    [{ Interval: 10, SpecifiedOffsetTime: 30_000 }, 3],
    [{ Count: 100, SpecifiedOffsetTime: 59_999 }, 1],
  ])('%j', async (params, count) => {
    const { take, told } = await filmWorld()
    const { Total, Snapshots } = await take(params)
    expect([Total, Snapshots.Snapshot.length]).toEqual([count, count])
    expect(Snapshots.Snapshot.at(-1).Index).toBe(count)
    expect(told()).toMatchObject([{ Status: 'success', SnapshotInfos: [{ SnapshotCount: count }] }])
  })

  test('a film of a day has more than fit on a page, and the last can be downloaded', async () => {
    const { cloud, take, list } = await filmWorld({ duration: 86_400 })
    expect((await take({ Interval: 1 })).Total).toBe(86_400)
    const { Snapshots } = await list('NormalSnapshot', { PageSize: 100, PageNo: 864 })
    expect(Snapshots.Snapshot.at(-1)).toEqual({ Index: 86_400, Url: expect.stringContaining('-86400.jpg') })
    expect(await pictureAt(cloud, Snapshots.Snapshot.at(-1).Url)).toEqual(['image/jpeg', 'jpg', '1280x720'])
  })

  test('a start behind the end of the video fails', async () => {
    const { submit, advance, told, refusal, VideoId, account } = await filmWorld()
    const JobId = await submit({ Count: 3, SpecifiedOffsetTime: 60_000 })
    await advance('1m')
    expect(told()).toEqual([expect.objectContaining({ VideoId, Status: 'fail', SubType: 'SpecifiedTime', ErrorCode: 'InvalidParameter' })])
    expect(account.jobs.get(JobId)?.error?.reason).toContain('SpecifiedOffsetTime is 60000 ms')
    expect((await refusal('ListSnapshots', { VideoId, SnapshotType: 'NormalSnapshot' })).code).toBe('NoSuchResource')
  })
})

describe('how large they are', () => {
  test.each<[params: Record<string, number>, size: string]>([
    [{}, '1280x720'],
    [{ Width: 640, Height: 640 }, '640x640'],
    [{ Width: 640 }, '640x360'],
    [{ Height: 90 }, '160x90'],
    [{ Width: 8, Height: 8 }, '8x8'],
    [{ Width: 4096, Height: 4096 }, '4096x4096'],
    [{ Width: 8 }, '8x8'],
  ])('%j', async (params, size) => {
    const { cloud, take } = await filmWorld()
    const { Snapshots } = await take({ Count: 2, ...params })
    for (const { Url } of Snapshots.Snapshot) expect(await pictureAt(cloud, Url)).toEqual(['image/jpeg', 'jpg', size])
  })

  test('of a source that is larger than snapshots can be, they are as large as they can', async () => {
    const { cloud, take, list } = await filmWorld({ width: 8192, height: 4096 })
    const { Snapshots } = await take({ Count: 1 })
    expect((await pictureAt(cloud, Snapshots.Snapshot[0].Url))[2]).toBe('4096x2048')
    const covers = await list('CoverSnapshot')
    expect((await pictureAt(cloud, covers.Snapshots.Snapshot[0].Url))[2]).toBe('4096x2048')
  })
})

describe('sprites', () => {
  const cells = { CellWidth: 120, CellHeight: 68, Columns: 3, Lines: 10, Padding: 20, Margin: 50 }

  test('the rest of the pictures goes into a sheet of its own, and the pictures are kept beside', async () => {
    const { cloud, take, list, told } = await filmWorld()
    const sprites = await take({ Count: 50, SpriteSnapshotConfig: JSON.stringify(cells) }, 'SpriteSnapshot')
    expect(sprites.Total).toBe(2)
    for (const { Url } of sprites.Snapshots.Snapshot) expect(await pictureAt(cloud, Url)).toEqual(['image/jpeg', 'jpg', '500x960'])
    const pictures = await list('SpriteOriginSnapshot', { PageSize: 100 })
    expect([pictures.Total, pictures.JobId, pictures.CreationTime]).toEqual([50, sprites.JobId, sprites.CreationTime])
    expect((await pictureAt(cloud, pictures.Snapshots.Snapshot[49].Url))[2]).toBe('1280x720')
    expect(told()).toMatchObject([
      { SnapshotInfos: [{ SnapshotType: 'SpriteSnapshot', SnapshotCount: 2, JobId: sprites.JobId, SnapshotRegular: sprites.Regular }] },
    ])
  })

  test.each<[config: string, count: number, size: string]>([
    ['{}', 1, '12800x7200'],
    [`{'CellWidth': 120, 'CellHeight': 68, 'Columns': 3,'Lines': 10, 'Padding': 20, 'Margin': 50}`, 2, '500x960'],
    ['{"CellWidth":"100","CellHeight":"50","Columns":"7","Lines":"1"}', 9, '700x50'],
    ['{"CellWidth":10,"CellHeight":10,"Color":"Tomato"}', 1, '100x100'],
    ['{"CellWidth":null,"CellHeight":30,"Columns":1,"Lines":1,"Margin":5}', 60, '1290x40'],
  ])('%s', async (SpriteSnapshotConfig, count, size) => {
    const { cloud, take } = await filmWorld()
    const { Total, Snapshots } = await take({ Interval: 1, SpriteSnapshotConfig }, 'SpriteSnapshot')
    expect(Total).toBe(count)
    expect((await pictureAt(cloud, Snapshots.Snapshot.at(-1).Url))[2]).toBe(size)
  })

  test('deleted pictures are not listed, not even those of the sprite before', async () => {
    const { take, list } = await filmWorld()
    await take({ Count: 5, SpriteSnapshotConfig: JSON.stringify(cells) }, 'SpriteSnapshot')
    expect((await list('SpriteOriginSnapshot')).Total).toBe(5)
    await take({ Count: 6, SpriteSnapshotConfig: JSON.stringify({ ...cells, KeepCellPic: 'delete' }) }, 'SpriteSnapshot')
    expect(await list('SpriteOriginSnapshot')).toBeUndefined()
  })

  test.each([
    ['that no JPEG has room for', '{"Columns":10000}'],
    ['that nobody can open', '{"Columns":1000,"Lines":1000,"CellWidth":20,"CellHeight":20}'],
  ])('a sheet %s makes the job fail', async (_what, SpriteSnapshotConfig) => {
    const { submit, advance, told } = await filmWorld()
    await submit({ Count: 1, SpriteSnapshotConfig })
    await advance('1m')
    expect(told()).toMatchObject([{ Status: 'fail', ErrorCode: 'InvalidParameter' }])
  })
})

describe('by template', () => {
  const every20 = { Count: 10, Interval: 20, SpecifiedOffsetTime: 0, FrameType: 'normal' }

  test('what the call says of the pictures does not count', async () => {
    const world = await filmWorld()
    const SnapshotTemplateId = world.template({ snapshot: { SnapshotType: 'NormalSnapshot', SnapshotConfig: { ...every20, Width: 160 } } })
    const { Total, Snapshots } = await world.take({ SnapshotTemplateId, Count: 50, Interval: 1, Width: 640, SpriteSnapshotConfig: '{}' })
    expect(Total).toBe(3)
    expect((await pictureAt(world.cloud, Snapshots.Snapshot[2].Url))[2]).toBe('160x90')
  })

  test('WebVTT lists pictures of their own', async () => {
    const world = await filmWorld({ duration: 61.5 })
    const SnapshotConfig = { ...every20, Format: 'vtt', SubOut: { IsSptFrag: 'false' } }
    const SnapshotTemplateId = world.template({ snapshot: { SnapshotType: 'WebVttSnapshot', SnapshotConfig } })
    const { Total, Regular, Snapshots } = await world.take({ SnapshotTemplateId }, 'WebVttSnapshot')
    expect([Total, Regular]).toEqual([1, expect.stringMatching(/-\{SnapshotCount\}\.vtt$/)])
    const [{ Url }] = Snapshots.Snapshot
    const { type, bytes } = await fetched(world.cloud, Url)
    const name = /([0-9a-f]+)-00001\.vtt/.exec(Url)?.[1]
    expect([type, bytes.toString()]).toEqual([
      'text/vtt',
      `WEBVTT

00:00:00.000 --> 00:00:20.000
${name}-00001.jpg

00:00:20.000 --> 00:00:40.000
${name}-00002.jpg

00:00:40.000 --> 00:01:00.000
${name}-00003.jpg

00:01:00.000 --> 00:01:01.500
${name}-00004.jpg
`,
    ])
    expect(world.told()).toMatchObject([{ SnapshotInfos: [{ SnapshotType: 'WebVttSnapshot', SnapshotCount: 1 }] }])
    await world.call('DeleteImage', { DeleteImageType: 'VideoId', VideoId: world.VideoId, ImageType: 'All' })
    expect(world.account.oss.objects.list().rows.filter(({ key }) => key.includes('webvtt'))).toEqual([])
  })

  test('WebVTT of sprites points into them', async () => {
    const world = await filmWorld()
    const SpriteSnapshotConfig = {
      CellWidth: 100,
      CellHeight: 50,
      Columns: 2,
      Lines: 1,
      Padding: 4,
      Margin: 3,
      Color: 'Black',
      KeepCellPic: 'keep',
    }
    const SnapshotConfig = { ...every20, Format: 'vtt', SubOut: { IsSptFrag: 'true' }, SpriteSnapshotConfig }
    const SnapshotTemplateId = world.template({ snapshot: { SnapshotType: 'WebVttSnapshot', SnapshotConfig } })
    const { Snapshots } = await world.take({ SnapshotTemplateId }, 'WebVttSnapshot')
    const [{ Url }] = Snapshots.Snapshot
    const targets = (await fetched(world.cloud, Url)).bytes.toString().match(/^[^\n]*\.jpg.*$/gm) ?? []
    expect(targets.map((target) => target.replace(/^[0-9a-f]+-/, ''))).toEqual([
      '00001.jpg#xywh=3,3,100,50',
      '00001.jpg#xywh=107,3,100,50',
      '00002.jpg#xywh=3,3,100,50',
    ])
  })
})

describe('ListSnapshots', () => {
  test('has the last snapshots of each type, and the ones before are gone', async () => {
    const { cloud, take, list, account } = await filmWorld()
    const [first, before] = [await take({ Count: 2 }), account.oss.objects.count]
    const second = await take({ Count: 3 })
    expect([second.Total, second.JobId === first.JobId, account.oss.objects.count]).toEqual([3, false, before])
    expect((await download(cloud, first.Snapshots.Snapshot[0].Url)).status).toBe(404)
    expect((await list('CoverSnapshot')).Total).toBe(7)
  })

  test('shows nothing before the job is done, and what was there before where one fails', async () => {
    const { account, submit, list, advance, told } = await filmWorld()
    await submit({ Count: 2 })
    expect(await list('NormalSnapshot')).toBeUndefined()
    await advance('1m')
    account.faults.add({ action: 'SubmitSnapshotJob', job: { fail: 'InternalError' } })
    await submit({ Count: 3 })
    await advance('1m')
    expect(await list('NormalSnapshot')).toMatchObject({ Total: 2 })
    expect(told().map(({ Status }) => Status)).toEqual(['success', 'fail'])
  })
})

test('the event says what ListSnapshots says, under the domain, with what the call wants to be told', async () => {
  const { call, submit, advance, list, account, VideoId } = await filmWorld({}, { settings: { vod: { domains } } })
  await call('SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: 'http://127.0.0.1:9/', EventTypeList: 'SnapshotComplete' })
  const UserData = JSON.stringify({ MessageCallback: { CallbackURL: 'http://127.0.0.1:9/mine' }, Extend: { localId: '7' } })
  const JobId = await submit({ Count: 4, UserData })
  await advance('1m')
  const { Regular, Total } = await list('NormalSnapshot')
  const last = account.events.list().at(-1)
  expect(last).toMatchObject({ type: 'SnapshotComplete', route: { to: 'HTTP', url: 'http://127.0.0.1:9/mine' } })
  expect(last?.payload).toEqual({
    EventType: 'SnapshotComplete',
    EventTime: expect.any(String),
    VideoId,
    Status: 'success',
    SubType: 'SpecifiedTime',
    CoverUrl: expect.stringMatching(/^http:\/\/vod\.example\.com\/.*covers/),
    SnapshotInfos: [
      {
        Status: 'success',
        SnapshotType: 'NormalSnapshot',
        SnapshotCount: Total,
        SnapshotFormat: new URL(Regular).pathname.slice(1).replace('%7BSnapshotCount%7D', '{SnapshotCount}'),
        SnapshotRegular: Regular,
        JobId,
      },
    ],
    Extend: '{"localId":"7"}',
  })
})

test('of audio nothing can be taken', async () => {
  const { VideoId, submit, advance, told } = await filmWorld({ params: { FileName: 'a.mp3' }, file: Buffer.from('sound') })
  await submit({ Count: 1 })
  await advance('1m')
  expect(told()).toMatchObject([{ VideoId, Status: 'fail', ErrorCode: 'InvalidParameter.ResourceContentBad', SubType: 'SpecifiedTime' }])
})

test('a video that is deleted meanwhile ends the job without a word and without files', async () => {
  const { submit, call, advance, told, account, VideoId } = await filmWorld()
  const JobId = await submit({ Count: 4 })
  await call('DeleteVideo', { VideoIds: VideoId })
  await advance('1m')
  expect([account.jobs.get(JobId)?.ending, told(), account.oss.objects.count]).toEqual(['succeeded', [], 0])
})

test('where there is no room for a picture, the job fails and leaves nothing', async () => {
  const { account, submit, advance, told } = await filmWorld()
  const before = account.oss.objects.count
  account.settings.change({ maxObjectBytes: account.oss.storage.used + 100 })
  await submit({ Count: 4, Width: 640 })
  await advance('1m')
  expect([told(), account.oss.objects.count]).toEqual([[expect.objectContaining({ Status: 'fail', ErrorCode: 'QuotaExceeded' })], before])
})
