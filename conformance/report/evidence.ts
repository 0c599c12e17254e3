/** Results as evidence: for each Action and each kind, how many cases there were and how many came out as they had to. */

import { z } from 'zod'
import { type Kind, kinds } from '../cases/case.js'
import type { Result } from '../run/run.js'

const countSchema = z.tuple([z.int(), z.int()]).describe('cases that passed, and cases')

export const evidenceSchema = z.record(z.string(), z.partialRecord(z.enum(kinds), countSchema))

/** By Action (`<service>.<Action>`) and kind: cases that passed, and cases. */
export type Evidence = z.output<typeof evidenceSchema>

/** Counts results. */
export function evidenceOf(results: readonly Result[]): Evidence {
  const evidence: Evidence = {}
  for (const { action, kind, fault } of results) {
    const [passed, all] = evidence[action]?.[kind] ?? [0, 0]
    evidence[action] = { ...evidence[action], [kind]: [passed + (fault === undefined ? 1 : 0), all + 1] }
  }
  return evidence
}

/** What there was evidence of and is no more: kinds of Actions of which fewer cases pass, in words. */
export function lost(before: Evidence, now: Evidence): string[] {
  return Object.entries(before).flatMap(([action, ofAction]) =>
    Object.entries(ofAction).flatMap(([kind, [passed]]) => {
      const [still] = now[action]?.[kind as Kind] ?? [0, 0]
      return still < passed ? [`${action}: ${kind}: ${still} cases pass, and ${passed} did`] : []
    }),
  )
}

/** The sum over all Actions, by kind. */
export function totals(evidence: Evidence): Partial<Record<Kind, [number, number]>> {
  const sums: Partial<Record<Kind, [number, number]>> = {}
  for (const ofAction of Object.values(evidence))
    for (const [kind, [passed, all]] of Object.entries(ofAction)) {
      const [sum, sumOfAll] = sums[kind as Kind] ?? [0, 0]
      sums[kind as Kind] = [sum + passed, sumOfAll + all]
    }
  return sums
}
