/** The pages of docs/zh are those of docs in Chinese: the same headings, code and tables, and nothing of the definitions is left in English. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { actionPages } from '../../scripts/pages/action-pages.js'
import { pagesIn } from '../../scripts/pages/index.js'
import { withVocabulary } from '../../scripts/pages/provider-states.js'
import { chinese } from '../../scripts/pages/words/chinese.js'
import { actionNames } from '../../scripts/pages/words/chinese-actions.js'
import { patterns, sentences } from '../../scripts/pages/words/chinese-sentences.js'
import { builtIn } from '../../src/cloud/definition.js'

/** Pages that are in English alone: about the code of the project, or not translated yet. */
const ENGLISH_ONLY: readonly string[] = ['architecture.md', 'extending.md', 'glossary.md']

const pagesOf = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.md'))

/** A page, taken apart. */
interface Structure {
  /** Levels of the headings, in order. */
  levels: number[]
  titles: string[]
  /** Code, with what stands behind the first fence. */
  code: string[]
  /** Columns of each row, table by table. */
  tables: number[][]
}

function structureOf(page: string): Structure {
  const code: string[] = []
  const text = page.replace(/^```.*?^```$/gms, (block) => {
    code.push(block)
    return ''
  })
  const headings = [...text.matchAll(/^(#+) (.+)$/gm)]
  return {
    levels: headings.map(([, marks = '']) => marks.length),
    titles: headings.map(([, , title = '']) => title),
    code,
    tables: [...text.matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([rows]) => rows.trimEnd().split('\n').map(cellsOf)),
  }
}

/** How many cells a row has. What is escaped, or in code, divides nothing. */
const cellsOf = (row: string): number => row.replace(/\\\|/g, '').split('|').length - 2

const pairs = [...pagesOf('docs/zh').map((name) => [`docs/${name}`, `docs/zh/${name}`]), ['README.md', 'README.zh-CN.md']] as [
  string,
  string,
][]

describe.each(pairs)('%s and %s', (english, translated) => {
  const original = structureOf(readFileSync(english, 'utf8'))
  const translation = structureOf(readFileSync(translated, 'utf8'))

  it('have the same headings', () => {
    expect(translation.levels).toEqual(original.levels)
  })

  it('have tables of the same rows and columns', () => {
    expect(translation.tables).toEqual(original.tables)
  })

  it('show the same code', () => {
    // In README.zh-CN.md comments and titles are in Chinese.
    const of = ({ code }: Structure): string[] => (english === 'README.md' ? code.map((block) => block.split('\n', 1)[0] ?? '') : code)
    expect(of(translation)).toEqual(of(original))
  })

  it('lead to each other', () => {
    const targets = (page: string): string[] =>
      [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => join(dirname(page), target))
    expect(targets(english)).toContain(translated)
    expect(targets(translated)).toContain(english)
  })
})

test('every page is there in Chinese, but for those that are named here', () => {
  expect(pagesOf('docs').filter((name) => !existsSync(`docs/zh/${name}`))).toEqual(ENGLISH_ONLY)
})

describe.each(pairs.map(([, translated]) => translated))('%s', (page) => {
  it('leads to headings that there are', () => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!\w+:)([^)#]*)#([^)]+)\)/g)]
    const broken = links.filter(([, path = '', anchor = '']) => !anchorsOf(path === '' ? page : join(dirname(page), path)).includes(anchor))
    expect(broken.map(([link]) => link)).toEqual([])
  })

  it('leads to pages in Chinese where there are some', () => {
    const links = [...readFileSync(page, 'utf8').matchAll(/(?<!English)\]\((?!\w+:)([^)#]+\.md)/g)].map(([, path = '']) =>
      join(dirname(page), path),
    )
    expect(links.filter((path) => existsSync(path.replace(/^docs\/(?!zh\/)/, 'docs/zh/')) && /^docs\/(?!zh\/)/.test(path))).toEqual([])
  })
})

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  structureOf(readFileSync(page, 'utf8')).titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('what the definitions say', () => {
  /** Every sentence that pages take from the definitions. */
  const said = new Set<string>()
  const words = { ...chinese, sentence: (text: string) => said.add(text) && text }
  for (const [path, write] of Object.entries(pagesIn(words))) write(readFileSync(path, 'utf8'), builtIn)
  withVocabulary(readFileSync('docs/zh/contracts.md', 'utf8'), words)
  actionPages(builtIn, [words])

  it('is there in Chinese; if not, add it to scripts/pages/words/chinese-sentences.ts', () => {
    expect([...said].filter((text) => !Object.hasOwn(sentences, text) && !patterns.some(([pattern]) => pattern.test(text)))).toEqual([])
  })

  it('is all that is translated; if not, take the rest out of scripts/pages/words/chinese-sentences.ts', () => {
    expect(Object.keys(sentences).filter((text) => !said.has(text))).toEqual([])
  })

  it('has a Chinese name for every Action, and for no other; if not, mend scripts/pages/words/chinese-actions.ts', () => {
    expect(Object.keys(actionNames).sort()).toEqual([...builtIn.catalogue.byId.keys()].sort())
  })
})
