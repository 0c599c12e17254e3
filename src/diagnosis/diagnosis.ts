/**
 * Why a signature does not match: signs the same call once more with each of the mistakes that clients make, and says which one leads to the
 * signature that came. Runs only when a signature has been refused. Each way of signing has its own list of mistakes; see mistakes-*.ts.
 */

import type { Diagnosis } from '../base/diagnosis.js'
import { percentEncode } from '../http/encoding.js'
import { compare } from './compare.js'

/** How a client goes about signing; a mistake changes one part or several. */
export interface Signing<Recipe extends object> {
  right: Recipe
  /** Asked for only if the call is small enough to try any. */
  mistakes: () => readonly Mistake<Recipe>[]
  /** The text that is signed, or hashed and then signed. */
  text: (recipe: Recipe) => string
  /** What is made of that text and then signed, where a scheme has such a step. */
  digest?: (recipe: Recipe, text: string) => string
  signature: (recipe: Recipe, text: string) => string
  /** Characters that all this takes to put together, beyond those of the text: what makes signing slow, such as many parameters. */
  effort?: number
  /** What may help where none of the mistakes was made. */
  hints?: readonly string[]
  /** Text that is kept out of logs. */
  hidden?: string | undefined
}

/** A mistake, and what it changes. */
export interface Mistake<Recipe extends object> {
  cause: string
  change: (right: Recipe) => Partial<Recipe>
  /** True: frequent enough to be tried together with the other frequent ones. */
  frequent?: boolean
}

const UNKNOWN = 'none of the known mistakes leads to this signature; most likely the secret is another one'

const TOO_LARGE = 'the call is too large to try all of the known mistakes on it; none of those that were tried leads to this signature'

/** Characters put together for one refused call, which anybody may send who knows an access key id: some milliseconds. */
const MAX_CHARACTERS = 500_000

/** Characters that a try counts for however short the text is. */
const LEAST_EFFORT = 500

/** Finds the mistake, or the two frequent ones, that lead to a signature. */
export function diagnose<Recipe extends object>(signing: Signing<Recipe>, signature: string): Diagnosis {
  const { right, hints = [], effort = 0, hidden } = signing
  const server = signing.text(right)
  const unexplained = (cause: string): Diagnosis => ({ cause, serverStringToSign: hide(server, hidden) })
  let tries = Math.floor(MAX_CHARACTERS / (server.length + effort + LEAST_EFFORT))
  if (tries === 0) return unexplained(TOO_LARGE)
  const leadsToIt = (change: Partial<Recipe>): boolean => {
    const recipe = { ...right, ...change }
    return signing.signature(recipe, signing.text(recipe)) === signature
  }

  const frequent: Change<Recipe>[] = []
  for (const mistake of signing.mistakes()) {
    if (--tries < 0) return unexplained(TOO_LARGE)
    const made = { cause: mistake.cause, change: mistake.change(right) }
    if (leadsToIt(made.change)) return explained(signing, made)
    if (mistake.frequent) frequent.push(made)
  }
  for (const made of pairsOf(frequent)) {
    if (--tries < 0) break
    if (leadsToIt(made.change)) return explained(signing, made)
  }
  return unexplained([UNKNOWN, ...hints].join('; '))
}

interface Change<Recipe> {
  cause: string
  change: Partial<Recipe>
}

/** Two changes at a time; two in the same part are one. */
function* pairsOf<Recipe extends object>(changes: readonly Change<Recipe>[]): Generator<Change<Recipe>> {
  for (const [index, one] of changes.entries()) {
    for (const other of changes.slice(index + 1)) {
      if (Object.keys(one.change).some((part) => part in other.change)) continue
      yield { cause: `${one.cause}; and ${other.cause}`, change: { ...one.change, ...other.change } }
    }
  }
}

function explained<Recipe extends object>(signing: Signing<Recipe>, { cause, change }: Change<Recipe>): Diagnosis {
  const { right, digest, hidden } = signing
  const recipe = { ...right, ...change }
  let [client, server] = [signing.text(recipe), signing.text(right)]
  if (digest && client === server) [client, server] = [digest(recipe, client), digest(right, server)]
  return { cause, ...compare(hide(client, hidden), hide(server, hidden)) }
}

/** A text without a secret that it may hold as it is, or percent-encoded once or twice. */
export function hide(text: string, secret: string | undefined): string {
  if (!secret) return text
  const once = percentEncode(secret)
  return [percentEncode(once), once, secret].reduce((shown, form) => shown.replaceAll(form, '***'), text)
}

/** A diagnosis in one line. */
export const describeDiagnosis = ({ cause, comparison }: Diagnosis): string =>
  comparison === undefined ? cause : `${cause}; ${comparison}`
