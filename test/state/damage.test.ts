/** Data folders of which something has been damaged: what is not there any more is missed, and what nothing names any more is kept. */

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { seedOf } from '../../src/base/ids.js'
import { runCommand } from '../support/process.js'
import { rpcOf } from './call.js'
import { BUCKET, folder } from './durable-support.js'

const OBJECTS = 40

/** Opens a folder, and tells what is in it; or why it is refused. */
async function look(dataDir: string): Promise<{ titles: string[]; objects: string[]; told: string[] } | { refused: string }> {
  const told: string[] = []
  try {
    const { cloud, close } = await startEmulator({ port: 0, dataDir, onBug: (error) => told.push((error as Error).message) })
    const { vod, oss } = cloud.account()
    const titles = vod.videos.list().rows.map(({ title }) => title)
    const objects = await Promise.all(oss.objects.list().rows.map(async ({ content }) => String(await content.bytes())))
    await close()
    return { titles, objects, told }
  } catch (error) {
    return { refused: (error as Error).message }
  }
}

/** The one file of the database with such a name. */
const fileOf = (dataDir: string, name: RegExp): string =>
  join(dataDir, 'state', readdirSync(join(dataDir, 'state')).find((each) => name.test(each)) as string)

/** A copy of a folder with one byte of a file changed; `place`: 0 to 1. */
function flipped(dataDir: string, name: RegExp, place: number): string {
  const copy = folder()
  cpSync(dataDir, copy, { recursive: true })
  const path = fileOf(copy, name)
  const bytes = readFileSync(path)
  const index = Math.floor(place * bytes.length)
  bytes[index] = (bytes[index] as number) ^ (1 << (seedOf('bit', index) % 8))
  writeFileSync(path, bytes)
  return copy
}

describe('one byte of a data folder', () => {
  let whole: string
  const expected = Array.from({ length: OBJECTS }, (_, index) => `film ${index}`)

  beforeAll(async () => {
    // Not one that goes with a test.
    whole = mkdtempSync(join(tmpdir(), 'data-folder-test-'))
    const { cloud, close } = await startEmulator({ port: 0, clock: 'manual', dataDir: whole, seed: 'damage' })
    cloud.account().settings.change({ limits: { enabled: false } })
    cloud.account().oss.createBucket(BUCKET, 'cn-shanghai')
    const { vod, object } = rpcOf(cloud)
    for (const title of expected) {
      await vod('CreateUploadVideo', { Title: title, FileName: 'film.mp4' })
      await object('PUT', title.replace(' ', '-'), Buffer.from(title))
    }
    await close()
    return () => rmSync(whole, { recursive: true })
  })

  /** What is not there is missed: the folder is refused, or somebody is told. */
  async function expectNoticed(dataDir: string): Promise<'refused' | 'told' | 'whole'> {
    const found = await look(dataDir)
    if ('refused' in found) return 'refused'
    const isWhole = found.titles.join() === expected.join() && found.objects.join() === expected.join()
    if (isWhole && found.told.length === 0) return 'whole'
    expect(found.told.join()).toMatch(/is damaged: /)
    return 'told'
  }

  it('in its log', async () => {
    const outcomes = new Set<string>()
    for (let place = 0.02; place < 1; place += 0.08) outcomes.add(await expectNoticed(flipped(whole, /\.log$/, place)))
    expect(outcomes).toContain('told')
  })

  it('in its tables', async () => {
    const dataDir = folder()
    cpSync(whole, dataDir, { recursive: true })
    await look(dataDir)
    const outcomes = new Set<string>()
    for (let place = 0.02; place < 1; place += 0.08) outcomes.add(await expectNoticed(flipped(dataDir, /\.ldb$/, place)))
    outcomes.delete('whole')
    expect(outcomes.size).toBeGreaterThan(0)
  })

  it('is told of once, and the files of what is lost are kept', async () => {
    const dataDir = flipped(whole, /\.log$/, 0.3)
    const found = await look(dataDir)
    if ('refused' in found) throw new Error(found.refused)
    const lost = OBJECTS - found.objects.length
    expect(lost).toBeGreaterThan(0)
    const orphans = readdirSync(join(dataDir, 'orphans'))
    expect(orphans).toHaveLength(lost)
    expect(found.told).toEqual([
      expect.stringMatching(/^the data folder .* is damaged: it held \d+ entries, and \d+ are left; what can be read is used$/),
      expect.stringMatching(/^moved to .*orphans, because nothing names them: \d+, /),
    ])
    const bytes = orphans.map((name) => readFileSync(join(dataDir, 'orphans', name), 'utf8'))
    expect([...found.objects, ...bytes].sort()).toEqual([...expected].sort())
    expect(await look(dataDir)).toEqual({ titles: found.titles, objects: found.objects, told: [] })
  })
})

describe('a file that nothing names', () => {
  it('is kept apart, and stderr says so', async () => {
    const dataDir = folder()
    await (await startEmulator({ port: 0, dataDir })).close()
    writeFileSync(join(dataDir, 'objects', '99'), 'nobody knows')
    const command = runCommand(['--port', '0', '--data-dir', dataDir])
    await command.ready
    command.child.kill('SIGTERM')
    const { code, stderr } = await command.ended
    expect([code, readdirSync(join(dataDir, 'objects')), readdirSync(join(dataDir, 'orphans'))]).toEqual([0, [], ['99']])
    expect(stderr).toContain('because nothing names them: 99; a killed process leaves such files, and so does damage')
  })

  it('is kept beside others of its name', async () => {
    const dataDir = folder()
    for (const content of ['one', 'two']) {
      await (await startEmulator({ port: 0, dataDir })).close()
      writeFileSync(join(dataDir, 'objects', '99'), content)
    }
    await (await startEmulator({ port: 0, dataDir })).close()
    expect(readdirSync(join(dataDir, 'orphans')).sort()).toEqual(['99', '99-2'])
  })

  it('is removed if it is not even complete', async () => {
    const dataDir = folder()
    await (await startEmulator({ port: 0, dataDir })).close()
    writeFileSync(join(dataDir, 'objects', '99.part'), 'half of an upl')
    expect(await look(dataDir)).toMatchObject({ told: [] })
    expect([readdirSync(join(dataDir, 'objects')), existsSync(join(dataDir, 'orphans'))]).toEqual([[], false])
  })
})
