/** Starting with a state. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { readOptions } from '../../emulator/options.js'
import { createCloud } from '../../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-state-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** A file with the state of an account with the world `demo`. */
async function stateFile(name: string): Promise<string> {
  const cloud = createCloud({ world: 'demo', clock: 'manual' })
  const document = await cloud.account().export({ bytes: 'inline' })
  cloud.dispose()
  return fileOf(name, JSON.stringify(document))
}

const videosOf = async ({ cloud }: Awaited<ReturnType<typeof startEmulator>>) => {
  const account = cloud.account()
  return account.turn.take(() => account.vod.videos.list().rows.length)
}

test('the default account takes it over, and again after a reset', async () => {
  const emulator = await startEmulator({ port: 0, state: await stateFile('a.json') })
  const videos = await videosOf(emulator)
  expect(videos).toBeGreaterThan(0)
  const account = emulator.cloud.account()
  expect(account.clock.mode).toBe('manual')
  await account.clock.advance('1h')
  await account.reset()
  expect([await videosOf(emulator), account.clock.now()]).toEqual([videos, Date.UTC(2026, 0, 1)])
  await emulator.close()
})

test('a data folder goes on from where it was, and takes it over only with a reset', async () => {
  const options = { port: 0, dataDir: join(folder, 'data'), state: await stateFile('b.json') }
  const first = await startEmulator(options)
  await first.cloud.account().clock.advance('1h')
  await first.close()
  const second = await startEmulator(options)
  expect(second.cloud.account().clock.now()).toBe(Date.UTC(2026, 0, 1, 1))
  await second.cloud.account().reset()
  expect(second.cloud.account().clock.now()).toBe(Date.UTC(2026, 0, 1))
  await second.close()
})

test.each([
  ['nothing there', () => join(folder, 'gone.json'), /the state .*gone\.json cannot be read: ENOENT/],
  ['no JSON', () => fileOf('broken.json', '{'), /the state .*broken\.json cannot be read/],
  ['no state', () => fileOf('other.json', '{}'), /format/],
])('%s: the emulator does not start, and says why', async (_what, file, reason) => {
  await expect(startEmulator({ port: 0, state: file() })).rejects.toThrow(reason)
})

test('it is named by flag and in the configuration file', () => {
  const config = fileOf('config.json', JSON.stringify({ state: 'from-file.json', trustProxy: true }))
  expect(readOptions(['--config', config])).toMatchObject({ state: 'from-file.json', trustProxy: true })
  expect(readOptions(['--config', config, '--state', 'from-flag.json', '--trust-proxy'])).toMatchObject({
    state: 'from-flag.json',
    trustProxy: true,
  })
})
