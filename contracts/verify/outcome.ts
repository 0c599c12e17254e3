/** What the verifier has found, in words for who wrote the pact. */

import type { Reply } from '../../src/index.js'
import { type CoreResult, explained, type Mismatch } from './core.js'
import type { InteractionReport } from './report.js'
import type { Trial } from './server.js'

type Failure = CoreResult['errors'][number]

/** The number of the interaction that a finding is about. */
const numberIn = (interaction: string): number => Number(/ - (\d+)$/.exec(interaction)?.[1])

/** What has kept the verifier from interactions that it does not even know by number: a pact that cannot be fetched, for one. */
export const obstacles = ({ errors }: CoreResult, trials: readonly Trial[]): string[] =>
  errors
    .filter(({ interaction }) => trials[numberIn(interaction)] === undefined)
    .map(({ interaction, mismatch }) => [interaction, ...(mismatch.type === 'error' ? [mismatch.message] : [])].filter(Boolean).join(': '))

/** How an interaction has fared. `number`: by which the verifier knows it. */
export function reportOf(
  { file, interaction, problem, action, message, reply }: Trial,
  number: number,
  results: readonly CoreResult[],
): InteractionReport {
  const { path, consumer, provider } = file
  const { description, kind } = interaction
  const event = message?.event ?? interaction.message.eventType
  const report = { file: path, consumer, provider, description, ...(action && { action }), ...(event !== undefined && { event }) }
  const failed = (...problems: string[]): InteractionReport => ({ ...report, outcome: 'failed', problems })
  if (kind === 'dialogue') return failed('it is a message that is to be answered; services send only such that are not')
  if (problem !== undefined) return failed(problem)
  const of = ({ interaction }: Failure): boolean => numberIn(interaction) === number
  const failures = results.flatMap(({ errors }) => errors)
  const error = failures.find(of) ?? results.flatMap(({ pendingErrors }) => pendingErrors).find(of)
  if (error === undefined) {
    const verified = results
      .flatMap(({ interactionResults }) => interactionResults)
      .some(({ description }) => description === String(number))
    return verified ? { ...report, outcome: 'ok', problems: [] } : failed('the Pact verifier has passed over it')
  }
  const { mismatch } = error
  const problems =
    mismatch.type === 'mismatches'
      ? [...mismatch.mismatches.map(describeMismatch), ...describeRefusal(reply)]
      : [explained(mismatch.message)]
  return { ...failed(...problems), outcome: failures.includes(error) ? 'failed' : 'pending' }
}

function describeMismatch({ type, path, key, mismatch }: Mismatch): string {
  if (path !== undefined) return `${path}: ${mismatch}`
  const what = { HeaderMismatch: `header ${key}`, MetadataMismatch: `metadata ${key}`, StatusMismatch: 'status' }[type]
  return `${what ?? type}: ${mismatch}`
}

/** Why the call was refused, if it was: usually what explains the mismatches. */
function describeRefusal(reply: Reply | undefined): string[] {
  if (reply === undefined || reply.status < 400) return []
  const code = /"Code":"([^"]+)"|<Code>([^<]+)/.exec(String(reply.body))
  return [`the call was refused with ${code?.[1] ?? code?.[2]}: ${reply.headers['x-emulator-reason'] ?? 'no reason given'}`]
}
