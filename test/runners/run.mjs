/**
 * The smoke tests: packs what was built, installs it beside each test runner, and runs each on every version of Node.js it is for.
 *
 *     node test/runners/run.mjs [file for the totals]
 *
 * Prints a line for each run, and writes how many tests passed and failed as JSON. What a run prints is shown where it fails.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'runners-'))

const vitest = (...args) => ({
  args: (report) => ['node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=json', `--outputFile=${report}`],
  count: countJson,
})
const jest = (config, ...flags) => ({
  args: (report) => [...flags, 'node_modules/jest/bin/jest.js', '--config', config, '--json', `--outputFile=${report}`],
  count: countJson,
})
const nodeTest = () => ({
  args: (report) => ['--test', '--test-reporter=tap', `--test-reporter-destination=${report}`],
  count: countTap,
})
const inEachPool = (...args) =>
  Object.fromEntries(['forks', 'threads', 'vmThreads', 'vmForks'].map((pool) => [pool, vitest(`--pool=${pool}`, ...args)]))

/** What the tests of the repository say of a version of Node.js: where it shows most. */
const SUITE = ['test/doors', 'test/msw', 'test/undici', 'test/cli', 'test/events', 'test/oss/sdk.test.ts', 'test/state/durable.test.ts']

/** By folder; `since`: the first version of Node.js that it is for. */
const RUNNERS = {
  'vitest-4': { runs: inEachPool() },
  'vitest-5': { since: 22, runs: inEachPool() },
  jest: {
    runs: {
      'ECMAScript modules': jest('esm/jest.config.cjs', '--experimental-vm-modules'),
      'CommonJS over HTTP': jest('cjs/jest.config.cjs'),
    },
  },
  'node-test': { runs: { 'node:test': nodeTest() } },
  'undici-6': { runs: { 'requests in process': nodeTest() } },
  'undici-7': { runs: { 'requests in process': nodeTest() } },
  'undici-8': { since: 22, runs: { 'requests in process': nodeTest() } },
  'pact-16': { runs: { 'verifies a pact': nodeTest() } },
  'pact-17': { since: 22, runs: { 'verifies a pact': nodeTest() } },
}

/** Of the reports of vitest and Jest. */
function countJson(report) {
  const { numPassedTests: passed, numFailedTests: failed, numFailedTestSuites: suites } = JSON.parse(report)
  return { passed, failed: failed || suites }
}

/** Of node:test. */
function countTap(report) {
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(report)?.[1] ?? 0)
  return { passed: count('pass'), failed: count('fail') + count('cancelled') }
}

const environment = (node) => ({ ...process.env, NO_COLOR: '1', PATH: `${dirname(node)}${delimiter}${process.env.PATH}` })

/** Installs what a folder locks, and packages beside it. */
function install(folder, node, ...packages) {
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: folder, env: environment(node), stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Runs tests, and counts what its report says; without a report, one has failed. */
function run(name, folder, { version, path }, { args, count }) {
  const report = join(temporary, 'report')
  rmSync(report, { force: true })
  const began = Date.now()
  const { status, stdout, stderr } = spawnSync(path, args(report), {
    cwd: folder,
    env: environment(path),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  let counted
  try {
    counted = count(readFileSync(report, 'utf8'))
  } catch {
    counted = { passed: 0, failed: 1 }
  }
  if (status !== 0 && counted.failed === 0) counted.failed = 1
  const { passed, failed } = counted
  console.log(`${name}, Node.js ${version}: ${passed} passed, ${failed} failed (${Math.round((Date.now() - began) / 1000)} s)`)
  if (failed > 0) console.log(stdout, stderr)
  return counted
}

const totals = { passed: 0, failed: 0 }
const add = ({ passed, failed }) => {
  totals.passed += passed
  totals.failed += failed
}

try {
  install(join(here, 'nodes'), process.execPath)
  const nodes = [process.execPath, ...['node-22', 'node-24'].map((name) => join(here, 'nodes/node_modules', name, 'bin/node'))].map(
    (path) => ({
      path,
      version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1),
    }),
  )
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', temporary], {
    cwd: root,
    encoding: 'utf8',
  })
  const tarball = join(temporary, packed.trim())
  for (const [folder, { since = 0, runs }] of Object.entries(RUNNERS)) {
    const suitable = nodes.filter(({ version }) => Number.parseInt(version, 10) >= since)
    install(join(here, folder), suitable[0].path, tarball)
    for (const node of suitable)
      for (const [name, how] of Object.entries(runs)) add(run(`${folder}, ${name}`, join(here, folder), node, how))
  }
  for (const node of nodes.slice(1)) add(run('part of the suite', root, node, vitest(...SUITE)))
} catch (error) {
  console.error(error)
  totals.failed++
} finally {
  rmSync(temporary, { recursive: true })
}

if (process.argv[2] !== undefined) writeFileSync(process.argv[2], JSON.stringify(totals))
process.exitCode = totals.failed > 0 ? 1 : 0
