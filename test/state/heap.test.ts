import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Cloud } from '../../src/index.js'
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
