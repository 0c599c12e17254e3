/** Which interactions are verified: Pact's own filters, by its own names. */

import { LinearRegExp } from '../../src/patterns/regexp.js'
import { VerifyError } from '../format/verify-error.js'
import type { PactFile, PactInteraction } from './files.js'

/** What verification can be narrowed to. */
export interface Filter {
  /** True if it is narrowed at all. */
  isSet: boolean
  /** True if of one pact only a part may be included. */
  isPartial: boolean
  includes: (file: Pick<PactFile, 'consumer'>, interaction: PactInteraction) => boolean
}

/** Variables of the environment with which Pact narrows verification. */
export const FILTER_VARIABLES = ['PACT_DESCRIPTION', 'PACT_PROVIDER_STATE', 'PACT_PROVIDER_NO_STATE'] as const

/**
 * Reads the filters: names of consumers, and from the environment regular expressions for descriptions and provider states. Throws a {@link VerifyError}
 * if an expression cannot be one.
 */
export function readFilter(environment: NodeJS.ProcessEnv, consumers: readonly string[] = []): Filter {
  const [description, state] = (['PACT_DESCRIPTION', 'PACT_PROVIDER_STATE'] as const).map((name) => expression(name, environment[name]))
  const withoutState = /^(?:true|1)$/i.test(environment.PACT_PROVIDER_NO_STATE ?? '')
  const isPartial = description !== undefined || state !== undefined || withoutState
  return {
    isSet: isPartial || consumers.length > 0,
    isPartial,
    includes: ({ consumer }, { description: text, states }) =>
      (consumers.length === 0 || consumers.includes(consumer)) &&
      (description === undefined || description.test(text)) &&
      (state === undefined || states.some(({ name }) => state.test(name))) &&
      (!withoutState || states.length === 0),
  }
}

function expression(name: string, source: string | undefined): LinearRegExp | undefined {
  if (source === undefined || source === '') return undefined
  try {
    return new LinearRegExp(source)
  } catch (error) {
    throw new VerifyError(`${name}: ${(error as Error).message}`)
  }
}
