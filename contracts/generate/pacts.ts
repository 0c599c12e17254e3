/** The Pact files in contracts/pacts, one per service, derived from the catalogue. */

import type { Cloud } from '../../src/index.js'
import type { Pact } from '../format/pact.js'
import { vocabularyOf } from '../states/index.js'
import { gatewayInteractions, interactionsOf } from './interactions.js'

/** Makes the Pact file of each service of a cloud. Same catalogue and same examples: same files. */
export function pactsOf({ catalogue, providerStates }: Pick<Cloud, 'catalogue' | 'providerStates'>): Map<string, Pact> {
  const vocabulary = vocabularyOf({ providerStates })
  return new Map(
    [...catalogue.services].map(([name, { sampleAction }]) => {
      // By name: the order of definition depends on how the modules were put together.
      const own = catalogue.actions.filter(({ service }) => service.name === name).sort((a, b) => (a.name < b.name ? -1 : 1))
      const sample = own.find((action) => action.name === sampleAction) ?? own[0]
      const interactions = [
        ...(sample ? gatewayInteractions(sample, vocabulary) : []),
        ...own.flatMap((action) => interactionsOf(action, own, vocabulary)),
      ]
      return [
        name,
        {
          // What the manuals promise is what any consumer may rely on.
          consumer: { name: 'manual' },
          provider: { name },
          interactions,
          metadata: { pactSpecification: { version: '4.0' } },
        },
      ]
    }),
  )
}

/** A Pact file as it is written. */
export const renderPact = (pact: Pact): string => `${JSON.stringify(pact, undefined, 2)}\n`
