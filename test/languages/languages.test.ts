/** The examples of docs/languages.md, as they stand there, against an emulator. */

import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import type { Account } from '../../src/index.js'

const page = readFileSync('docs/languages.md', 'utf8')
const examples = [...page.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(([, language = '', file = '', code = '']) => ({
  language,
  file,
  code,
}))

/** How an example is run. Where the language is not installed, or is named with a reason, it is not. */
const languages: Readonly<Record<string, { command: string; args: readonly string[] } | { reason: string }>> = {
  python: { command: 'python3', args: ['-m', 'unittest', 'test_segment.py'] },
  java: { command: 'java', args: ['-ea', 'SegmentTest.java'] },
  go: { reason: 'no Go where the tests run' },
}

let folder: string
let emulator: Emulator
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'languages-'))
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

test('each language has one example, of less than 40 lines', () => {
  expect(examples.map(({ language }) => language)).toEqual(Object.keys(languages))
  expect(examples.filter(({ code }) => code.trimEnd().split('\n').length >= 40)).toEqual([])
})

describe.each(examples)('in $language', ({ language, file, code }) => {
  const run = languages[language]
  const missing =
    run === undefined || 'reason' in run ? run?.reason : spawnSync(run.command, ['--version']).error && `no ${run.command} here`

  test.skipIf(missing !== undefined)(`a job is throttled once and then done${missing === undefined ? '' : ` (${missing})`}`, async () => {
    const { command, args } = run as { command: string; args: string[] }
    writeFileSync(join(folder, file), code)
    const env = { ...process.env, EMULATOR_URL: emulator.url }
    const accounts = vi.spyOn(emulator.cloud, 'createAccount')
    await promisify(execFile)(command, args, { cwd: folder, env })
    const calls = accounts.mock.results.flatMap(({ value }) => (value as Account).log.all())
    accounts.mockRestore()
    expect(calls.map(({ action, code }) => [action, code])).toEqual([
      ['SegmentVideoBody', 'Throttling.User'],
      ['SegmentVideoBody', undefined],
      ['GetAsyncJobResult', undefined],
    ])
  })
})
