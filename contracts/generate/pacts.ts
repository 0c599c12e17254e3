/** The Pact files in contracts/pacts, one per service, derived from the catalogue. */

import type { Catalogue } from '../../src/index.js'
import type { Pact } from '../pact.js'
import { gatewayInteractions, interactionsOf } from './interactions.js'

/** Makes the Pact file of each service. Same catalogue and same examples: same files. */
export const pactsOf = (catalogue: Catalogue): Map<string, Pact> =>
  new Map(
    [...catalogue.services.keys()].map((name) => {
      // By name: the order of definition depends on how the modules were put together.
      const own = catalogue.actions.filter(({ service }) => service.name === name).sort((a, b) => (a.name < b.name ? -1 : 1))
      const interactions = [...own.slice(0, 1).flatMap(gatewayInteractions), ...own.flatMap((action) => interactionsOf(action, own))]
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

/** A Pact file as it is written. */
export const renderPact = (pact: Pact): string => `${JSON.stringify(pact, undefined, 2)}\n`
