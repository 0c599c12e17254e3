/** The table of docs/configuration.md: every kind of job, what it goes through, and what faults can tell it by. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import type { JobKind } from '../../src/jobs/kind.js'
import { withGenerated } from './page.js'

/** Puts the table into the page, in place of the one that it has. */
export function jobsMarkdown(page: string, { catalogue: { byId }, services: { jobKinds } }: CloudDefinition): string {
  // Most have all in common.
  const alike = new Map<string, string[]>()
  for (const kind of [...jobKinds.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name, stages, timeout, attempts } = kind
    const times = stages.map((stage) => `${stage.name} ${stage.duration}`).join(', ')
    const facts = `${times} | ${timeout} | ${attempts} | ${knownBy(kind, Object.keys(byId.get(name)?.input ?? {}))}`
    alike.set(facts, [...(alike.get(facts) ?? []), `\`${name}\``])
  }
  const rows = [...alike].map(([facts, names]) => `| ${names.join(', ')} | ${facts} |`)
  return withGenerated(page, 'jobs', [
    '| kinds of jobs | stages | time in all | attempts | known to faults by |',
    '|---|---|---|---|---|',
    ...rows,
  ])
}

function knownBy({ faultParams = {} }: JobKind, parameters: readonly string[]): string {
  const names = Object.keys(faultParams)
  return names.length === parameters.length && names.every((name) => parameters.includes(name)) ? 'its parameters' : names.join(', ')
}
