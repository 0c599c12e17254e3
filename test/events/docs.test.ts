import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventsMarkdown } from '../../scripts/pages/events.js'
import { builtIn } from '../../src/cloud/definition.js'

test('the table of docs/events.md is what the definitions say; if not, run "npm run docs"', () => {
  const page = readFileSync('docs/events.md', 'utf8')
  expect(page).toBe(eventsMarkdown(page, builtIn))
})
