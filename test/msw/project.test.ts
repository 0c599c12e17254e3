/** The vitest fixtures in a project of its own: how it ends, and what it prints, is seen from outside only. */

import { execFile } from 'node:child_process'
import { beforeAll, expect, it } from 'vitest'

/** Runs the project, and answers what it prints. */
const run = (): Promise<string> =>
  new Promise((resolve) => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/msw/project/vitest.config.ts']
    execFile(process.execPath, args, { env: { ...process.env, NO_COLOR: '1' } }, (_error, stdout, stderr) => resolve(stdout + stderr))
  })

let printed: string

beforeAll(async () => {
  printed = await run()
})

it('serves one file after the other', () => {
  expect(printed).toMatch(/Tests +4 failed \| 7 passed/)
})

it('shows why a call was refused where a test fails', () => {
  expect(printed).toContain('videoseg refused SegmentVideoBody: 400 InvalidFile.Region:')
  expect(printed).toContain('(VideoUrl points to a bucket in cn-beijing, not in cn-shanghai)')
})

it('fails a test in which a bug shows, with what it is', () => {
  expect(printed).toMatch(/FAIL +bugs\.case\.ts > a call meets a bug.*\n.*Error: bug in broken\.Break \S+: planted in an Action/)
})

it('fails a test that leaves something over, with what it is, unless it has failed already', () => {
  expect(printed.match(/the test has left something over:\n +job \S+ \(videoseg\.SegmentVideoBody\).* is still QUEUING/g)).toHaveLength(1)
  expect(printed).toContain("expected 'one reason' to be 'another'")
  expect(printed).not.toContain('knows no parameter')
})
