/** Recordings hold secrets: nobody but their owner reads them. */

import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordingEmulator, recordingFile } from './support.js'

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

test.skipIf(process.platform === 'win32')('the file, the folder beside it, and what is in there', async () => {
  const { url, file } = await recordingEmulator()
  await fetch(`${url}/bucket/key`, { method: 'PUT', body: 'x'.repeat(100_000) })
  expect(modeOf(file)).toBe('600')
  await fetch(`${url}/?Action=X`, { method: 'POST', body: 'x'.repeat(100_000) })
  const bodies = `${file}.bodies`
  expect([modeOf(bodies), modeOf(join(bodies, 'call-2'))]).toEqual(['700', '600'])
})

test.skipIf(process.platform === 'win32')('also where everybody could read what it takes the place of', async () => {
  const record = recordingFile()
  writeFileSync(record, 'older')
  chmodSync(record, 0o644)
  await recordingEmulator({ record })
  expect(modeOf(record)).toBe('600')
})

test.skipIf(process.platform === 'win32')('a device stays what it is', async () => {
  const before = modeOf('/dev/null')
  await recordingEmulator({ record: '/dev/null' })
  expect(modeOf('/dev/null')).toBe(before)
})
