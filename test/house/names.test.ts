/** What the documentation names is there: files, folders, links, and the words of the glossary. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Pages by path; those of the Actions are generated, and name no files. */
const pages = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/(?:^|[\\/])actions(?:\.md|[\\/])/.test(name))
    .map((name) => posix.join('docs', name.replaceAll('\\', '/'))),
]

/** Paths in code spans that begin with a folder of the project; of one with a wildcard, up to it. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`((?:src|emulator|contracts|scripts|test|bench|fixtures|examples|docs)\/[^`\s]*)`/g)].flatMap(([, path = '']) =>
    path.includes('<') ? [] : [path.replace(/[^/]*\*.*$/, '')],
  )

/** Targets of links within the project. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target as string)

it('knows paths and links', () => {
  expect(pathsIn('`src/state/state.ts`, `src/oss/mistakes-*.ts`, `src/services/<name>`, `account.vod`')).toEqual([
    'src/state/state.ts',
    'src/oss/',
  ])
  expect(linksIn('[a](faults.md#jobs) [b](https://example.com) [c](#here) [d](../README.md)')).toEqual(['faults.md', '../README.md'])
})

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('names only files and folders that there are', () => {
    expect(pathsIn(text).filter((path) => !existsSync(path))).toEqual([])
  })

  it('links only to pages that there are', () => {
    expect(linksIn(text).filter((target) => !existsSync(join(dirname(page), target)))).toEqual([])
  })
})

/** The glossary: each word, and where it is. */
const words = [...readFileSync('docs/glossary.md', 'utf8').matchAll(/^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)].flatMap(
  ([, word, where = '']) => [...where.matchAll(/`(\w+)` in `([^`]+)`/g)].map(([, name = '', file = '']) => ({ word, name, file })),
)

it.each(words)('$word is $name in $file', ({ name, file }) => {
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b${name}\\b`))
})

it('has a place for every word', () => {
  const rows = readFileSync('docs/glossary.md', 'utf8').match(/^\| (?!word |---)/gm)?.length
  expect(new Set(words.map(({ word }) => word)).size).toBe(rows)
})
