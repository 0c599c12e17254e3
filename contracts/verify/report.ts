/** What verification found, as data and for people. */

/** How one interaction fared. */
export interface InteractionReport {
  /** The Pact file it is from. */
  file: string
  consumer: string
  provider: string
  description: string
  /** `<service>.<Action>`, where the request has named one. */
  action?: string
  /** The type of event that a message is about. */
  event?: string
  /** `pending`: it differs, but the consumer has marked it as not yet expected to pass. */
  outcome: 'ok' | 'failed' | 'pending'
  /** What differs or is wrong; empty if it is ok. */
  problems: string[]
}

/** How all interactions fared. */
export interface VerificationReport {
  /** True if no interaction failed. */
  ok: boolean
  interactions: InteractionReport[]
}

const MARKS = { ok: 'ok  ', failed: 'FAIL', pending: 'todo' } as const

/** The report as text: each Pact file, its interactions, and under each what is wrong with it. */
export function formatReport({ interactions }: VerificationReport): string {
  const lines: string[] = []
  for (const [index, { file, consumer, provider, description, action, event, outcome, problems }] of interactions.entries()) {
    if (interactions[index - 1]?.file !== file) lines.push(...(index > 0 ? [''] : []), `${file}: ${consumer} → ${provider}`)
    const about = action ?? event
    lines.push(`  ${MARKS[outcome]} ${description}${outcome !== 'ok' && about !== undefined ? ` (${about})` : ''}`)
    lines.push(...problems.map((problem) => `         ${problem}`))
  }
  const count = (outcome: InteractionReport['outcome']): number => interactions.filter((each) => each.outcome === outcome).length
  const [failed, pending] = [count('failed'), count('pending')]
  lines.push('', `${interactions.length} interactions: ${count('ok')} ok, ${failed} failed${pending > 0 ? `, ${pending} pending` : ''}`)
  return lines.join('\n')
}
