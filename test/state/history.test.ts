/** Time travel: what an account was before each of its last calls, and copies of that. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { createControl } from '../../src/client/index.js'
import type { Account, Cloud } from '../../src/index.js'
import { testEmulator } from '../support/sdk.js'
import { BUCKET, busy, oss, part, speaker, stateCloud } from './support.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** An account that keeps what it was before its last calls. */
function keeping(history: number): { cloud: Cloud; account: Account; call: ReturnType<typeof speaker> } {
  const cloud = stateCloud()
  const account = cloud.createAccount({ seed: 'origin', settings: { history } })
  return { cloud, account, call: speaker(cloud, account) }
}

/** All that two copies of one account have in common: keys are each one's own. */
async function shown(account: Account): Promise<unknown> {
  const { tables, cells } = await account.export()
  const own = /^ram\./
  return {
    tables: Object.fromEntries(Object.entries(tables).filter(([name]) => !own.test(name))),
    cells: Object.fromEntries(Object.entries(cells).filter(([name]) => !own.test(name) && name !== 'ids.ram' && name !== 'resultKeys')),
  }
}

const requestIdOf = (account: Account, index: number): string => account.log.all().at(index)?.requestId as string

describe('a copy of what the account was before a call', () => {
  test('is exactly that: of the third of ten calls, with media, objects, jobs and the clock as they were', async () => {
    const { cloud, account } = keeping(0)
    await busy(cloud, account)
    account.log.clear()
    account.settings.change({ history: 10 })
    const call = speaker(cloud, account)
    const before: unknown[] = []
    for (let number = 0; number < 10; number++) {
      await account.clock.advance('10s')
      before.push(await shown(account))
      if (number % 3 === 0) await call('vod.CreateUploadVideo', { Title: `film ${number}`, FileName: 'film.mp4' })
      else if (number % 3 === 1)
        await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: `new-${number}` }, { body: part(1).subarray(0, 9000) })
      else await call('videoseg.SegmentVideoBody', { VideoUrl: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4' })
    }
    const fork = await account.forkAt(requestIdOf(account, 2))
    expect(await shown(fork)).toEqual(before[2])
    expect(fork.clock.now()).toBeLessThan(account.clock.now())
    // It goes on from there, and whatever it does, the account stays as it is, and so do the other states.
    await fork.clock.advance('1d')
    await fork.reset()
    expect(await shown(await account.forkAt(requestIdOf(account, 6)))).toEqual(before[6])
    expect(await shown(await account.forkAt(requestIdOf(account, 0)))).toEqual(before[0])
  })

  test('has the objects that were overwritten and deleted since', async () => {
    const { cloud, account, call } = keeping(10)
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    const object = { bucket: BUCKET, key: 'film' }
    await oss(cloud, account.credentials, 'PUT', object, { body: Buffer.from('first') })
    await call('vod.GetCategories', { CateId: -1 })
    await oss(cloud, account.credentials, 'PUT', object, { body: Buffer.from('second') })
    await oss(cloud, account.credentials, 'DELETE', object)
    const bodyAt = async (index: number) => {
      const fork = await account.forkAt(requestIdOf(account, index))
      return (await oss(cloud, fork.credentials, 'GET', object)).body
    }
    expect([await bodyAt(1), await bodyAt(3)]).toEqual(['first', 'second'])
    expect(await bodyAt(0)).toContain('NoSuchKey')
  })

  test('answers the call again as it was answered, and can take another way', async () => {
    const { cloud, account, call } = keeping(10)
    const first = await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    const fork = await account.forkAt(requestIdOf(account, 0))
    const again = await speaker(cloud, fork)('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    expect([again.VideoId, again.RequestId]).toEqual([first.VideoId, first.RequestId])
    expect([account.log.all().length, fork.log.all().length]).toEqual([1, 1])
  })

  test('is had of calls that were refused, too', async () => {
    const { account, call } = keeping(10)
    await call('vod.GetPlayInfo', { VideoId: 'nobody' }).catch(() => {})
    expect(await account.forkAt(requestIdOf(account, -1))).toBeDefined()
  })
})

describe('it is kept', () => {
  const ask = (call: ReturnType<typeof speaker>) => call('vod.GetCategories', { CateId: -1 })
  const forkable = (account: Account) => account.log.all().map((entry) => entry.forkable ?? false)

  test('of so many of the last calls, and the log says of which', async () => {
    const { account, call } = keeping(2)
    for (let count = 0; count < 4; count++) await ask(call)
    expect(forkable(account)).toEqual([false, false, true, true])
    await expect(account.forkAt(requestIdOf(account, 0))).rejects.toThrow(/is not kept; it is of the last 2 calls/)
  })

  test('of none unless the setting says so; from when it says so', async () => {
    const { account, call } = keeping(0)
    await ask(call)
    await expect(account.forkAt(requestIdOf(account, 0))).rejects.toThrow(/the setting "history" .* is 0/)
    account.settings.change({ history: 5 })
    await ask(call)
    expect(forkable(account)).toEqual([false, true])
    account.settings.change({ history: 0 })
    expect(forkable(account)).toEqual([false, false])
  })

  test('no longer than the call is in the log', async () => {
    const { account, call } = keeping(5)
    await ask(call)
    const id = requestIdOf(account, 0)
    account.log.clear()
    await expect(account.forkAt(id)).rejects.toThrow(RangeError)
  })

  test('until the account is reset or takes over another state', async () => {
    const { account, call } = keeping(5)
    await ask(call)
    const id = requestIdOf(account, 0)
    await account.reset()
    await expect(account.forkAt(id)).rejects.toThrow(RangeError)
  })

  test.each([-1, 1001, 1.5, '5'])('not of %s calls', (history) => {
    expect(() =>
      stateCloud()
        .account()
        .settings.change({ history: history as number }),
    ).toThrow(/history/)
  })
})

test('over HTTP, and by the client', async () => {
  const { url, close } = await testEmulator()
  try {
    const control = createControl({ endpoint: url })
    await control.settings.change({ history: 3 })
    const call = () =>
      control.call('POST /actions/{service}/{action}', { params: { service: 'vod', action: 'GetCategories' }, body: { CateId: -1 } })
    await call()
    await control.clock.advance('1h')
    await call()
    const [{ requestId, forkable } = { requestId: '' }] = await control.requests()
    expect(forkable).toBe(true)
    const fork = createControl(await control.forkAt(requestId))
    expect((await fork.clock.get()).now).toBe('2026-01-01T00:00:00.000Z')
    expect((await control.clock.get()).now).toBe('2026-01-01T01:00:00.000Z')
    await expect(control.forkAt('nobody')).rejects.toMatchObject({ code: 'Control.Refused', message: expect.stringMatching(/not kept/) })
  } finally {
    await close()
  }
})

describe('room', () => {
  /** Bytes of the heap in use, and of what lies outside it. */
  async function used(): Promise<number> {
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setImmediate(resolve))
      collectGarbage()
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }

  test('a thousand states of an account with a thousand media take less than 100 MB, and nothing once they are forgotten', async () => {
    const { account, call } = keeping(0)
    const ids: string[] = []
    for (let count = 0; count < 1000; count++) {
      if (count % 10 === 0) await account.clock.advance('1s')
      ids.push(String((await call('vod.CreateUploadVideo', { Title: `film ${count}`, FileName: 'film.mp4' })).VideoId))
    }
    expect(account.vod.videos.count).toBe(1000)
    const change = async (title: string) => {
      for (const [index, VideoId] of ids.entries()) {
        // Ten calls a second.
        if (index % 10 === 0) await account.clock.advance('1s')
        await call('vod.UpdateVideoInfo', { VideoId, Title: `${title} ${index}` })
      }
    }
    await change('another')
    const before = await used()
    account.settings.change({ history: 1000 })
    await change('other')
    expect(account.log.all().filter(({ forkable }) => forkable)).toHaveLength(1000)
    expect(account.vod.videos.list().rows.every(({ title }) => title.startsWith('other'))).toBe(true)
    const taken = (await used()) - before
    expect(taken).toBeLessThan(100_000_000)
    account.settings.change({ history: 0 })
    expect((await used()) - before).toBeLessThan(taken / 4)
  })

  test('objects that are overwritten again and again push older states out', async () => {
    const { cloud, account } = keeping(1000)
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    const megabytes = 40
    const body = Buffer.alloc(megabytes * 1024 * 1024)
    for (let count = 0; count < 10; count++) {
      body[0] = count
      await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'film' }, { body })
    }
    const kept = account.log.all().filter(({ forkable }) => forkable).length
    expect(kept).toBeGreaterThan(1)
    expect(kept).toBeLessThanOrEqual(256 / megabytes + 1)
  })
})
