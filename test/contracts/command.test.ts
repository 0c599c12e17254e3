/** The command `vod-viapi-emulator verify`. */

import { expect, test, vi } from 'vitest'
import { runVerify } from '../../emulator/verify.js'
import { call, SEGMENT, usePactFiles } from './support.js'

const { pactFile } = usePactFiles()

/** Runs the command and returns its exit code and what it prints. */
async function run(...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const code = await runVerify(args)
    return { code, stdout: out.mock.calls.join(''), stderr: err.mock.calls.join('') }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

test('prints the report and ends with 0 if every interaction is ok', async () => {
  const { code, stdout, stderr } = await run(pactFile([call(SEGMENT)]), '--provider', 'videoseg', '--scheme', 'rpc')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/ok +a call\n\n1 interactions: 1 ok, 0 failed\n$/)
})

test('ends with 1 if one failed', async () => {
  const { code, stdout } = await run(pactFile([call(SEGMENT, { status: 404 })]))
  expect(code).toBe(1)
  expect(stdout).toMatch('status: expected 404 but was 200')
})

test.each<[what: string, args: string[], says: RegExp]>([
  ['nothing is named', [], /there is nothing to verify: name Pact files, or a broker/],
  ['a file is not there', ['/nowhere.json'], /^vod-viapi-emulator verify: \/nowhere\.json cannot be read: [^\n]+\n$/],
  ['a flag is unknown', ['--speed', '2', '.'], /unknown option '--speed'/],
  ['a signature is unknown', ['--scheme', 'v4', '.'], /--scheme.*v4.*acs3, rpc/],
])('ends with 2 and says so if %s', async (_what, args, says) => {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(says)
})
