/** The vitest fixtures in a project of its own: how it ends, and what it prints, is seen from outside only. */

import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'

/** Runs the project, and answers what it prints. */
const run = (): Promise<string> =>
  new Promise((resolve) => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/msw/project/vitest.config.ts']
    execFile(process.execPath, args, { env: { ...process.env, NO_COLOR: '1' } }, (_error, stdout, stderr) => resolve(stdout + stderr))
  })

it('serves one file after the other, and shows why a call was refused where a test fails', async () => {
  const printed = await run()
  expect(printed).toMatch(/Tests +1 failed \| 4 passed/)
  expect(printed).toContain('videoseg refused SegmentVideoBody: 400 InvalidFile.Region:')
  expect(printed).toContain('(VideoUrl points to a bucket in cn-beijing, not in cn-shanghai)')
})
