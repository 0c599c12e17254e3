/** The table of docs/facts.md: on what the services of today and their manuals disagree. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import { observedFacts } from '../../src/facts/observed.js'
import { table, withGenerated, withoutTags } from './page.js'
import type { Words } from './words/words.js'

/** Puts the table into the page, in place of the one that it has. */
export function factsMarkdown(page: string, _definition: CloudDefinition, { facts, sentence }: Words): string {
  const rows = observedFacts.map(({ fact, manual, observed, source, date }) =>
    [fact, manual, observed, source, date].map((text) => withoutTags(sentence(text))),
  )
  return withGenerated(page, 'facts', table(facts.columns, rows))
}
