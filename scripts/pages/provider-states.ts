/** The vocabulary of provider states for people: the table in docs/contracts.md. */

import { vocabularyOf } from '../../contracts/states/index.js'
import { builtIn } from '../../src/cloud/definition.js'
import type { ProviderState } from '../../src/product/provider-state.js'
import { table, withGenerated } from './page.js'
import type { Words } from './words/words.js'

/** A page with the table written anew. */
export function withVocabulary(page: string, { states: { columns }, sentence }: Words): string {
  const rows = vocabularyOf({ providerStates: builtIn.states }).states.map(({ name, means, params, gives }) => [
    `\`${name}\``,
    sentence(means),
    taken(params, sentence),
    listed(gives, sentence),
  ])
  return withGenerated(page, 'states', table(columns, rows))
}

/** The parameters of a state; those that must be given are in bold type. */
const taken = ({ description, shape }: ProviderState['params'], sentence: Words['sentence']): string =>
  description === undefined
    ? Object.entries(shape)
        .map(([param, schema]) => (schema.safeParse(undefined).success ? param : `**${param}**`))
        .join(', ')
    : sentence(description)

const listed = (gives: ProviderState['gives'], sentence: Words['sentence']): string =>
  Object.entries(gives)
    .map(([name, what]) => `\`${name}\`: ${sentence(what)}`)
    .join(', ')
