/** The table of docs/scenarios.md: the built-in scenarios, what a client sees of each, and its parameters. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import { definitionOf, ScenarioFiles } from '../../src/scenarios/files.js'
import { table, withGenerated } from './page.js'
import type { Words } from './words/words.js'

/** Puts the table into the page, in place of the one that it has. */
export function scenariosMarkdown(page: string, _definition: CloudDefinition, { scenarios, sentence }: Words): string {
  const rows = [...new ScenarioFiles(undefined).all().values()].map((file) => {
    const { description, parameters } = definitionOf(file)
    const named = Object.entries(parameters).map(([name, value]) => `\`${name}\`: \`${JSON.stringify(value)}\``)
    return [file.name, sentence(description), named.join(', ')]
  })
  return withGenerated(page, 'scenarios', table(scenarios.columns, rows))
}
