/**
 * An emulator with a data folder that is killed: nothing that it has acknowledged is lost.
 *
 * The suite does this a few times; `scripts/kills.sh` does it more often, with more writes each.
 */

import { cpSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { seedOf } from '../../src/base/ids.js'
import { DEFAULT_KEY } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import { TIMES } from '../support/fuzz.js'
import { folder } from './durable-support.js'
import { killAndLook } from './killed-support.js'

const KILLS = 3 * TIMES
const WRITES = 150 * Math.min(TIMES, 7)

describe(`an emulator that is killed in the middle of ${WRITES} writes`, () => {
  it.each(Array.from({ length: KILLS }, (_, index) => index + 1))('has all that it acknowledged: repetition %i', async (seed) => {
    const { acknowledged, lost } = await killAndLook(folder(), seed, WRITES)
    if (TIMES > 1) console.log(`repetition ${seed}: ${acknowledged} writes acknowledged before SIGKILL, ${lost.length} lost`)
    expect(lost).toEqual([])
    expect(acknowledged).toBeGreaterThan(0)
  })
})

describe('a log that ends in the middle of what was written last', () => {
  const CALLS = 60
  const create = async (dataDir: string, count: number) => {
    const { cloud, close } = await startEmulator({ port: 0, clock: 'manual', dataDir, seed: 'cut' })
    const ids: string[] = []
    for (let index = 0; index < count; index++) {
      const params = { Title: `film ${index}`, FileName: 'film.mp4' }
      const call = sign('rpc', {
        host: 'vod.cn-shanghai.aliyuncs.com',
        version: '2017-03-21',
        action: 'CreateUploadVideo',
        params,
        key: DEFAULT_KEY,
      })
      ids.push(JSON.parse(String((await cloud.handle(call)).body)).VideoId)
    }
    const there = cloud
      .account()
      .vod.videos.list()
      .rows.map(({ videoId }) => videoId)
    await close()
    return { ids, there }
  }

  it('opens without the last batches: each of the others is there in full, and none in part', async () => {
    const whole = folder()
    const { ids } = await create(whole, CALLS)
    const log = readdirSync(join(whole, 'state')).find((name) => name.endsWith('.log')) as string
    const { size } = statSync(join(whole, 'state', log))
    const left: number[] = []
    for (let cut = 0; cut < 12; cut++) {
      const dataDir = folder()
      cpSync(whole, dataDir, { recursive: true })
      // From a few bytes to half of the log.
      truncateSync(join(dataDir, 'state', log), size - (seedOf('cut', cut) % Math.ceil(size / 2 ** (1 + (cut % 6)))) - 1)
      // The next video gets the id that followed at the time: count and records come from the same batch.
      const { there, ids: next } = await create(dataDir, 1)
      const count = there.length - 1
      expect(there.slice(0, count)).toEqual(ids.slice(0, count))
      if (count < CALLS) expect(next).toEqual([ids[count]])
      left.push(count)
    }
    expect(Math.min(...left)).toBeLessThan(CALLS)
    expect(Math.max(...left)).toBeGreaterThanOrEqual(CALLS - 3)
  })
})
