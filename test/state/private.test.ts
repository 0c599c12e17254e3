/** Data folders hold secrets: nobody but their owner gets into them. */

import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, lastingEmulator } from './durable-support.js'

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

test.skipIf(process.platform === 'win32')('a folder that is made, and what is made in it', async () => {
  const dataDir = join(folder(), 'made', 'data')
  await lastingEmulator({ dataDir })
  expect(['', 'state', 'objects'].map((name) => modeOf(join(dataDir, name)))).toEqual(['700', '700', '700'])
  expect(modeOf(join(dataDir, '..'))).not.toBe('700')
})

test.skipIf(process.platform === 'win32')('a folder that was there is left to its owner, what is in it is not', async () => {
  const dataDir = folder()
  mkdirSync(join(dataDir, 'state'))
  chmodSync(dataDir, 0o755)
  chmodSync(join(dataDir, 'state'), 0o755)
  await lastingEmulator({ dataDir })
  expect(['', 'state', 'objects'].map((name) => modeOf(join(dataDir, name)))).toEqual(['755', '700', '700'])
})
