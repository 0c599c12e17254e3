import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actionsMarkdown } from '../../src/catalogue/markdown.js'
import { catalogue } from '../../src/services/index.js'

test('docs/actions.md is what the catalogue says; if not, run "npm run docs"', () => {
  expect(readFileSync('docs/actions.md', 'utf8')).toBe(actionsMarkdown(catalogue))
})
