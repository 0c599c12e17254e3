/** What a provider state is: words in a pact, and what they do to the account that the interaction meets. */

import type { z } from 'zod'
import type { Account } from '../account/types.js'
import type { SigningKey } from '../signing/sign.js'

/** Where a state is brought about: an account of the interaction's own, whose clock stands still. */
export interface World {
  account: Account
  /** What the states before it have given, by name. */
  values: Readonly<Record<string, string>>
  /**
   * Calls an Action as a client of the account would, with the parameters of its example or others, and resolves with the answer. The name is
   * `<service>.<Action>`, or the Action's alone where no two services have it. Rejects with a {@link StateError} if the call is refused.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the answer of any Action
  call: (name: string, params: object) => Promise<any>
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
export interface ProviderState {
  /** Its words; what stands in angle brackets is filled in by who uses the state. */
  name: string
  /** What holds then, in a line. */
  means: string
  /** Its parameters. */
  params: z.ZodObject
  /** The values it gives, by name, and what each is. */
  gives: Record<string, string>
  /** Names of values for which this is the state that is meant where a contract needs one and names no state. No two states have one in common. */
  meantFor?: readonly string[]
  /** Brings it about; the parameters have passed the schema. */
  apply: (world: World, words: Words, params: never) => Given | Promise<Given>
}

/** Words or parameters that make no state: the message is for the author of the pact. */
export class StateError extends Error {}

/** Defines a state. */
export const defineProviderState = <Params extends z.ZodObject>(
  state: Omit<ProviderState, 'params' | 'gives' | 'apply'> & {
    params: Params
    gives?: ProviderState['gives']
    apply: (world: World, words: Words, params: z.output<Params>) => Given | Promise<Given>
  },
): ProviderState => ({ gives: {}, ...state })
