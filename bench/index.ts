/**
 * `npm run bench`: the figures as a table. Of names of sections, only those; with `--quick`, less of the usual ones; with `--json`, as JSON. With `--write`, they
 * are kept, and docs/benchmarks.md is written in both languages; with `--gate`, it fails if a figure is far from what it is to be, and names it.
 */

import { parseArgs } from 'node:util'
import type { Figure } from './figure.js'
import { tooFar } from './gate.js'
import { writeMeasured } from './measured.js'
import { writePages } from './page.js'
import { SECTIONS, type Section, sectionsToMeasure } from './sections.js'
import { rowsOf } from './text.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
  },
})

const measured: Record<string, Figure[]> = {}
for (const name of sectionsToMeasure(positionals, values.quick)) {
  const figures = await (SECTIONS[name] as Section).measure(values.quick)
  measured[name] = figures
  if (!values.json) process.stdout.write(rowsOf(name, figures))
}
if (values.json) process.stdout.write(`${JSON.stringify(measured, undefined, 2)}\n`)
if (values.write) writePages(writeMeasured(measured, values.quick))
if (values.gate) {
  const problems = tooFar(measured)
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}
