import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { actionPages } from '../../scripts/pages/action-pages.js'
import { generatedPages, languages } from '../../scripts/pages/index.js'
import { builtIn, settingsSchema } from '../../src/cloud/definition.js'

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

/** Names of settings, with those of a section behind a dot. */
const namesOf = (schema: z.ZodType, prefix = ''): string[] => {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
  if (!(inner instanceof z.ZodObject)) return [prefix]
  return Object.entries(inner.shape).flatMap(([name, member]) => namesOf(member as z.ZodType, prefix === '' ? name : `${prefix}.${name}`))
}

test.each(languages)('$folder/configuration.md has every setting in its table', ({ folder }) => {
  const table = [...readFileSync(`${folder}/configuration.md`, 'utf8').matchAll(/^\| `([a-zA-Z.]+)/gm)].map(([, name = '']) => name)
  const isThere = (name: string): boolean => table.some((each) => `${name}.`.startsWith(`${each}.`) || each.startsWith(`${name}.`))
  expect(namesOf(settingsSchema).filter((name) => !isThere(name))).toEqual([])
})
