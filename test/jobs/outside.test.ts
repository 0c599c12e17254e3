/** Jobs that wait for something outside: a host that takes its time, or never answers. */

import { describe, expect, test } from 'vitest'
import { type CloudOptions, createCloud } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import { read } from '../support/cloud.js'
import { sample, vodWorld } from '../vod/support.js'

const HOST = '127.0.0.1:9000'

/** A host that answers when it is told to, or never. */
class Host {
  readonly asked: { url: string; signal: AbortSignal; answer: (bytes: string) => void }[] = []

  download = (url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> =>
    new Promise((resolve) => {
      this.asked.push({ url, signal, answer: (bytes) => resolve(bodyOf(bytes)) })
    })

  /** The requests, once there are so many. */
  async requests(count: number) {
    await expect.poll(() => this.asked).toHaveLength(count)
    return this.asked
  }
}

async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function pulling(options: CloudOptions = {}) {
  const host = new Host()
  const world = vodWorld({ download: host.download, settings: { vod: { fetchFrom: [HOST] } }, ...options })
  const pull = async (name: string): Promise<string> =>
    (await world.call('UploadMediaByURL', { UploadURLs: `http://${HOST}/${name}.mp4` })).body.UploadJobs[0].JobId
  const info = async (JobIds: string, account = world.account) =>
    (await world.call('GetURLUploadInfos', { JobIds }, { account })).body.URLUploadInfoList[0]
  return { ...world, host, pull, info }
}

describe('a host that never answers', () => {
  test('holds up neither calls nor a reset', async () => {
    const { host, pull, info, advance, account, call } = pulling()
    const JobId = await pull('film')
    const moved = advance('1m')
    const [request] = await host.requests(1)
    expect((await info(JobId)).Status).toBe('DOWNLOADING')
    expect((await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).status).toBe(200)
    await account.reset()
    expect(request?.signal.aborted).toBe(true)
    await moved
    expect(account.jobs.records.count).toBe(0)
  })

  test('is given up when its time is over', async () => {
    const { pull, info, advance, account } = pulling({ settings: { vod: { fetchFrom: [HOST], fetchTimeout: 50 } } })
    const JobId = await pull('film')
    await advance('1m')
    expect(await info(JobId)).toMatchObject({ Status: 'DOWNLOAD_FAIL', CompleteTime: '2026-01-01T00:00:04Z' })
    expect(account.jobs.get(JobId)?.error?.reason).toBe('the URL could not be fetched: it was not there within 50 ms')
  })

  test('is let go of when the account is disposed of', async () => {
    const { host, cloud, call } = pulling()
    const account = cloud.createAccount({ clock: 'manual' })
    await call('UploadMediaByURL', { UploadURLs: `http://${HOST}/film.mp4` }, { account })
    const moved = account.clock.advance('1m')
    const [request] = await host.requests(1)
    cloud.disposeAccount(account)
    expect(request?.signal.aborted).toBe(true)
    await moved
  })

  test('is let go of when a test decides what becomes of the job', async () => {
    const { host, pull, info, advance, account } = pulling()
    const JobId = await pull('film')
    const moved = advance('1m')
    const [request] = await host.requests(1)
    await account.jobs.script(JobId, { fail: 'URLInvalidError' })
    expect(request?.signal.aborted).toBe(true)
    await moved
    expect((await info(JobId)).Status).toBe('DOWNLOAD_FAIL')
  })
})

test('on a clock that runs, calls are served meanwhile, and the job goes on by itself', async () => {
  const host = new Host()
  const cloud = createCloud({
    clock: { mode: 'system', speed: 1000 },
    download: host.download,
    settings: { vod: { fetchFrom: [HOST] }, limits: { enabled: false } },
  })
  const vod = async (action: string, params: Record<string, string>) => {
    const call = { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21', action, params: { Format: 'JSON', ...params } }
    return read(await cloud.handle(sign('rpc', { ...call, key: cloud.account().credentials }))).body
  }
  const { UploadJobs } = await vod('UploadMediaByURL', { UploadURLs: `http://${HOST}/film.mp4` })
  const status = async () => (await vod('GetURLUploadInfos', { JobIds: UploadJobs[0].JobId })).URLUploadInfoList[0].Status
  const [request] = await host.requests(1)
  expect(await status()).toBe('DOWNLOADING')
  request?.answer('film')
  await expect.poll(status).toBe('SUCCESS')
  cloud.dispose()
})

describe('a host that answers', () => {
  test('costs no time of the account’s clock', async () => {
    const { host, pull, info, advance } = pulling()
    const JobId = await pull('film')
    const moved = advance('1h')
    const [request] = await host.requests(1)
    request?.answer('film')
    await moved
    expect(await info(JobId)).toMatchObject({ Status: 'SUCCESS', FileSize: '4', CompleteTime: '2026-01-01T00:00:07Z' })
  })

  test('makes no difference by which of two answers comes first', async () => {
    const run = async (order: readonly [number, number]) => {
      const { host, pull, info, advance } = pulling()
      const jobs = [await pull('one'), await pull('two')]
      const moved = advance('1h')
      const requests = await host.requests(2)
      for (const index of order) {
        requests[index]?.answer(`film ${index}`)
        // All that follows from the one happens before the other.
        for (let ticks = 0; ticks < 20; ticks++) await new Promise((resolve) => setImmediate(resolve))
      }
      await moved
      return Promise.all(jobs.map((JobId) => info(JobId)))
    }
    const [forth, back] = [await run([0, 1]), await run([1, 0])]
    expect(forth.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS'])
    expect(back).toEqual(forth)
  })

  test('is asked again for a copy of the account, which has a job of its own', async () => {
    const { host, pull, info, advance, account } = pulling()
    const JobId = await pull('film')
    const moved = advance('5s')
    await host.requests(1)
    const fork = await account.fork()
    const movedFork = fork.clock.advance('5s')
    const [first, second] = await host.requests(2)
    second?.answer('of the fork')
    await movedFork
    expect([(await info(JobId)).Status, (await info(JobId, fork)).Status]).toEqual(['DOWNLOADING', 'SUCCESS'])
    first?.answer('film')
    await moved
    await Promise.all([advance('5s'), fork.clock.advance('5s')])
    expect([(await info(JobId)).FileSize, (await info(JobId, fork)).FileSize]).toEqual(['4', '11'])
  })

  test('is asked again after the account was taken back to a snapshot', async () => {
    const { host, pull, info, advance, account } = pulling()
    const JobId = await pull('film')
    const moved = advance('5s')
    const [first] = await host.requests(1)
    await account.snapshots.save('downloading')
    first?.answer('film')
    await moved
    await account.snapshots.restore('downloading')
    const again = advance('5s')
    const [, second] = await host.requests(2)
    second?.answer('another film')
    await again
    await advance('5s')
    expect(await info(JobId)).toMatchObject({ Status: 'SUCCESS', FileSize: '12' })
  })

  test('after the job was given up leaves nothing behind', async () => {
    const { host, pull, advance, account } = pulling({ settings: { vod: { fetchFrom: [HOST], fetchTimeout: 20 } } })
    await pull('film')
    await advance('1m')
    host.asked[0]?.answer('film')
    for (let ticks = 0; ticks < 20; ticks++) await new Promise((resolve) => setImmediate(resolve))
    expect(account.oss.storage.used).toBe(0)
  })
})

test('a large file is read outside the turn, and is what it is', async () => {
  const { upload, advance, play, account } = vodWorld()
  const film = Buffer.concat([sample('sample.mp4'), Buffer.alloc(2 * 1024 * 1024)])
  const VideoId = await upload({}, film)
  const fired = await advance('1m')
  expect(fired.map(({ what }) => what)).toContainEqual(expect.stringMatching(/ Analyzing → end, now that its work outside is done$/))
  expect((await play(VideoId)).body.VideoBase).toMatchObject({ Status: 'Normal', Duration: '2' })
  expect(account.jobs.unfinished).toBe(0)
})
