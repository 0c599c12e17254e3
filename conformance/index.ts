/** `npm run conformance`: how far the emulator is what manuals and interface files say. */

import { readFileSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { createCloud } from '../src/index.js'
import { runClients } from './clients/run.js'
import { compare } from './compare/compare.js'
import { lineOf } from './compare/difference.js'
import { readFacts } from './facts/facts.js'
import { BASELINE, baselineOf, readBaseline, renderBaseline, restricted, worse } from './report/baseline.js'
import { errorTable } from './report/errors.js'
import { evidenceOf, totals } from './report/evidence.js'
import { runConformance } from './run/conformance.js'

const DIFFERENCES = 'conformance/differences.json'

const { action: pattern, accept } = new Command('conformance')
  .description('Compares the catalogue with manuals and interface files, and runs the cases that follow from them.')
  .option('--action <text>', 'only Actions whose `<service>.<Action>` has this text in it')
  .option('--accept', 'writes the baseline anew, with the differences that are known')
  .parse()
  .opts<{ action?: string; accept?: boolean }>()

const facts = readFacts()
const cloud = createCloud({ clock: 'manual' })
if (accept) writeJson(DIFFERENCES, compare(cloud.catalogue.actions, facts).map(lineOf))
const known = JSON.parse(readFileSync(DIFFERENCES, 'utf8')) as string[]

const only = ({ id }: { id: string }): boolean => pattern === undefined || id.includes(pattern)
if (!cloud.catalogue.actions.some(only)) {
  console.error(`no Action has ${JSON.stringify(pattern)} in its name`)
  process.exit(1)
}
const { differences, results: ofCases } = await runConformance({ cloud, facts, known, only })
const results = [...ofCases, ...(await runClients(only))]
const evidence = evidenceOf(results)
const failed = results.filter(({ fault }) => fault !== undefined)

for (const line of differences) console.error(`not as documented: ${line}`)
for (const { action, title, fault } of failed) console.error(`${action}: ${title}: ${fault}`)
for (const [kind, [passed, all]] of Object.entries(totals(evidence))) console.log(`${kind.padEnd(10)} ${passed} of ${all}`)
console.log(`${results.length} cases of ${Object.keys(evidence).length} Actions, ${failed.length} not as they must be`)

const pairs = errorTable(facts, cloud.catalogue, results).filter(({ action }) => only({ id: action }))
const by = (way: string) => pairs.filter((pair) => pair.by === way)
console.log(
  `${pairs.length} documented errors: ${by('provoked').length} provoked, ${by('fault').length} by faults alone, ${by('open').length} open`,
)
for (const { action, code } of by('open')) console.log(`open: ${action} ${code}`)

const now = baselineOf(evidence, pairs)
let fallenBehind: string[] = []
if (accept && pattern === undefined) writeFileSync(BASELINE, renderBaseline(now))
else fallenBehind = worse(restricted(readBaseline(), only), now)
for (const line of fallenBehind) console.error(line)
process.exitCode = differences.length + failed.length + fallenBehind.length > 0 ? 1 : 0
cloud.close()

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`)
}
