/** The table of docs/facts.md: on what the services of today and their manuals disagree. */

import { observedFacts } from '../../src/facts/observed.js'
import { withGenerated } from './page.js'

/** Puts the table into the page, in place of the one that it has. */
export const factsMarkdown = (page: string): string =>
  withGenerated(page, 'facts', [
    '| fact | manual | observed | source | date |',
    '|---|---|---|---|---|',
    ...observedFacts.map(({ fact, manual, observed, source, date }) => `| ${fact} | ${manual} | ${observed} | ${source} | ${date} |`),
  ])
