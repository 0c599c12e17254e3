/**
 * Packs the package and looks at it as somebody does who installs it: publint and Are The Types Wrong? find nothing, all links of its pages lead
 * somewhere, and on each Node.js of package.json here (and on the one that runs this) it goes into an empty folder without a warning, stays below the
 * size that is promised, and works. `node scripts/package/check.mjs`
 */

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, posix } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, '../..')

/** Megabytes that an installation takes at most, without the optional packages. */
const MOST_MEGABYTES = 55

const folder = mkdtempSync(join(tmpdir(), 'package-'))
try {
  run('npm', ['ci', '--silent'], HERE)
  run('npm', ['run', 'build', '--silent'], ROOT)
  const [packed] = Object.values(JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT)))
  const tarball = join(folder, packed.filename)
  checkLinks(packed.files.map(({ path }) => path))
  console.log(run('npx', ['publint', '--strict', tarball], HERE).trim().split('\n').at(-1))
  run('npx', ['attw', '--profile', 'esm-only', '--no-emoji', tarball], HERE)
  console.log('Are the types wrong? No.')
  console.log(`tarball: ${megabytes(packed.size)} MB, unpacked ${megabytes(packed.unpackedSize)} MB`)
  for (const node of nodes()) await install(tarball, node)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Every Node.js to install with: where its binary is. */
function nodes() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'))
  const binaries = Object.keys(optionalDependencies).map((name) => join(HERE, 'node_modules', name, 'bin/node'))
  return [...new Set([...binaries.filter(existsSync), process.execPath])]
}

/** Links of pages to files that are not packed lead nowhere. */
function checkLinks(files) {
  const targets = new Set(files.flatMap((path) => [path, ...parentsOf(path)]))
  const broken = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\]\((?!\w+:)([^)#\s]+)/g)]
        .map(([, link]) => posix.join(posix.dirname(path), link).replace(/\/$/, ''))
        .filter((target) => !targets.has(target))
        .map((target) => `${path}: ${target}`),
    )
  assert.deepEqual(broken, [], 'links to what is not in the package')
}

/** All folders that a file is in. */
function parentsOf(path) {
  return path.includes('/') ? [posix.dirname(path), ...parentsOf(posix.dirname(path))] : []
}

async function install(tarball, node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const project = mkdtempSync(join(folder, 'project-'))
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
  const npm = join(execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim(), 'npm/bin/npm-cli.js')
  const installed = (...args) =>
    spawnSync(node, [npm, 'install', '--no-audit', '--no-fund', ...args], { cwd: project, env, encoding: 'utf8' })

  const { status, stderr } = installed('--omit=optional', tarball)
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' }, `npm install warns on ${version}`)
  const size = Number(megabytes(sizeOf(join(project, 'node_modules'))))
  assert.ok(size < MOST_MEGABYTES, `an installation takes ${size} MB`)

  const script = `
    import { createCloud } from 'vod-viapi-emulator'
    import { createClient } from 'vod-viapi-emulator/client'
    import 'vod-viapi-emulator/emulator'
    import 'vod-viapi-emulator/contracts'
    const cloud = createCloud()
    const { videoseg } = createClient({ cloud, ...cloud.account().credentials })
    await videoseg.SegmentVideoBody({ VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/a.mp4' })
    if ((await cloud.account().jobs.records.view()).count() !== 1) throw new Error('no job')
  `
  execFileSync(node, ['--input-type=module', '--eval', script], { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] })

  const command = join(project, 'node_modules/vod-viapi-emulator/dist/cli.js')
  await servesOnce(node, [command, '--port', '0'], project)
  const withData = [command, '--port', '0', '--data-dir', 'data']
  assert.match(spawnSync(node, withData, { cwd: project, encoding: 'utf8' }).stderr, /needs the package classic-level/)
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  assert.equal(installed('--ignore-scripts', `classic-level@${devDependencies['classic-level']}`).status, 0)
  await servesOnce(node, withData, project)
  console.log(`Node.js ${version}: ${size} MB without sharp, no warning, works`)
}

/** Starts the command, asks for its health, and ends it. */
async function servesOnce(node, args, cwd) {
  const child = spawn(node, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const { status } = await (await fetch(`${/ready at (\S+)/.exec(line)[1]}/_emulator/health`)).json()
    assert.equal(status, 'ok')
    await checkConsole(/ready at (\S+)/.exec(line)[1])
    child.kill('SIGTERM')
  }
  assert.equal(await ended, 0)
}

/** A browser that opens the address is shown the console, with every file that its page names. */
async function checkConsole(url) {
  // Where the repository has none yet, there is nothing to pack.
  if (!existsSync(join(ROOT, 'console'))) return
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 200, 'the console is not in the package')
  for (const [, path] of (await page.text()).matchAll(/(?:src|href)="([^"]+)"/g))
    assert.equal((await fetch(new URL(path, page.url))).status, 200, `the console names ${path}`)
}

function sizeOf(path) {
  const stats = statSync(path)
  return stats.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stats.size
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1)
}

/** What a command prints; what it says of an error is shown. */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e9,
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} has failed\n${stdout}${stderr}`, { cause: error })
  return stdout
}
