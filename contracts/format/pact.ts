/** The parts of a Pact file (specification 4) that the generator writes. */

import type { z } from 'zod'

/** Any JSON. */
export type Json = z.infer<ReturnType<typeof z.json>>

/** One thing that must hold for a value; several apply together. */
export type Matcher =
  | { match: 'type'; min?: number }
  | { match: 'equality' | 'integer' | 'number' | 'boolean' }
  | { match: 'regex'; regex: string }
  | { match: 'include'; value: string }

/** What must hold for each value of a body, by its path: `$.Data.Elements[*].Score`. */
export type MatchingRules = Record<string, { matchers: Matcher[]; combine: 'AND' }>

/** A provider state that an interaction starts from. */
export interface PactState {
  name: string
  params?: Record<string, unknown>
}

/** A request and the response to it. */
export interface Interaction {
  type: 'Synchronous/HTTP'
  description: string
  providerStates?: PactState[]
  comments?: { text: string[] }
  request: {
    method: 'GET'
    path: '/'
    query: Record<string, [string]>
    generators?: { query: Record<string, FromState> }
  }
  response: {
    status: number
    headers: Record<string, [string]>
    body: { content: Json; contentType: 'application/json'; encoded: false }
    matchingRules: { body: MatchingRules }
  }
}

/** A value that a provider state gives. */
interface FromState {
  type: 'ProviderState'
  expression: string
}

type TextBody = { content: string; contentType: string; encoded: false }

/** A request to OSS and the response to it. */
export interface ObjectInteraction {
  type: 'Synchronous/HTTP'
  description: string
  providerStates: PactState[]
  request: {
    method: string
    path: string
    query: Record<string, [string]>
    headers: Record<string, [string]>
    body?: TextBody
    generators: { path: FromState; query?: Record<string, FromState> }
  }
  response: {
    status: number
    headers: Record<string, [string]>
    body?: TextBody
    matchingRules: { header: MatchingRules; body?: MatchingRules }
  }
}

/** A message that the provider sends of its own accord. */
export interface Message {
  type: 'Asynchronous/Messages'
  description: string
  providerStates?: PactState[]
  comments?: { text: string[] }
  contents: { content: Json; contentType: 'application/json'; encoded: false }
  /** What comes with it: the headers of a callback. */
  metadata: Record<string, string>
  matchingRules: { body: MatchingRules; metadata: MatchingRules }
}

/** A Pact file. */
export interface Pact<Kind = Interaction> {
  consumer: { name: string }
  provider: { name: string }
  interactions: Kind[]
  metadata: { pactSpecification: { version: '4.0' } }
}
