/** The table of docs/scenarios.md: the built-in scenarios, what a client sees of each, and its parameters. */

import { definitionOf, ScenarioFiles } from '../../src/scenarios/files.js'
import { withGenerated } from './page.js'

/** Puts the table into the page, in place of the one that it has. */
export function scenariosMarkdown(page: string): string {
  const rows = [...new ScenarioFiles(undefined).all().values()].map((file) => {
    const { description, parameters } = definitionOf(file)
    const named = Object.entries(parameters).map(([name, value]) => `\`${name}\`: \`${JSON.stringify(value)}\``)
    return `| ${file.name} | ${description} | ${named.join(', ')} |`
  })
  return withGenerated(page, 'scenarios', ['| scenario | what a client sees | parameters |', '|---|---|---|', ...rows])
}
