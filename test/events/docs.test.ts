import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventsMarkdown } from '../../src/events/markdown.js'
import { catalogue } from '../../src/services/index.js'

test('the table of docs/events.md is what the definitions say; if not, run "npm run docs"', () => {
  const page = readFileSync('docs/events.md', 'utf8')
  expect(page).toBe(eventsMarkdown(page, catalogue))
})
