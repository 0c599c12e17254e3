/** The vocabulary of provider states for people: the table in docs/contracts.md. */

import { vocabularyOf } from '../../contracts/states/index.js'
import { builtIn } from '../../src/cloud/definition.js'
import type { ProviderState } from '../../src/product/provider-state.js'
import { withGenerated } from './page.js'

/** A page with the table written anew. */
export const withVocabulary = (page: string): string => withGenerated(page, 'states', table())

function table(): string[] {
  const rows = vocabularyOf({ providerStates: builtIn.states }).states.map(
    ({ name, means, params, gives }) => `| \`${name}\` | ${means} | ${taken(params)} | ${listed(gives)} |`,
  )
  return ['| state | what holds then | parameters | gives |', '|---|---|---|---|', ...rows]
}

/** The parameters of a state; those that must be given are in bold type. */
const taken = ({ description, shape }: ProviderState['params']): string =>
  description ??
  Object.entries(shape)
    .map(([param, schema]) => (schema.safeParse(undefined).success ? param : `**${param}**`))
    .join(', ')

const listed = (gives: ProviderState['gives']): string =>
  Object.entries(gives)
    .map(([name, what]) => `\`${name}\`: ${what}`)
    .join(', ')
