/** The code blocks of the documentation. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A code block, as it stands in a page. */
export interface Block {
  /** Path of the page. */
  page: string
  /** `docs/faults.md 3`: the page, and the number of the block in it, from 0. */
  name: string
  /** `js`, `sh`, `json`, …; empty for what is no code. */
  language: string
  /** The file that it shows, where it names one. */
  file: string | undefined
  code: string
}

const markdownOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/^(?:zh|actions)[\\/]/.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort()

/**
 * All code blocks of the README and of everything in docs/. Those of docs/zh are the same (test/house/languages.test.ts), and those of docs/actions are the
 * interactions of contracts, which the emulator is verified against.
 */
export const blocks: readonly Block[] = ['README.md', 'README.zh-CN.md', ...markdownOf('docs')].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w*)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language = '', file, code = ''], index) => ({
    page,
    name: `${page} ${index}`,
    language,
    file,
    code,
  })),
)
