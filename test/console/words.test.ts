/** The dictionary of the console. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { words } from '../../console/words/dictionary.js'
import { sourceFiles } from '../house/source.js'

const entries = Object.entries(words).map(([name, [english, chinese]]) => ({ name, english, chinese }))

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

test('every word is there in both languages, with the same values in it', () => {
  const lacking = entries.filter(({ english, chinese }) => english.trim() === '' || chinese.trim() === '')
  const different = entries.filter(({ english, chinese }) => String(placeholders(english)) !== String(placeholders(chinese)))
  expect({ lacking, different }).toEqual({ lacking: [], different: [] })
})

test('what is the same in both languages is a name', () => {
  const same = entries.filter(({ english, chinese }) => english === chinese).map(({ english }) => english)
  expect(same.filter((text) => /\s/.test(text))).toEqual([])
})

test('no word is left that nothing says', () => {
  const code = sourceFiles('console')
    .filter(({ folder }) => folder !== 'console/words')
    .map(({ path }) => readFileSync(path, 'utf8'))
    .join('\n')
  // Some names are put together: `nav.${name}`.
  const prefixes = [...code.matchAll(/`([a-z]+\.(?:[a-z]+\.)?)\$\{/g)].map(([, prefix = '']) => prefix)
  const unused = entries
    .map(({ name }) => name)
    .filter((name) => !code.includes(`'${name}'`) && !code.includes(`"${name}"`) && !prefixes.some((prefix) => name.startsWith(prefix)))
  expect(unused).toEqual([])
})
