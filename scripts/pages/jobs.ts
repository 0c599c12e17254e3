/** The table of docs/configuration.md: every kind of job, what it goes through, and what faults can tell it by. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import type { JobKind } from '../../src/jobs/kind.js'
import { table, withGenerated } from './page.js'
import type { Words } from './words/words.js'

/** Puts the table into the page, in place of the one that it has. */
export function jobsMarkdown(page: string, { catalogue: { byId }, services: { jobKinds } }: CloudDefinition, { jobs }: Words): string {
  // Most have all in common.
  const alike = new Map<string, { names: string[]; facts: string[] }>()
  for (const kind of [...jobKinds.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name, stages, timeout, attempts } = kind
    const times = stages.map((stage) => `${stage.name} ${stage.duration}`).join(', ')
    const facts = [times, String(timeout), String(attempts), knownBy(kind, Object.keys(byId.get(name)?.input ?? {}), jobs.itsParameters)]
    const { names } = alike.get(facts.join()) ?? { names: [] }
    alike.set(facts.join(), { names: [...names, `\`${name}\``], facts })
  }
  const rows = [...alike.values()].map(({ names, facts }) => [names.join(', '), ...facts])
  return withGenerated(page, 'jobs', table(jobs.columns, rows))
}

function knownBy({ faultParams = {} }: JobKind, parameters: readonly string[], itsParameters: string): string {
  const names = Object.keys(faultParams)
  return names.length === parameters.length && names.every((name) => parameters.includes(name)) ? itsParameters : names.join(', ')
}
