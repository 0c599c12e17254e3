/** The floors: every folder has its place, and an import that points up, or in a circle, is an error of the lint. */

import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folders } from '../../scripts/floors.js'
import { sourceFiles } from './source.js'

const files = sourceFiles('src', 'emulator', 'contracts', 'conformance', 'console')

test('every folder has its place in scripts/floors.ts, and only folders that there are have one', () => {
  const there = new Set(files.map((file) => file.folder))
  expect({
    foldersWithoutAPlace: [...there].filter((each) => !folders.includes(each)),
    placesWithoutAFolder: folders.filter((each) => !there.has(each)),
  }).toEqual({ foldersWithoutAPlace: [], placesWithoutAFolder: [] })
})

/** Where a file's relative imports lead, beside how they are written. */
const importsOf = ({ folder, text }: { folder: string; text: string }): { written: string; shortest: string }[] =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, written = '']) => {
    const path = posix.relative(folder, posix.join(folder, written))
    return { written, shortest: path.startsWith('.') ? path : `./${path}` }
  })

test('imports are written the shortest way: the lint goes by how they are written', () => {
  expect(importsOf({ folder: 'src/state', text: "import('../../src/account/part.js')" })).toEqual([
    { written: '../../src/account/part.js', shortest: '../account/part.js' },
  ])
  const longer = files.flatMap((file) =>
    importsOf(file).flatMap(({ written, shortest }) => (written === shortest ? [] : `${file.path}: ${written} is ${shortest}`)),
  )
  expect(longer).toEqual([])
})

test('types are imported at the top of a file: the lint does not see import("…").Type', () => {
  const hidden = files.filter(({ text }) => /(?<!await )\bimport\('\./.test(text))
  expect(hidden.map(({ path }) => path)).toEqual([])
})

/** Planted files, and what the lint is to find in them. */
const planted: Readonly<Record<string, { text: string; rule?: string }>> = {
  'src/account/down.ts': { text: "import type { State } from '../state/state.js'\nexport type Down = State\n" },
  'src/state/type.ts': { text: "import type { Part } from '../account/part.js'\nexport type Up = Part\n", rule: 'noRestrictedImports' },
  'src/jobs/value.ts': {
    text: "import { runAction } from '../gateway/run.js'\nexport const up = runAction\n",
    rule: 'noRestrictedImports',
  },
  'src/jobs/again.ts': { text: "export { runAction } from '../gateway/run.js'\n", rule: 'noRestrictedImports' },
  'src/jobs/late.ts': { text: "export const up = await import('../gateway/run.js')\n", rule: 'noRestrictedImports' },
  'src/oss/within.ts': { text: "export { getObject } from './operations/download.js'\n", rule: 'noRestrictedImports' },
  'src/products/vod/upload/whole.ts': { text: "export { vod } from '../product.js'\n", rule: 'noRestrictedImports' },
  'src/products/vod/upload/later.ts': { text: "export { cdn } from '../cdn/index.js'\n", rule: 'noRestrictedImports' },
  'src/products/vod/cdn/earlier.ts': { text: "export { upload } from '../upload/index.js'\n" },
  'src/products/vision/common/other.ts': { text: "export { vod } from '../../vod/product.js'\n", rule: 'noRestrictedImports' },
  'src/cloud/server.ts': { text: "export { startEmulator } from '../../emulator/index.js'\n", rule: 'noRestrictedImports' },
  'src/folder-without-a-place/server.ts': { text: "export { fastify } from 'fastify'\n", rule: 'noRestrictedImports' },
  'emulator/store/up.ts': { text: "export { control } from '../control/index.js'\n", rule: 'noRestrictedImports' },
  'emulator/server/down.ts': { text: "export { control } from '../control/index.js'\n" },
  'contracts/format/up.ts': { text: "export { verifyPacts } from '../verify/verify.js'\n", rule: 'noRestrictedImports' },
  'src/base/circle-a.ts': { text: "import type { B } from './circle-b.js'\nexport type A = B\n", rule: 'noImportCycles' },
  'src/base/circle-b.ts': { text: "import type { A } from './circle-a.js'\nexport type B = A | undefined\n", rule: 'noImportCycles' },
}

/** What was found, by path. */
let found: Map<string, { rule: string; message: string }>
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'floors-')))

beforeAll(async () => {
  for (const name of ['biome.json', 'biome.floors.json', 'package.json', '.gitignore']) copyFileSync(name, join(folder, name))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  for (const [path, { text }] of Object.entries(planted)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  found = new Map((await lint()).map(([, rule = '', path = '', message = '']) => [posix.relative(folder, path), { rule, message }]))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What the lint says of the planted files, in GitHub's format: rule, file and message of each error. */
const lint = (): Promise<RegExpMatchArray[]> =>
  new Promise((resolved) => {
    const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles']
    const biome = resolve('node_modules/@biomejs/biome/bin/biome')
    execFile(process.execPath, [biome, 'lint', '--reporter=github', ...rules, '.'], { cwd: folder }, (_, stdout) =>
      resolved([...stdout.matchAll(/^::error title=lint\/\w+\/(\w+),file=([^,]*),.*?::(.*)$/gm)]),
    )
  })

test.each(Object.entries(planted))('%s', (path, { rule }) => {
  expect(found.get(path)?.rule).toBe(rule)
})

test('what the lint says names the folder, and where the order stands', () => {
  expect(found.get('src/state/type.ts')?.message).toBe(
    'Imports point down only, and src/state stands below this folder: scripts/floors.ts has the order, docs/architecture.md the reasons.',
  )
})
