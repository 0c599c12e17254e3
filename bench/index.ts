/**
 * `npm run bench`: the figures as a table. Of names of sections, only those; with `--quick`, less of the usual ones; with `--json`, as JSON. With `--write`, they
 * are kept, and docs/benchmarks.md is written in both languages; with `--gate`, it fails if a figure is far from what it is to be, and from what was kept, and
 * names it.
 */

import { parseArgs } from 'node:util'
import type { Figure } from './figure.js'
import { tooFar } from './gate.js'
import { readMeasured, writeMeasured } from './measured.js'
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

/** A machine that others use may be slow for a while: what is too far so often in a row is too far. */
const MOST_TRIES = 5

const measured: Record<string, Figure[]> = {}
for (const name of sectionsToMeasure(positionals, values.quick)) {
  const section = SECTIONS[name] as Section
  let figures = await section.measure(values.quick)
  const kept = readMeasured()
  for (let tries = 1; values.gate && tries < MOST_TRIES && tooFar({ [name]: figures }, kept).length > 0; tries++)
    figures = await section.measure(values.quick)
  measured[name] = figures
  if (!values.json) process.stdout.write(rowsOf(name, figures))
}
if (values.json) process.stdout.write(`${JSON.stringify(measured, undefined, 2)}\n`)
const problems = values.gate ? tooFar(measured, readMeasured()) : []
if (values.write) writePages(writeMeasured(measured, values.quick))
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1
