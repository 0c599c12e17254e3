/** The vocabulary of provider states, and how the words of a pact find theirs. */

import { problemOf } from '../../src/base/problem.js'
import type { ProviderState } from '../pact.js'
import { accessStates } from './access.js'
import { assetStates } from './assets.js'
import { jobStates } from './jobs.js'
import { type Given, type State, StateError, type Words, type World } from './state.js'
import { vodStates } from './vod.js'

/** Every state there is. */
export const states: readonly State[] = [...accessStates, ...assetStates, ...jobStates, ...vodStates]

const PLACEHOLDER = /<(\w+)>/g

const patterns = states.map(({ name }) => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(PLACEHOLDER, '(?<$1>.+)')}$`))

/** The state that the words of a pact mean, and what they fill in. Throws a {@link StateError} that lists what is near, or else all there is. */
export function findState(text: string): { state: State; words: Words } {
  for (const [index, state] of states.entries()) {
    const words = patterns[index]?.exec(text)
    if (words) return { state, words: words.groups ?? {} }
  }
  const near = nearest(text)
  throw new StateError(
    `there is no provider state "${text}"; ${near.length > 0 ? 'the nearest are' : 'there are'} ${quoted(near.length > 0 ? near : states)}`,
  )
}

/** The first state that gives a value of this name without being told more. */
export const stateGiving = (name: string): State | undefined =>
  states.find(({ gives, params }) => Object.hasOwn(gives, name) && params.safeParse({}).success)

/** Brings about the states of an interaction, in their order; later ones win where they give the same. Throws a {@link StateError} if one cannot be. */
export async function applyStates(world: World, wanted: readonly ProviderState[]): Promise<Given> {
  const given: Given = {}
  for (const { name, params = {} } of wanted) {
    const { state, words } = findState(name)
    const parsed = state.params.safeParse(params)
    if (!parsed.success) throw new StateError(`provider state "${name}": parameters: ${problemOf(parsed.error)}`)
    try {
      const { values, key } = await state.apply(world, words, parsed.data as never)
      if (values) given.values = { ...given.values, ...values }
      if (key) given.key = key
    } catch (error) {
      throw new StateError(`provider state "${name}": ${(error as Error).message}`, { cause: error })
    }
  }
  return given
}

/** The states that share words with a text, at most three: those that share most. */
function nearest(text: string): State[] {
  const wanted = new Set(wordsOf(text))
  const shared = ({ name }: State): number => wordsOf(name).filter((word) => wanted.has(word)).length / wordsOf(name).length
  return states
    .filter((state) => shared(state) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 3)
}

const quoted = (some: readonly State[]): string => some.map(({ name }) => `"${name}"`).join(', ')

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\w+/g) ?? []
