import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { Account, Cloud } from '../../src/index.js'
import { BUCKET, oss, part, speaker, stateCloud } from './support.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Bytes of the heap in use, and of what lies outside it. */
async function used(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Everything that leaves something behind, in two accounts that are disposed of: one is a fork of the other. */
async function live(cloud: Cloud): Promise<void> {
  const account = cloud.createAccount()
  const call = speaker(cloud, account)
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'small' }, { body: part(1).subarray(0, 50_000) })
  await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  await call('videoseg.SegmentVideoBody', { VideoUrl: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4' })
  account.ram.putUser('alice', { allow: ['vod:*'] })
  account.ram.createAccessKey('alice')
  await account.snapshots.save('before')
  const fork = await account.fork()
  await account.snapshots.restore('before')
  await fork.clock.advance('1m')
  await account.snapshots.save('after')
  cloud.disposeAccount(account)
  cloud.disposeAccount(fork)
}

test('two thousand accounts that are disposed of leave nothing in memory, nor do their snapshots', async () => {
  const cloud = stateCloud()
  const thousand = async (): Promise<number> => {
    for (let pairs = 0; pairs < 500; pairs++) await live(cloud)
    return used()
  }
  const first = await thousand()
  const second = await thousand()
  // Of what a thousand accounts hold with their objects and snapshots, a fiftieth: the engine itself still learns meanwhile.
  expect(second - first).toBeLessThan(2_000_000)
})

describe('forks of an account with 20,000 files and 3,000 users', () => {
  async function large(cloud: Cloud): Promise<Account> {
    const account = cloud.createAccount()
    for (let round = 0; round < 2; round++)
      await account.putAssets(Array.from({ length: 10_000 }, (_, index) => ({ url: `http://films.example.com/${round}/${index}.mp4` })))
    for (let user = 0; user < 3000; user++) {
      account.ram.putUser(`user-${user}`, { allow: ['vod:*'] })
      account.ram.createAccessKey(`user-${user}`)
    }
    return account
  }

  /** Changes something of everything. */
  async function change(fork: Account, number: number): Promise<void> {
    await fork.putAssets([{ url: `http://films.example.com/0/${number}.mp4`, duration: 1 }])
    fork.ram.putUser(`user-${number}`, {})
    fork.ram.createAccessKey(`user-${number}`)
    await fork.snapshots.save('changed')
  }

  test('take what they change, and hardly more', async () => {
    const cloud = stateCloud()
    const account = await large(cloud)
    const before = await used()
    const forks: Account[] = []
    for (let number = 0; number < 100; number++) forks.push(await account.fork())
    for (const [number, fork] of forks.entries()) await change(fork, number)
    // Copied as a whole, the hundred took 880 MB.
    expect((await used()) - before).toBeLessThan(25_000_000)
    expect(forks.every(({ assets, ram }) => assets.count === 20_000 && ram.users.length === 3000)).toBe(true)
  })

  test('leave nothing in memory, a thousand of them', async () => {
    const cloud = stateCloud()
    const account = await large(cloud)
    const some = async (count: number): Promise<number> => {
      for (let number = 0; number < count; number++) {
        const fork = await account.fork()
        await change(fork, number)
        cloud.disposeAccount(fork)
      }
      return used()
    }
    const first = await some(200)
    expect((await some(1000)) - first).toBeLessThan(3_000_000)
  })
})
