/** Every code block of the documentation that can be run here is run, and does what the page says, or at least is not refused. */

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readOptions } from '../../emulator/options.js'
import { type Block, blocks } from './blocks.js'
import { notRun } from './not-run.js'
import { type Place, runFragment, startPlace } from './place.js'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'code-blocks-'))
let place: Place
beforeAll(async () => {
  place = await startPlace(folder)
})
beforeEach(() => place.reset())
afterAll(async () => {
  await place.end()
  rmSync(folder, { recursive: true })
})

/** What is done with a block; `undefined` if it is no code, or shows a file that other tests hold. */
function treatmentOf({ name, language, file, code }: Block): string | undefined {
  if (file !== undefined || language === '' || language === 'text') return undefined
  if (Object.hasOwn(notRun, name)) return 'not run'
  if (language === 'json' || language === 'sh') return language
  if (language === 'js' || language === 'ts')
    return /^(?:export const test|test\(|const test = emulatorTest)|from '(?:vitest|node:test)'/m.test(code) ? 'test file' : 'fragment'
  return 'unknown'
}

const treated = (treatment: string): Block[] => blocks.filter((block) => treatmentOf(block) === treatment)

test('what is not run is there, and what is there is run or named', () => {
  const names = blocks.map(({ name }) => name)
  expect(Object.keys(notRun).filter((name) => !names.includes(name))).toEqual([])
  expect(treated('unknown').map(({ name }) => name)).toEqual([])
})

describe.each(treated('json'))('JSON: $name', ({ code }) => {
  test('is taken by what it is for', async () => {
    await place.take(JSON.parse(code), (path) => readOptions(['--config', path]))
  })
})

describe.each(treated('sh'))('commands: $name', ({ code }) => {
  test('are answered, each with success', async () => {
    // What starts an emulator has been done by the place.
    const lines = code.split(/(?<!\\)\n(?=curl|vod-viapi-emulator|npx|$)/).filter((line) => /^curl /.test(line))
    expect(lines).not.toEqual([])
    const script = lines
      .join('\n')
      .replaceAll('http://127.0.0.1:4010', place.url)
      .replace(/^curl /gm, 'curl --silent --show-error --fail-with-body ')
    await run('bash', ['-euc', script], {
      env: { ...process.env, VIDEO_ID: place.first, ...(code.includes('$JOB_ID') && { JOB_ID: await place.reviewJob() }) },
    })
  })
})

describe.each(treated('fragment'))('code: $name', ({ code }) => {
  test('runs', async () => {
    await runFragment(place, code)
  })
})

describe('test files', () => {
  /** What a file of this kind that the page does not show whole begins with. */
  const BEGINNING = `import { createClient } from 'vod-viapi-emulator/client'\nimport { emulatorTest } from 'vod-viapi-emulator/vitest'\nconst test = emulatorTest()\n`
  const files = treated('test file').map(({ name, language, code }) => {
    const runner = code.includes("from 'node:test'") ? 'node' : 'vitest'
    return {
      runner,
      path: `${name.replace(/\W+/g, '-')}.${runner}.${language === 'ts' ? 'ts' : 'mjs'}`,
      code: code.includes('import ') ? code : BEGINNING + code,
    }
  })
  const project = join(folder, 'project')

  beforeAll(() => {
    // The packages that the repository has, and the repository itself as one of them.
    mkdirSync(join(project, 'node_modules'), { recursive: true })
    for (const name of readdirSync('node_modules').filter((each) => !each.startsWith('.')))
      symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
    symlinkSync(resolve('.'), join(project, 'node_modules/vod-viapi-emulator'))
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
    for (const { path, code } of files) writeFileSync(join(project, path), code)
    // In one process: in one each, they would take longer to load the package than to run.
    writeFileSync(
      join(project, 'vitest.config.mjs'),
      "export default { test: { include: ['*.vitest.*'], passWithNoTests: false, isolate: false } }",
    )
  })

  test('of vitest pass', async () => {
    // A module that others import has no tests of its own.
    const withTests = files.filter(({ runner, code }) => runner === 'vitest' && /^test\(/m.test(code)).map(({ path }) => path)
    await run(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), 'run', ...withTests], { cwd: project })
  })

  test.each(files.filter(({ runner }) => runner === 'node'))('of node:test pass: $path', async ({ path }) => {
    await run(process.execPath, ['--test', path], { cwd: project })
  })
})
