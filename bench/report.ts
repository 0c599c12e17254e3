/** Figures as text. */

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Figure } from './figure.js'

const rounded = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

const valuesOf = ({ values, unit, spread }: Figure): string =>
  `${values.map(rounded).join(' / ')}${unit === '' ? '' : ` ${unit}`}${spread ? ` (${rounded(spread[0])} to ${rounded(spread[1])})` : ''}`

/** A table for people who watch. */
export const rowsOf = (section: string, figures: readonly Figure[]): string =>
  `${section}\n${figures.map((figure) => `  ${figure.what.padEnd(52)} ${valuesOf(figure).padEnd(34)} ${figure.aim ?? ''}\n`).join('')}`

/** Writes docs/benchmarks.md. */
export function writePage(measured: Readonly<Record<string, readonly Figure[]>>): void {
  const tables = Object.entries(measured).map(
    ([section, figures]) =>
      `## ${section[0]?.toUpperCase()}${section.slice(1)}\n\n| what | measured | aim |\n|---|---|---|\n${figures
        .map((figure) => `| ${figure.what} | ${valuesOf(figure)} | ${figure.aim ?? ''} |`)
        .join('\n')}\n`,
  )
  writeFileSync(
    'docs/benchmarks.md',
    `${INTRODUCTION}\nMeasured with Node.js ${process.versions.node}, on ${cpus().length} cores.\n\n${tables.join('\n')}`,
  )
}

const INTRODUCTION = `# Benchmarks

\`npm run bench -- --write\` measures all of this and writes this page; \`npm run bench -- --quick\` takes less than two minutes, and \`npm run bench -- calls start\`
measures two sections only.

What a call costs is the processor time of the server's whole process, by its own account: it does not depend on the client, nor on what else the machine does.
Requests are signed before they are measured, each with a nonce of its own. The servers are measured in one run, in slices that follow in random order; medians count, and
behind them stand the quartiles. *The check* is a Fastify that does no more than check signature, timestamp and nonce, as fast as that can be: bench/minimal.ts.
`
