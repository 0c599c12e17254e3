/** Worlds: how they get into an account, and what is refused. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createControl } from '../../src/client/index.js'
import { createCloud, type WorldInput } from '../../src/index.js'
import { download } from '../support/cloud.js'
import { runCommand } from '../support/process.js'
import { testEmulator } from '../support/sdk.js'
import { attachedOf, imageOf, videoOf } from '../vod/media-assets/support.js'
import { vodWorld } from '../vod/support.js'

/** The world of docs/worlds.md. */
const [ofDocs = ''] = [...readFileSync(new URL('../../docs/worlds.md', import.meta.url), 'utf8').matchAll(/^```json\n(.*?)^```$/gms)].map(
  ([, code]) => code,
)
const documented = JSON.parse(ofDocs) as WorldInput

const placeholder = (name: string): string => `\${${name}}`

/** A file with a world in it. */
function worldFile(world: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'worlds-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'own.json')
  writeFileSync(path, typeof world === 'string' ? world : JSON.stringify(world))
  return path
}

/** A world with these records. */
const withTables = (tables: WorldInput['tables']): WorldInput => ({ description: 'a test', tables })

describe('the world of the documentation', () => {
  test('can be played, and says when its media were made', async () => {
    const { account, cloud, call } = vodWorld()
    expect(await account.worlds.apply(documented)).toEqual({ added: { objects: 2, 'vod.categories': 1, 'vod.videos': 2 }, kept: 0 })
    const { MediaList } = (await call('SearchMedia', { Fields: 'Title,CateName,Status' })).body
    expect(MediaList).toEqual([
      expect.objectContaining({ CreationTime: '2026-01-01T00:00:00Z', Video: { Title: 'Next year', Status: 'Uploading' } }),
      expect.objectContaining({ CreationTime: '2025-12-29T00:00:00Z', Video: { Title: 'Holiday', Status: 'Normal', CateName: '假日' } }),
    ])
    const { PlayInfoList } = (await call('GetPlayInfo', { VideoId: MediaList[1].MediaId })).body
    expect((await download(cloud, PlayInfoList.PlayInfo[0].PlayURL)).status).toBe(200)
  })

  test('is no upload: nobody is told, and nothing is under way', async () => {
    const { account, events } = vodWorld()
    await account.worlds.apply(documented)
    await account.clock.advance('1h')
    expect([events(), account.vod.videos.list().rows.map(({ status }) => status)]).toEqual([[], ['Normal', 'Uploading']])
  })

  test('can be added twice: what is there stays as it is', async () => {
    const { account } = vodWorld()
    await account.worlds.apply(documented)
    account.vod.videos.update('00000000000000000000000000000001', (draft) => {
      draft.title = 'mine'
    })
    expect(await account.worlds.apply(documented)).toEqual({ added: {}, kept: 5 })
    expect(account.vod.videos.first()?.title).toBe('mine')
  })
})

test('bytes are a sample, text or base64', async () => {
  const { account } = vodWorld()
  const bucket = placeholder('vod.bucket')
  const objects = [
    { bucket, key: 'a', text: '影片' },
    { bucket, key: 'b', base64: 'AAEC' },
    { bucket, key: 'c', sample: 'cover.jpg', contentType: 'image/jpeg' },
  ]
  await account.worlds.apply({ description: 'files', buckets: [{ name: bucket, region: 'cn-shanghai' }], objects })
  const { name } = account.oss.buckets[0] as { name: string }
  const stored = (key: string) => account.oss.object(name, key)
  expect(Buffer.from((await stored('a')?.content.bytes()) ?? []).toString()).toBe('影片')
  expect([...((await stored('b')?.content.bytes()) ?? [])]).toEqual([0, 1, 2])
  expect(stored('c')).toMatchObject({ contentType: 'image/jpeg', size: 5410 })
})

test('times are relative to the clock as it stands then, or absolute', async () => {
  const { account } = vodWorld()
  await account.clock.advance('10d')
  const times = { a: '-1.5d', b: '+90m', c: 'now', d: '2020-02-29T12:00:00Z', e: 12_345 }
  const videos = Object.entries(times).map(([id, createdAt]) => ({ ...videoOf(account, id), createdAt }))
  await account.worlds.apply(withTables({ 'vod.videos': videos as never }))
  const now = Date.UTC(2026, 0, 11)
  expect(account.vod.videos.list().rows.map(({ createdAt }) => createdAt)).toEqual([
    now - 36 * 3_600_000,
    now + 90 * 60_000,
    now,
    Date.UTC(2020, 1, 29, 12),
    12_345,
  ])
})

test('records of other tables: files that calls refer to by URL, images, auxiliary media', async () => {
  const { account } = vodWorld()
  const { added } = await account.worlds.apply(
    withTables({
      assets: [{ url: 'http://input.example.com/film.mp4', duration: 7 }],
      'vod.images': [imageOf(account, 'i1') as never],
      'vod.attachedMedia': [attachedOf(account, 'm1') as never],
    }),
  )
  expect(added).toEqual({ assets: 1, 'vod.images': 1, 'vod.attachedMedia': 1 })
  expect(account.assetOf('http://input.example.com/film.mp4')?.duration).toBe(7)
})

describe('a world is there from the start', () => {
  const titles = async ({ call, account }: ReturnType<typeof vodWorld>) =>
    (await call('SearchMedia', { Fields: 'Title' }, { account })).body.MediaList.map(
      ({ Video }: { Video: { Title: string } }) => Video.Title,
    )

  test('as it is, and again after a reset', async () => {
    const world = vodWorld({ world: documented })
    expect(await titles(world)).toEqual(['Next year', 'Holiday'])
    world.account.vod.videos.clear()
    await world.account.reset()
    expect(await titles(world)).toEqual(['Next year', 'Holiday'])
  })

  test('from a file', async () => {
    expect(await titles(vodWorld({ world: worldFile(documented) }))).toEqual(['Next year', 'Holiday'])
  })

  test('of a further account, and not of others', async () => {
    const world = vodWorld()
    const account = world.cloud.createAccount({ world: documented })
    expect([await titles({ ...world, account }), await titles(world)]).toEqual([['Next year', 'Holiday'], []])
  })

  test('and goes along with its copies', async () => {
    const world = vodWorld({ world: documented })
    await titles(world)
    expect(await titles({ ...world, account: await world.account.fork() })).toEqual(['Next year', 'Holiday'])
  })

  test('of the command, with a flag, a variable or the configuration file', async () => {
    const file = worldFile(documented)
    const config = worldFile({ world: 'demo' })
    const total = async (args: string[], env: Record<string, string> = {}): Promise<number> => {
      const command = runCommand(['--port', '0', ...args], env)
      const url = /http:\S+/.exec(await command.ready)?.[0] as string
      const { tables } = (await (await fetch(`${url}/_emulator/state`)).json()) as { tables: Record<string, unknown[]> }
      command.child.kill('SIGTERM')
      await command.ended
      return tables['vod.videos']?.length ?? 0
    }
    expect([
      await total(['--world', file]),
      await total([], { VOD_VIAPI_EMULATOR_WORLD: 'demo' }),
      await total(['--config', config]),
      await total(['--config', config, '--world', 'empty']),
    ]).toEqual([2, 46, 46, 0])
  })

  test.each([
    ['a name that there is not', 'dema', /there is no world "dema"; did you mean "demo"\?/],
    ['a file that there is not', './none.json', /^\.\/none\.json: ENOENT/],
    ['a world that cannot be', withTables({ 'vod.videoz': [] }), /did you mean "vod\.videos"\?/],
  ])('unless it is %s', (_title, world, problem) => {
    expect(() => createCloud({ world })).toThrow(problem)
    const cloud = createCloud()
    expect(() => cloud.createAccount({ world })).toThrow(problem)
  })

  test('unless another account has a bucket of its name', async () => {
    const { cloud } = vodWorld({ world: { description: 'a bucket', buckets: [{ name: 'taken', region: 'cn-shanghai' }] } })
    await cloud.account().clock.advance(1)
    const world = { description: 'the same', buckets: [{ name: 'taken', region: 'cn-shanghai' }] }
    expect(() => cloud.createAccount({ world })).toThrow('the world has a bucket "taken", which another account has')
    await expect(cloud.createAccount().worlds.apply(world)).rejects.toThrow(/^bucket taken: BucketAlreadyExists: /)
  })
})

describe('over the control API', () => {
  test('worlds are listed, shown and added, by name or as they are', async () => {
    const emulator = await testEmulator()
    onTestFinished(() => emulator.close())
    const { worlds, createAccount } = createControl({ endpoint: emulator.url })
    expect((await worlds.list()).map(({ name }) => name)).toEqual(['demo', 'empty'])
    expect(await worlds.get('empty')).toEqual({ description: 'Nothing but what every account has.' })
    expect((await worlds.apply('demo')).added['vod.videos']).toBe(46)
    expect(await worlds.apply(documented)).toMatchObject({ added: { 'vod.videos': 2 }, kept: 0 })
    const { accessKeyId } = await createAccount({ world: 'demo' })
    const { tables } = (await emulator.control('GET', `/state?accessKeyId=${accessKeyId}`)).body
    expect(tables['vod.videos']).toHaveLength(46)
  })

  test.each([
    ['POST', '/worlds/none', undefined, /there is no world "none"/],
    ['POST', `/worlds/${encodeURIComponent('../../package.json')}`, undefined, /is not the name of a world/],
    ['GET', `/worlds/${encodeURIComponent('/etc/passwd')}`, undefined, /is not the name of a world/],
    ['POST', '/accounts', { world: './package.json' }, /is not the name of a world/],
    ['POST', '/worlds', {}, /description/],
    ['POST', '/worlds', './package.json', /^is not a world$/],
    ['POST', '/worlds', [], /expected object/],
  ])('%s %s is refused', async (method, path, body, problem) => {
    const emulator = await testEmulator()
    onTestFinished(() => emulator.close())
    const { status, body: answer } = await emulator.control(method, path, body)
    expect([status, answer.error]).toEqual([400, expect.stringMatching(problem)])
  })
})

describe('all or nothing', () => {
  const bucket = placeholder('vod.bucket')
  const video = (fields: object = {}): never => ({ ...videoOf(createCloud().account(), 'v1'), ...fields }) as never

  test.each<[what: string, world: unknown, problem: string | RegExp]>([
    ['no object', 'text', /no world|ENOENT/],
    ['a field that there is not', { description: 'x', tabels: {} }, 'there is no field "tabels"; did you mean "tables"?'],
    ['no description', {}, /^description: /],
    [
      'a table that there is not',
      withTables({ 'vod.video': [] }),
      'tables.vod.video: a world has no such table; did you mean "vod.videos"?',
    ],
    ['a table of the state that is none of worlds', withTables({ 'oss.objects': [] }), /^tables\.oss\.objects: a world has no such table/],
    ['a table that is no list', { description: 'x', tables: { 'vod.videos': {} } }, /^tables\.vod\.videos: /],
    [
      'a value that cannot be',
      withTables({ 'vod.videos': [video(), video({ videoId: 'v2', status: 'Nice' })] }),
      /^tables\.vod\.videos\.1\.status: Invalid option/,
    ],
    [
      'a field of a record that there is not',
      withTables({ 'vod.videos': [video({ titel: 'x' })] }),
      'tables.vod.videos.0.titel: there is no such field; did you mean "title"?',
    ],
    [
      'a field within a field that there is not',
      withTables({ 'vod.videos': [video({ file: { bucket: 'b', key: 'k', region: 'r' } })] }),
      /^tables\.vod\.videos\.0\.file\.region: there is no such field/,
    ],
    [
      'a time that cannot be',
      withTables({ 'vod.videos': [video({ createdAt: 'yesterday' })] }),
      /^tables\.vod\.videos\.0\.createdAt: "yesterday" is no time/,
    ],
    ['a record that is none', withTables({ 'vod.videos': [7] }), /^tables\.vod\.videos\.0: Invalid input/],
    [
      'a key that is there twice',
      withTables({ 'vod.videos': [video(), video()] }),
      'tables.vod.videos.1: a record before it has the key "v1", too',
    ],
    ['more problems than anybody reads', withTables({ 'vod.videos': Array.from({ length: 50 }, () => ({})) }), /; and more$/],
    [
      'a placeholder that there is not',
      { description: placeholder('vod.bukket') },
      `${placeholder('vod.bukket')}: there is no such placeholder; did you mean "vod.bucket"?`,
    ],
    ['an object without bytes', { description: 'x', objects: [{ bucket, key: 'k' }] }, 'objects.0: has one of sample, text and base64'],
    [
      'an object with two sorts of them',
      { description: 'x', objects: [{ bucket, key: 'k', text: 'a', sample: 'sample.mp4' }] },
      'objects.0: has one of sample, text and base64',
    ],
    ['base64 that is none', { description: 'x', objects: [{ bucket, key: 'k', base64: '###' }] }, /^objects\.0\.base64: /],
    [
      'a sample that there is not',
      { description: 'x', objects: [{ bucket, key: 'k', sample: 'sample.xyz' }] },
      'objects.0.sample: there is no sample sample.xyz',
    ],
    [
      'a sample that is a path',
      { description: 'x', objects: [{ bucket, key: 'k', sample: '../../package.json' }] },
      'objects.0.sample: there is no sample ../../package.json',
    ],
    ['too many objects', { description: 'x', objects: Array.from({ length: 10_001 }, () => 7) }, 'objects: has more than 10000 elements'],
    ['half of a surrogate pair', { description: '\ud800' }, /half of a surrogate pair/],
  ])('%s', async (_what, world, problem) => {
    const { account } = vodWorld()
    await account.clock.advance(1)
    const before = await account.export()
    await expect(account.worlds.apply(world as WorldInput)).rejects.toThrow(problem)
    expect(await account.export()).toEqual(before)
  })

  test('what was added before something went wrong is gone again', async () => {
    const { account } = vodWorld({ settings: { maxObjectBytes: 100 } })
    await account.clock.advance(1)
    const before = await account.export()
    const objects = [
      { bucket: 'own', key: 'small', text: 'a' },
      { bucket: 'own', key: 'large', text: 'a'.repeat(1000) },
    ]
    const world = { description: 'x', buckets: [{ name: 'own', region: 'cn-shanghai' }], objects }
    await expect(account.worlds.apply(world)).rejects.toThrow(/^object own\/large: QuotaExceeded: /)
    expect(await account.export()).toEqual(before)
  })

  test.each([
    ['that is no JSON', '{', /own\.json: .*JSON/],
    ['whose world cannot be', { description: 'x', tables: { 'vod.videos': [{}] } }, /own\.json: tables\.vod\.videos\.0\.\w+: /],
    ['that is nested too deeply', `${'['.repeat(200)}${']'.repeat(200)}`, /own\.json: .*nested deeper/],
  ])('a file %s is named', async (_title, content, problem) => {
    await expect(vodWorld().account.worlds.apply(worldFile(content))).rejects.toThrow(problem)
  })
})
