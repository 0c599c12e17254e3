/**
 * `npm run bench`: the figures as a table. Of names of sections, only those; with `--quick`, less of the usual ones; with `--json`, as JSON; with `--write`, into
 * docs/benchmarks.md, too.
 */

import { parseArgs } from 'node:util'
import type { Figure } from './figure.js'
import { callFigures } from './figures/calls.js'
import { dataFolderFigures, uploadFigures } from './figures/folders.js'
import { jobFigures } from './figures/jobs.js'
import { mediaFigures, playFigures, recordFigures, searchFigures } from './figures/media.js'
import { accountFigures, memoryFigures, startFigures } from './figures/start.js'
import { rowsOf, writePage } from './report.js'

/** What is measured, in this order; `long`: takes minutes, and is left out of what is quick. */
const SECTIONS: Readonly<Record<string, { measure: (quick: boolean) => Promise<Figure[]>; long?: boolean }>> = {
  calls: { measure: callFigures },
  start: { measure: startFigures },
  memory: { measure: memoryFigures, long: true },
  accounts: { measure: accountFigures },
  records: { measure: recordFigures },
  media: { measure: mediaFigures, long: true },
  search: { measure: searchFigures, long: true },
  plays: { measure: playFigures, long: true },
  jobs: { measure: jobFigures },
  folders: { measure: dataFolderFigures, long: true },
  uploads: { measure: uploadFigures, long: true },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
for (const name of positionals)
  if (!Object.hasOwn(SECTIONS, name)) throw new RangeError(`there is no section "${name}"; there are ${Object.keys(SECTIONS).join(', ')}`)

const measured: Record<string, Figure[]> = {}
for (const [name, { measure, long = false }] of Object.entries(SECTIONS)) {
  if (positionals.length > 0 ? !positionals.includes(name) : values.quick && long) continue
  const figures = await measure(values.quick)
  measured[name] = figures
  if (!values.json) process.stdout.write(rowsOf(name, figures))
}
if (values.json) process.stdout.write(`${JSON.stringify(measured, undefined, 2)}\n`)
if (values.write) writePage(measured)
