/** What a provider state is: words in a pact, and what they do to the account that the interaction meets. */

import type { z } from 'zod'
import type { Account, Cloud } from '../../src/index.js'
import type { SigningKey } from '../../src/signing/sign.js'

/** Where a state is brought about: an account of the interaction's own, whose clock stands still. */
export interface World {
  cloud: Cloud
  account: Account
}

/** What an interaction gets from a state. */
export interface Given {
  /** Values for the request, by the name under which a pact's generator asks for them. */
  values?: Record<string, string>
  /** The key to sign the request with, instead of the account's own. */
  key?: SigningKey
}

/** What stands in a pact in place of the placeholders of a state's name. */
export type Words = Readonly<Record<string, string>>

/** A provider state of the vocabulary. */
export interface State {
  /** Its words; what stands in angle brackets is filled in by who uses the state. */
  name: string
  /** What holds then, in a line. */
  means: string
  /** Its parameters. */
  params: z.ZodObject
  /** The values it gives, by name, and what each is. */
  gives: Record<string, string>
  /** Brings it about; the parameters have passed the schema. */
  apply: (world: World, words: Words, params: never) => Given | Promise<Given>
}

/** Words or parameters that make no state: the message is for the author of the pact. */
export class StateError extends Error {}

/** Defines a state. */
export const defineState = <Params extends z.ZodObject>(
  state: Omit<State, 'params' | 'gives' | 'apply'> & {
    params: Params
    gives?: State['gives']
    apply: (world: World, words: Words, params: z.output<Params>) => Given | Promise<Given>
  },
): State => ({ gives: {}, ...state })
