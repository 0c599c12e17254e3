/** The vocabulary of provider states for people: the table in docs/contracts.md. */

import { states } from './index.js'
import type { State } from './state.js'

const BEGIN = '<!-- states: written by npm run contracts -->'
const END = '<!-- end of states -->'

/** A page with the table between its marks written anew. */
export function withVocabulary(page: string): string {
  const [before, after] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)]
  return `${page.slice(0, before)}\n\n${table()}\n\n${page.slice(after)}`
}

function table(): string {
  const rows = states.map(({ name, means, params, gives }) => `| \`${name}\` | ${means} | ${taken(params)} | ${listed(gives)} |`)
  return ['| state | what holds then | parameters | gives |', '|---|---|---|---|', ...rows].join('\n')
}

/** The parameters of a state; those that must be given are in bold type. */
const taken = ({ description, shape }: State['params']): string =>
  description ??
  Object.entries(shape)
    .map(([param, schema]) => (schema.safeParse(undefined).success ? param : `**${param}**`))
    .join(', ')

const listed = (gives: State['gives']): string =>
  Object.entries(gives)
    .map(([name, what]) => `\`${name}\`: ${what}`)
    .join(', ')
