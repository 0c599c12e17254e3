/** Reading a consumer's Pact files, of whatever version of the specification. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FILE_BOUNDS, listOf, readJson } from '../../src/base/json.js'
import { problemOf } from '../../src/base/problem.js'
import type { PactState } from '../format/pact.js'
import { VerifyError } from '../format/verify-error.js'

const interactionSchema = z.looseObject({
  description: z.string(),
  /** Specification 4 only. */
  type: z.string().optional(),
  /** Until specification 2. */
  providerState: z.string().nullish(),
  request: z.looseObject({ headers: z.looseObject({}).optional() }).optional(),
  /** Of a message: what it says; until specification 3 without a frame. */
  contents: z.unknown().optional(),
  metadata: z.looseObject({}).optional(),
  metaData: z.looseObject({}).optional(),
  providerStates: z.array(z.looseObject({ name: z.string(), params: z.record(z.string(), z.unknown()).optional() })).optional(),
})

const pactSchema = z.looseObject({
  consumer: z.looseObject({ name: z.string() }),
  provider: z.looseObject({ name: z.string() }),
  interactions: listOf(interactionSchema, 10_000).default([]),
  /** Messages until specification 3. */
  messages: listOf(interactionSchema, 10_000).default([]),
})

/** What a message is expected to be, as far as it decides which is meant. */
export interface ExpectedMessage {
  /** `EventType`, if it says one. */
  eventType: string | undefined
  /** Names of its metadata. */
  metadata: readonly string[]
}

/** One interaction of a Pact file, with what the file says in its own version of the specification. */
export interface PactInteraction {
  description: string
  states: PactState[]
  /** The list of the file that it is in. */
  list: 'interactions' | 'messages'
  /** A request and its answer, a message that is sent, or a message that is answered, which is nothing that services do. */
  kind: 'call' | 'message' | 'dialogue'
  message: ExpectedMessage
  raw: { request?: { headers?: object } }
}

/** A Pact file. */
export interface PactFile {
  path: string
  consumer: string
  provider: string
  interactions: PactInteraction[]
  /** The whole file. */
  raw: object
}

/** Reads Pact files, and all those in folders. Throws a {@link VerifyError} if there is none, or if one is not a Pact file. */
export function readPacts(paths: readonly string[]): PactFile[] {
  const files = paths.flatMap(filesAt)
  if (files.length === 0) throw new VerifyError(`there are no Pact files in ${paths.join(', ')}`)
  return files.map(readPact)
}

function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name))
  } catch (error) {
    throw new VerifyError(`${path} cannot be read: ${(error as Error).message}`)
  }
}

function readPact(path: string): PactFile {
  let document: unknown
  try {
    document = readJson(readFileSync(path, 'utf8'), FILE_BOUNDS)
  } catch (error) {
    throw new VerifyError(`${path} cannot be read: ${(error as Error).message}`)
  }
  const parsed = pactSchema.safeParse(document)
  if (!parsed.success) throw new VerifyError(`${path} is not a Pact file: ${problemOf(parsed.error)}`)
  return pactOf(path, parsed.data, document as object)
}

/** The pact that a text is, if it is one. `path`: where it is from. */
export function parsePact(path: string, text: string): PactFile | undefined {
  const document = parsed(text)
  const read = pactSchema.safeParse(document)
  return read.success ? pactOf(path, read.data, document as object) : undefined
}

const pactOf = (path: string, { consumer, provider, interactions, messages }: z.output<typeof pactSchema>, raw: object): PactFile => ({
  path,
  consumer: consumer.name,
  provider: provider.name,
  interactions: [
    ...interactions.map((each) => interactionOf(each, 'interactions')),
    ...messages.map((each) => interactionOf(each, 'messages')),
  ],
  raw,
})

function interactionOf(raw: z.output<typeof interactionSchema>, list: PactInteraction['list']): PactInteraction {
  const { description, providerState, providerStates, type = 'Synchronous/HTTP', contents, metadata, metaData } = raw
  const states = providerStates ?? (providerState ? [{ name: providerState }] : [])
  return {
    description,
    states: states.map(({ name, params }) => ({ name, ...(params && { params }) })),
    list,
    kind: list === 'messages' || type === 'Asynchronous/Messages' ? 'message' : type === 'Synchronous/HTTP' ? 'call' : 'dialogue',
    message: { eventType: eventTypeIn(contents), metadata: Object.keys(metadata ?? metaData ?? {}) },
    raw,
  }
}

const framed = z.object({ content: z.unknown(), encoded: z.union([z.boolean(), z.string()]).optional() })

const named = z.object({ EventType: z.string() })

/** The type of event that contents name, in whatever way the file holds them. */
function eventTypeIn(contents: unknown): string | undefined {
  const frame = framed.safeParse(contents).data
  const inside = frame === undefined ? contents : frame.encoded === 'base64' ? decoded(String(frame.content)) : frame.content
  const value = typeof inside === 'string' ? parsed(inside) : inside
  return named.safeParse(value).data?.EventType
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString()

function parsed(text: string): unknown {
  try {
    return readJson(text, FILE_BOUNDS)
  } catch {
    return undefined
  }
}
