/** Calls that take effect although their client sees a failure: once, several times, or later. */

import { beforeEach, describe, expect, it } from 'vitest'
import { type Account, createCloud } from '../../src/index.js'
import { read, testCloud, VIDEO_URL } from '../support/cloud.js'
import { jobsOf } from './support.js'

const OTHER_URL = VIDEO_URL.replace('sample', 'other')

let test: ReturnType<typeof testCloud>
let account: Account

beforeEach(() => {
  test = testCloud()
  account = test.account
})

const segment = (VideoUrl = VIDEO_URL) => test.send('videoseg.SegmentVideoBody', { VideoUrl })
const causes = () => account.jobs.records.list().rows.map(({ cause }) => cause)

describe('several times, as when a proxy sends a call again', () => {
  beforeEach(() => {
    account.faults.add({ action: 'SegmentVideoBody', loseReply: { effects: 3 } })
  })

  it('each has a RequestId of its own, and all go back to the one call', async () => {
    expect((await segment()).connection).toBe('reset')
    const ids = account.jobs.records.list().rows.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    const [{ requestId, jobs } = { requestId: '', jobs: [] }, ...others] = account.log.all()
    expect(others).toEqual([])
    expect(ids[0]).toBe(requestId)
    expect(causes()).toEqual([requestId, requestId, requestId])
    expect(jobs?.map(({ id }) => id)).toEqual(ids)
  })

  it('a call that is refused is refused each time, and the log says why', async () => {
    await segment('nothing')
    expect(jobsOf(account)).toBe(0)
    expect(account.log.all()).toMatchObject([{ status: 0, code: 'InvalidFile.URL', faults: ['fault-1'] }])
  })
})

describe('later', () => {
  beforeEach(() => {
    account.faults.add({ action: 'SegmentVideoBody', loseReply: { see: { error: 'InternalError' }, effectAfter: '10m' }, times: 2 })
  })

  it('it happens when the clock comes there', async () => {
    expect(read(await segment())).toMatchObject({ status: 500, body: { Code: 'InternalError' } })
    expect(jobsOf(account)).toBe(0)
    expect(await account.clock.advance('9m')).toEqual([])
    const { requestId = '' } = account.log.all()[0] ?? {}
    const fired = await account.clock.advance('1m')
    expect(fired).toEqual([
      { at: '2026-01-01T00:10:00.000Z', what: `effect of videoseg.SegmentVideoBody ${requestId}, whose reply was lost by fault-1` },
    ])
    expect(account.jobs.records.list().rows).toMatchObject([{ id: requestId, cause: requestId }])
  })

  it('in the order of the calls', async () => {
    await segment()
    await segment(OTHER_URL)
    await account.clock.advance('10m')
    expect(account.jobs.records.list().rows.map(({ input }) => (input as { VideoUrl: string }).VideoUrl)).toEqual([VIDEO_URL, OTHER_URL])
  })

  it('it happens even after the fault was taken back and the key was disabled', async () => {
    account.ram.putUser('alice', { allow: ['*'] })
    const key = account.ram.createAccessKey('alice')
    await test.send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { key })
    account.faults.clear()
    account.ram.setActive(key.accessKeyId, false)
    await account.clock.advance('10m')
    expect(jobsOf(account)).toBe(1)
  })

  it('it never happens in an account that was reset', async () => {
    await segment()
    await account.reset()
    expect(await account.clock.advance('10m')).toEqual([])
    expect(jobsOf(account)).toBe(0)
  })

  it('what waits goes with the state: exported, imported, forked and restored', async () => {
    await segment()
    await account.snapshots.save('waiting')
    const document = await account.export()
    const fork = await account.fork()
    const other = createCloud({ clock: 'manual' }).account()
    await other.import(JSON.parse(JSON.stringify(document)))
    await account.clock.advance('10m')
    expect(jobsOf(account)).toBe(1)
    await account.snapshots.restore('waiting')
    expect(jobsOf(account)).toBe(0)
    for (const each of [account, fork, other]) {
      expect(each.faults.list()).toMatchObject([{ id: 'fault-1', matched: 1, applied: 1 }])
      await each.clock.advance('10m')
      expect(jobsOf(each)).toBe(1)
      expect(each.faults.add({ hang: true }).id).toBe('fault-2')
    }
  })

  it('no more calls wait than are kept: the others take effect at once', async () => {
    account.settings.change({ limits: { enabled: false } })
    account.faults.clear()
    account.faults.add({ loseReply: { effectAfter: '1d' } })
    for (let call = 0; call < 1001; call++) await segment()
    expect(jobsOf(account)).toBe(1)
    expect(account.clock.pending).toBe(1001)
  })
})

it('what a call costs is counted as often as it takes effect', async () => {
  const charges = async (effects: number): Promise<unknown> => {
    const { account, send } = testCloud()
    account.faults.add({ loseReply: { effects } })
    await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await account.clock.advance('1m')
    return account.usage.report()
  }
  expect(await charges(2)).not.toEqual(await charges(1))
})
