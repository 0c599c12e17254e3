/** The Pact files in contracts/pacts: one per service, derived from the catalogue; one per product that sends events; and one of uploads. */

import type { Cloud } from '../../src/index.js'
import type { Message, ObjectInteraction, Pact } from '../format/pact.js'
import { vocabularyOf } from '../states/index.js'
import { gatewayInteractions, interactionsOf } from './interactions.js'
import { messagesOf } from './messages.js'
import { objectInteractions } from './objects.js'

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
      return [name, pactOf(name, interactions)]
    }),
  )
}

/** Makes a Pact file of the event notifications of each product of a cloud that has any, by the name of the file: `vod-events`. */
export const eventPactsOf = ({ eventTypes }: Pick<Cloud, 'eventTypes'>): Map<string, Pact<Message>> =>
  new Map(
    [...eventTypes].map(([product, types]) => [
      `${product}-events`,
      pactOf(
        product,
        types.toSorted((a, b) => (a.type < b.type ? -1 : 1)).flatMap((definition) => messagesOf(product, definition)),
      ),
    ]),
  )

/** Makes the Pact file of uploads to OSS. */
export const objectPact = (): Pact<ObjectInteraction> => pactOf('oss', objectInteractions())

/** What the manuals promise is what any consumer may rely on. */
const pactOf = <Kind>(provider: string, interactions: Kind[]): Pact<Kind> => ({
  consumer: { name: 'manual' },
  provider: { name: provider },
  interactions,
  metadata: { pactSpecification: { version: '4.0' } },
})

/** A Pact file as it is written. */
export const renderPact = (pact: Pact<unknown>): string => `${JSON.stringify(pact, undefined, 2)}\n`
