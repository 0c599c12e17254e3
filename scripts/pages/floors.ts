/** What is written of the floors: the rule that Biome holds, and the table of docs/architecture.md. */

import { posix } from 'node:path'
import { floors, folders } from '../floors.js'
import { withGenerated } from './page.js'

/** What the cloud does not know, whatever its folder. */
const SERVERS = {
  group: ['**/emulator/**', '**/contracts/**', 'fastify', 'node:http', 'node:http2'],
  message: 'The cloud knows nothing of servers: imports point down only (docs/architecture.md).',
}

/** What tests and tools are for is never part of the package. */
const TOOLS = {
  group: ['**/test/**', '**/bench/**', '**/scripts/**', '**/conformance/**'],
  message: 'What is shipped does not need tests or tools.',
}

interface Pattern {
  group: string[]
  message: string
}

const override = (includes: string, patterns: readonly Pattern[]): object => ({
  includes: [includes],
  linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
})

/** As an import in a folder would begin that leads into another one. */
function pathTo(folder: string, from: string): string {
  const path = posix.relative(from, folder)
  return path.startsWith('..') ? path : `./${path}`
}

function rulesOf(folder: string): Pattern[] {
  const above = folders.slice(folders.indexOf(folder) + 1)
  const rules = folder.split('/', 1)[0] === 'src' ? [SERVERS, TOOLS] : [TOOLS]
  if (above.length === 0) return rules
  const message = `Imports point down only, and ${folder} stands below this folder: scripts/floors.ts has the order, docs/architecture.md the reasons.`
  return [...rules, { group: above.map((each) => `${pathTo(each, folder)}/*`), message }]
}

/**
 * biome.floors.json, which biome.json extends. Of several overrides for a file the last one counts, and with it all its patterns: so each has all
 * that hold for its folder.
 */
export function biomeFloors(): string {
  const overrides = [override('src/**', [SERVERS, TOOLS]), ...folders.map((folder) => override(`${folder}/*`, rulesOf(folder)))]
  return `{ "overrides": [\n${overrides.map((each) => JSON.stringify(each)).join(',\n')}\n] }\n`
}

/** Puts the table of the floors into the page, the top first. */
export function floorsMarkdown(page: string): string {
  const rows = floors.toReversed().flatMap(({ name, folders: those }) =>
    Object.entries(those)
      .toReversed()
      .map(([folder, what], index) => `| ${index === 0 ? `**${name}**` : ''} | \`${folder}/\` | ${what} |`),
  )
  return withGenerated(page, 'floors', ['| floor | folder | what is there |', '|---|---|---|', ...rows])
}
