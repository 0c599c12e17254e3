/** When things are stored: before anybody is told of them, and what happens when they cannot be. */

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as tick } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import { type CloudOptions, openCloud } from '../../src/index.js'
import { type Changes, type CommitOptions, NoSpaceError, type Store } from '../../src/state/store.js'
import { runCommand } from '../support/process.js'
import { popCore } from '../support/sdk.js'
import { rpcOf } from './call.js'
import { BUCKET, folder, lastingEmulator } from './durable-support.js'

/** A store in memory that a test can hold up, or make fail. */
class TestStore implements Store {
  readonly files = folder()
  readonly orphans = folder()
  readonly values = new Map<string, string>()
  commits = 0
  held: Promise<void> | undefined
  failure: Error | undefined
  /** There is only room for what makes some. */
  full = false

  async load() {
    return new Map([...this.values].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  async commit(changes: Changes, { unneeded = [], last = false }: CommitOptions = {}) {
    await this.held
    if (this.failure) throw this.failure
    if (this.full && !last && unneeded.length === 0) throw new NoSpaceError('no space left on device')
    this.commits++
    for (const [key, value] of changes) {
      if (value === undefined) this.values.delete(key)
      else this.values.set(key, value)
    }
    for (const path of unneeded) rmSync(path)
  }

  async close() {}

  /** Has commits wait until the function that is returned is called. */
  hold(): () => void {
    let release = () => {}
    this.held = new Promise((resolve) => {
      release = resolve
    })
    return release
  }
}

async function storedWorld(options: CloudOptions = {}) {
  const store = new TestStore()
  const bugs: string[] = []
  const open = () =>
    openCloud({ clock: 'manual', seed: 'stored', onBug: (error) => bugs.push((error as Error).message), ...options }, store)
  const cloud = await open()
  onTestFinished(() => cloud.dispose())
  const app = buildApp(cloud)
  const control = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const { statusCode, json } = await app.inject({ method, url: `/_emulator${path}`, ...(body && { body }) })
    return { status: statusCode, body: json() }
  }
  const account = cloud.account()
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  await cloud.stored(account)
  return { store, cloud, account, control, open, bugs, ...rpcOf(cloud) }
}

/** What has come of a promise by the time when everything that does not wait for anything outside is over. */
async function soFar<T>(promise: Promise<T>): Promise<T | 'waits'> {
  let result: T | 'waits' = 'waits'
  promise.then(
    (value) => {
      result = value
    },
    () => {},
  )
  for (let ticks = 0; ticks < 50; ticks++) await tick()
  return result
}

describe('nobody is told of anything before it is stored', () => {
  it.each<[string, (world: Awaited<ReturnType<typeof storedWorld>>) => Promise<{ status: number }>]>([
    ['a call', ({ vod }) => vod('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })],
    ['a call that changes nothing', ({ vod }) => vod('GetMessageCallback')],
    ['an upload', ({ object }) => object('PUT', 'film.mp4', Buffer.from('film'))],
    ['a control call that takes the turn', ({ control }) => control('POST', '/clock/advance', { by: '1m' })],
    ['a control call that does not', ({ control }) => control('POST', '/ram/users', { name: 'alice' })],
    ['a new account', ({ control }) => control('POST', '/accounts')],
  ])('%s', async (_what, ask) => {
    const world = await storedWorld()
    const release = world.store.hold()
    const answer = ask(world)
    expect(await soFar(answer)).toBe('waits')
    release()
    expect((await answer).status).toBeLessThan(300)
  })

  it('an event', async () => {
    const deliver = vi.fn(async () => ({ status: 200 }))
    const { store, account, vod } = await storedWorld({ deliver })
    await vod('SetMessageCallback', { CallbackURL: 'http://127.0.0.1:9/events', EventTypeList: 'ALL' })
    const release = store.hold()
    await account.turn.take(() => {
      account.events.notify('FileUploadComplete', { VideoId: 'v1', Size: 3, FileUrl: 'http://b/v1.mp4' })
    })
    await soFar(account.events.settled())
    expect(deliver).not.toHaveBeenCalled()
    release()
    await account.events.settled()
    expect(deliver).toHaveBeenCalledTimes(1)
  })

  it('but calls that come meanwhile are stored together', async () => {
    const { store, vod } = await storedWorld()
    const release = store.hold()
    const answers = Array.from({ length: 20 }, (_, index) => vod('CreateUploadVideo', { Title: `film ${index}`, FileName: 'film.mp4' }))
    await soFar(Promise.all(answers))
    const before = store.commits
    release()
    await Promise.all(answers)
    expect(store.commits - before).toBeLessThanOrEqual(2)
  })

  it('and what falls due on a clock that runs is stored without a call', async () => {
    const { store, account } = await storedWorld({ clock: { mode: 'system', speed: 1_000_000 } })
    await account.turn.take(() => {
      account.oss.uploads.initiate(BUCKET, 'film.mp4', { contentType: 'video/mp4', headers: {} })
    })
    const stored = () => [...store.values.keys()].some((key) => key.includes('/oss.uploads/'))
    await expect.poll(() => account.clock.pending).toBe(0)
    await expect.poll(() => stored()).toBe(false)
  })
})

it('keeps the bytes of an object that is replaced until that is stored', async () => {
  const { store, object } = await storedWorld()
  await object('PUT', 'film.mp4', Buffer.from('old'))
  const [old = ''] = readdirSync(store.files)
  const release = store.hold()
  const answer = object('PUT', 'film.mp4', Buffer.from('new'))
  await soFar(answer)
  expect(existsSync(join(store.files, old))).toBe(true)
  release()
  await answer
  expect(readdirSync(store.files)).toHaveLength(1)
  expect(existsSync(join(store.files, old))).toBe(false)
})

describe('a full disk', () => {
  async function fullWorld() {
    const world = await storedWorld()
    await world.object('PUT', 'old.mp4', Buffer.from('old'))
    world.store.full = true
    expect((await world.vod('CreateUploadVideo', { Title: 'refused', FileName: 'film.mp4' })).status).toBe(500)
    return world
  }

  it('keeps nobody from deleting, and the file is gone', async () => {
    const { store, object } = await fullWorld()
    expect((await object('DELETE', 'old.mp4')).status).toBe(204)
    expect([...store.values.keys()].filter((key) => key.includes('old.mp4'))).toEqual([])
    expect(readdirSync(store.files)).toEqual([])
  })

  it('keeps nobody from resetting', async () => {
    const { store, control } = await fullWorld()
    expect((await control('POST', '/reset')).status).toBe(200)
    expect(readdirSync(store.files)).toEqual([])
  })

  it('has nothing begun that could not be stored', async () => {
    const { account, vod, control } = await fullWorld()
    expect((await vod('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).status).toBe(500)
    expect((await control('POST', '/ram/users', { name: 'alice' })).status).toBe(500)
    expect([account.vod.videos.list().rows.map(({ title }) => title), account.ram.users]).toEqual([['refused'], []])
  })

  it('does not matter any more once there is room', async () => {
    const { store, vod, account } = await fullWorld()
    store.full = false
    expect((await vod('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).status).toBe(200)
    expect(account.vod.videos.count).toBe(2)
  })

  it('keeps nobody from stopping, and nothing is lost that was acknowledged', async () => {
    const { store, cloud, open } = await fullWorld()
    store.failure = new NoSpaceError('no space left on device')
    await cloud.close()
    const again = await open()
    onTestFinished(() => again.dispose())
    const { oss, vod } = again.account()
    expect([oss.objects.list().rows.map(({ key }) => key), vod.videos.count]).toEqual([['old.mp4'], 0])
  })

  it('is tried again with the files that could not be removed', async () => {
    const { store, object } = await storedWorld()
    await object('PUT', 'old.mp4', Buffer.from('old'))
    store.failure = new Error('the disk is at fault')
    expect((await object('DELETE', 'old.mp4')).status).toBe(500)
    expect(readdirSync(store.files)).toHaveLength(1)
    store.failure = undefined
    await object('GET', 'old.mp4')
    expect(readdirSync(store.files)).toEqual([])
  })
})

describe('what cannot be stored', () => {
  it.each<[string, (world: Awaited<ReturnType<typeof storedWorld>>) => Promise<{ status: number; body: unknown }>, object]>([
    ['a call', ({ vod }) => vod('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' }), { Code: 'InternalError' }],
    ['an upload', ({ object }) => object('PUT', 'film.mp4', Buffer.from('film')), expect.stringContaining('<Code>InternalError</Code>')],
    ['a control call', ({ control }) => control('POST', '/ram/users', { name: 'alice' }), { error: 'internal error, see the log' }],
  ])('%s is refused', async (_what, ask, body) => {
    const world = await storedWorld()
    world.store.failure = new Error('no space left on device')
    const answer = await ask(world)
    expect(answer.status).toBe(500)
    expect(typeof body === 'object' ? answer.body : String(answer.body)).toEqual('Code' in body ? expect.objectContaining(body) : body)
    expect(world.bugs).toContain('no space left on device')
  })

  it.each<[string, (world: Awaited<ReturnType<typeof storedWorld>>) => Promise<{ status: number; body: unknown }>]>([
    ['a call', ({ vod }) => vod('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })],
    ['an upload', ({ object }) => object('PUT', 'film.mp4', Buffer.from('film'))],
  ])('says in the call log why %s was refused', async (_what, ask) => {
    const world = await storedWorld()
    const { store, account } = world
    store.failure = new Error('no space left on device')
    await ask(world)
    expect(account.log.all().at(-1)).toMatchObject({
      code: 'InternalError',
      reason: 'the change could not be stored: no space left on device',
    })
  })

  it('is stored with what comes later, once it can be', async () => {
    const { store, cloud, vod, open } = await storedWorld()
    store.failure = new Error('no space left on device')
    await vod('CreateUploadVideo', { Title: 'refused', FileName: 'film.mp4' })
    store.failure = undefined
    expect((await vod('CreateUploadVideo', { Title: 'accepted', FileName: 'film.mp4' })).status).toBe(200)
    const before = await cloud.account().export()
    await cloud.close()
    const again = await open()
    onTestFinished(() => again.dispose())
    expect(await again.account().export()).toEqual(before)
  })

  it('is stored with what comes later, the bytes of a refused upload included', async () => {
    const { store, cloud, object, open } = await storedWorld()
    store.failure = new Error('the disk is at fault')
    expect((await object('PUT', 'film.mp4', Buffer.from('film'))).status).toBe(500)
    store.failure = undefined
    expect((await object('GET', 'film.mp4')).status).toBe(200)
    await cloud.close()
    const again = await open()
    onTestFinished(() => again.dispose())
    expect(String(await again.account().oss.object(BUCKET, 'film.mp4')?.content.bytes())).toBe('film')
  })

  it('costs nothing that was acknowledged, on a real disk', async () => {
    const dataDir = folder()
    // No file of the process may be larger than 64 blocks of 512 bytes: the log of the database soon is.
    const limited = runCommand(['--port', '0', '--data-dir', dataDir, '--log-level', 'silent'], {}, { setup: 'ulimit -f 64' })
    const url = /http:\S+/.exec(await limited.ready)?.[0] as string
    onTestFinished(() => {
      limited.child.kill('SIGKILL')
    })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/_emulator/settings`, { method: 'PUT', headers, body: '{"limits":{"enabled":false}}' })
    const call = popCore(
      { url, key: { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }, version: '2017-03-21' },
      'POST',
    )
    const acknowledged: string[] = []
    const refusals: string[] = []
    for (let index = 0; index < 150; index++) {
      try {
        acknowledged.push((await call('CreateUploadVideo', { Title: `film ${index}`, FileName: 'film.mp4' })).VideoId)
      } catch (error) {
        refusals.push((error as { code: string }).code)
      }
    }
    limited.child.kill('SIGKILL')
    await limited.ended
    const emulator = await lastingEmulator({ dataDir })
    expect(new Set(refusals)).toEqual(new Set(['InternalError']))
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(acknowledged.filter((videoId) => emulator.account.vod.videos.get(videoId) === undefined)).toEqual([])
  })
})
