/** The baseline: what was proven the last time that somebody accepted it. It is shown in docs/conformance.md and at `GET /_emulator/conformance`. */

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ErrorPair } from './errors.js'
import { type Evidence, evidenceSchema, lost } from './evidence.js'

export const BASELINE = 'conformance/baseline.json'

const baselineSchema = z.strictObject({
  /** By Action and kind: cases that passed, and cases. */
  actions: evidenceSchema,
  /** By Action and documented code: whether a case leads to it, only a fault does, or nothing does yet. */
  errors: z.record(z.string(), z.record(z.string(), z.enum(['provoked', 'fault', 'open']))),
})

export type Baseline = z.output<typeof baselineSchema>

export const readBaseline = (): Baseline => baselineSchema.parse(JSON.parse(readFileSync(BASELINE, 'utf8')))

/** What a baseline holds of results. */
export function baselineOf(actions: Evidence, pairs: readonly ErrorPair[]): Baseline {
  const errors: Baseline['errors'] = {}
  for (const { action, code, by } of pairs) errors[action] = { ...errors[action], [code]: by }
  return { actions, errors }
}

/** The part of a baseline that is about some Actions. */
export function restricted({ actions, errors }: Baseline, only: (action: { id: string }) => boolean): Baseline {
  const kept = <T>(record: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => only({ id })))
  return { actions: kept(actions), errors: kept(errors) }
}

/** In what some results fall behind a baseline, in words. */
export function worse(before: Baseline, now: Baseline): string[] {
  const errors = Object.entries(before.errors).flatMap(([action, codes]) =>
    Object.entries(codes).flatMap(([code, by]) =>
      by === 'provoked' && now.errors[action]?.[code] !== 'provoked' ? [`${action}: nothing leads to ${code}, and something did`] : [],
    ),
  )
  return [...lost(before.actions, now.actions), ...errors]
}

/** A baseline as it is written: a line for each Action. */
export const renderBaseline = ({ actions, errors }: Baseline): string =>
  `{\n  "actions": ${lines(actions)},\n  "errors": ${lines(errors)}\n}\n`

function lines(record: Readonly<Record<string, object>>): string {
  const rows = Object.entries(record).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{\n${rows.join(',\n')}\n  }`
}
