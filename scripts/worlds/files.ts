/** The files of fixtures/worlds. */

import type { WorldInput } from '../../src/worlds/world.js'
import { demoWorld, emptyWorld } from './demo.js'

/** A record a line: so a change shows as what it is. */
function render({ description, buckets, objects = [], tables = {} }: WorldInput): string {
  const list = (entries: readonly unknown[], indent: string): string =>
    `[\n${entries.map((entry) => `${indent}  ${JSON.stringify(entry)}`).join(',\n')}\n${indent}]`
  const parts = [`  "description": ${JSON.stringify(description)}`]
  if (buckets) parts.push(`  "buckets": ${JSON.stringify(buckets)}`)
  if (objects.length > 0) parts.push(`  "objects": ${list(objects, '  ')}`)
  const written = Object.entries(tables).map(([name, records]) => `    ${JSON.stringify(name)}: ${list(records, '    ')}`)
  if (written.length > 0) parts.push(`  "tables": {\n${written.join(',\n')}\n  }`)
  return `{\n${parts.join(',\n')}\n}\n`
}

/** Texts by path. */
export const worldFiles = (): Record<string, string> => ({
  'fixtures/worlds/demo.json': render(demoWorld()),
  'fixtures/worlds/empty.json': render(emptyWorld()),
})
