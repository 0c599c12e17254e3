/** The vocabulary of provider states, and how the words of a pact find theirs. */

import { problemOf } from '../../src/base/problem.js'
import type { Account, Cloud } from '../../src/index.js'
import { type Given, type ProviderState, StateError, type Words, type World } from '../../src/product/provider-state.js'
import type { PactState } from '../format/pact.js'
import { accessStates } from './access.js'
import { assetStates } from './assets.js'
import { callExample } from './call.js'
import { callStates } from './calls.js'
import { jobStates } from './jobs.js'
import { actionNamed } from './lookup.js'

/** The states that contracts can ask for, and how the words of a pact find theirs. */
export class Vocabulary {
  readonly states: readonly ProviderState[]
  readonly #patterns: readonly RegExp[]
  /** The states that are meant where a value is needed and none is named. */
  readonly #givers = new Map<string, ProviderState>()

  /** `ofProducts`: those beside the ones that every cloud has. Throws an `Error` if two are meant for one value. */
  constructor(ofProducts: readonly ProviderState[]) {
    this.states = [...accessStates, ...assetStates, ...jobStates, ...callStates, ...ofProducts]
    this.#patterns = this.states.map(({ name }) => patternOf(name))
    for (const state of this.states)
      for (const value of state.meantFor ?? []) {
        const other = this.#givers.get(value)
        if (other) throw new Error(`both "${other.name}" and "${state.name}" are meant where a contract needs a ${value}`)
        this.#givers.set(value, state)
      }
  }

  /** The state that the words of a pact mean, and what they fill in. Throws a {@link StateError} that lists what is near, or else all there is. */
  find(text: string): { state: ProviderState; words: Words } {
    for (const [index, state] of this.states.entries()) {
      const words = this.#patterns[index]?.exec(text)
      if (words) return { state, words: words.groups ?? {} }
    }
    const near = nearest(text, this.states)
    throw new StateError(
      `there is no provider state "${text}"; ${near.length > 0 ? 'the nearest are' : 'there are'} ${quoted(near.length > 0 ? near : this.states)}`,
    )
  }

  /** The state that is meant where a value of this name is needed. */
  giving(value: string): ProviderState | undefined {
    return this.#givers.get(value)
  }
}

const vocabularies = new WeakMap<readonly ProviderState[], Vocabulary>()

/** The vocabulary of a cloud. */
export function vocabularyOf({ providerStates }: Pick<Cloud, 'providerStates'>): Vocabulary {
  let vocabulary = vocabularies.get(providerStates)
  if (vocabulary === undefined) {
    vocabulary = new Vocabulary(providerStates)
    vocabularies.set(providerStates, vocabulary)
  }
  return vocabulary
}

const PLACEHOLDER = /<(\w+)>/g

const patternOf = (name: string): RegExp => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(PLACEHOLDER, '(?<$1>.+)')}$`)

/** Brings about the states of an interaction, in their order; later ones win where they give the same. Throws a {@link StateError} if one cannot be. */
export async function applyStates(cloud: Cloud, account: Account, wanted: readonly PactState[]): Promise<Given> {
  const vocabulary = vocabularyOf(cloud)
  const call: World['call'] = (name, params) => callExample(cloud, account, actionNamed(cloud.catalogue, name), params)
  const given: Given = {}
  for (const { name, params = {} } of wanted) {
    const { state, words } = vocabulary.find(name)
    const parsed = state.params.safeParse(params)
    if (!parsed.success) throw new StateError(`provider state "${name}": parameters: ${problemOf(parsed.error)}`)
    try {
      const { values, key } = await state.apply({ account, call, values: given.values ?? {} }, words, parsed.data as never)
      if (values) given.values = { ...given.values, ...values }
      if (key) given.key = key
    } catch (error) {
      throw new StateError(`provider state "${name}": ${(error as Error).message}`, { cause: error })
    }
  }
  return given
}

/** The states that share words with a text, at most three: those that share most. */
function nearest(text: string, states: readonly ProviderState[]): ProviderState[] {
  const wanted = new Set(wordsOf(text))
  const shared = ({ name }: ProviderState): number => wordsOf(name).filter((word) => wanted.has(word)).length / wordsOf(name).length
  return states
    .filter((state) => shared(state) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 3)
}

const quoted = (some: readonly ProviderState[]): string => some.map(({ name }) => `"${name}"`).join(', ')

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\w+/g) ?? []
