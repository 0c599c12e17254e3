import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { actionPages } from '../../scripts/pages/action-pages.js'
import { generatedPages, languages } from '../../scripts/pages/index.js'
import { builtIn } from '../../src/cloud/definition.js'

test.each(Object.entries(generatedPages))('%s says what the definitions say; if not, run "npm run docs"', (path, write) => {
  const page = readFileSync(path, 'utf8')
  expect(page).toBe(write(page, builtIn))
})

test.each(languages)(
  '$folder/actions has a page for each Action, which says what its definition says; if not, run "npm run docs"',
  (words) => {
    const folder = `${words.folder}/actions`
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    const committed = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]))
    const written = actionPages(builtIn, [words])
    const stale = [...new Set([...committed.keys(), ...written.keys()])].filter((path) => committed.get(path) !== written.get(path))
    expect(stale).toEqual([])
  },
)

/** What docs/extending.md shows of the code, by file. */
const shown = [...readFileSync('docs/extending.md', 'utf8').matchAll(/^```ts (src\/\S+)\n(.*?)^```$/gms)]

test.each(shown.map(([, path = '', code = '']) => [path, code]))('docs/extending.md shows what stands in %s', (path, code) => {
  expect(readFileSync(path, 'utf8')).toContain(code)
})
