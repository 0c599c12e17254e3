/** What was measured last, section by section: the pages are written from it, so that a section can be measured by itself. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Figure } from './figure.js'

const FILE = 'bench/measured.json'

/** The figures of a section, and where they are from. */
export interface Measured {
  /** Version of Node.js. */
  node: string
  cores: number
  /** True if less was measured than usual. */
  quick: boolean
  figures: readonly Figure[]
}

/** By section. */
export const readMeasured = (): Record<string, Measured> => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {})

/** Keeps the figures of these sections, and those of others as they are. */
export function writeMeasured(sections: Readonly<Record<string, readonly Figure[]>>, quick: boolean): Record<string, Measured> {
  const from = { node: process.versions.node, cores: cpus().length, quick }
  const measured = readMeasured()
  for (const [section, figures] of Object.entries(sections)) measured[section] = { ...from, figures }
  // Six digits are more than any of it is good for.
  const digits = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(6)) : value)
  writeFileSync(FILE, `${JSON.stringify(measured, digits, 1)}\n`)
  return measured
}
