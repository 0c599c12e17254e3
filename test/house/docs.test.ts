import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedPages } from '../../scripts/pages/index.js'
import { builtIn } from '../../src/cloud/definition.js'

test.each(Object.entries(generatedPages))('%s says what the definitions say; if not, run "npm run docs"', (path, write) => {
  const page = readFileSync(path, 'utf8')
  expect(page).toBe(write(page, builtIn))
})

/** What docs/extending.md shows of the code, by file. */
const shown = [...readFileSync('docs/extending.md', 'utf8').matchAll(/^```ts (src\/\S+)\n(.*?)^```$/gms)]

test.each(shown.map(([, path = '', code = '']) => [path, code]))('docs/extending.md shows what stands in %s', (path, code) => {
  expect(readFileSync(path, 'utf8')).toContain(code)
})
