/** What a route of the control API is: declared once, as data, from which the server, the typed client, control.json and docs/control.md follow. */

import { z } from 'zod'
import type { Bounds } from '../base/json.js'

/** Chapters of the control API. */
export const chapters = {
  emulator: 'The emulator',
  accounts: 'Accounts',
  clock: 'The clock',
  settings: 'Settings',
  faults: 'Faults',
  scenarios: 'Scenarios',
  worlds: 'Worlds and assets',
  jobs: 'Jobs',
  requests: 'The call log',
  events: 'Event notifications',
  identities: 'Identities',
  state: 'States',
  inspection: 'What is in an account',
  oss: 'Objects',
  live: 'The live stream',
  simulation: 'What nobody can do here',
} as const

/** See {@link chapters}. */
export type Chapter = keyof typeof chapters

/** Method, and path below `/_emulator`; parts of the path in braces are parameters. */
export type RouteName = `${'GET' | 'PUT' | 'POST' | 'DELETE'} /${string}`

/** One route. */
export interface Route {
  chapter: Chapter
  /** Name by which generated clients know it. */
  id: string
  /** What it does, in one line. */
  summary: string
  /** What else there is to say. */
  details?: string
  /**
   * Which account it is about: the `chosen` one, by `?accessKeyId=`, else the default one; one that is `named` in any case; or `none`, because it is
   * about the emulator. Default: the chosen one.
   */
  about?: 'chosen' | 'named' | 'none'
  /** Parameters in its path. */
  params?: z.ZodObject
  /** Parameters behind the question mark, beside `accessKeyId`. */
  query?: z.ZodObject
  /** What is sent to it. */
  body?: z.ZodType
  /** How much may be sent to it. Default: the usual. */
  room?: Room
  /** Status of an answer. Default 200. */
  status?: 201
  /** What it answers, in JSON. */
  answer: z.ZodType
  /** Answers that are not JSON, by their type. */
  otherAnswers?: Readonly<Record<string, string>>
  /** Of a route that answers with server-sent events, for as long as the client listens: what the data of each is. */
  stream?: z.ZodType
  /** Of a list that can be had in pages: the member of its elements by which the next page is asked for. */
  pagedBy?: string
  /** Answers with other statuses beside those that every route has. */
  otherStatuses?: Readonly<Record<number, { description: string; schema: z.ZodType }>>
  /** What can be sent: a test sends it, and checks what is answered. */
  example?: Readonly<{ params?: object; query?: object; body?: unknown }>
}

/** How much a body may hold. */
export interface Room {
  /** Bytes. */
  bodyLimit?: number
  bounds: Bounds
}

/** Routes by name. */
export type Routes = Readonly<Record<RouteName, Route>>

/** Declares routes; their types stay as exact as they are written. */
export const declareRoutes = <const Declared extends Routes>(routes: Declared): Declared => routes

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Written<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type Of<Declared extends Route, Field extends keyof Route> = Declared extends Record<Field, infer Schema> ? Schema : undefined

/** What the server has read of a request to a route. */
export type Read<Declared extends Route> = {
  params: Parsed<Of<Declared, 'params'>>
  query: Parsed<Of<Declared, 'query'>>
  body: Parsed<Of<Declared, 'body'>>
}

/** What a client sends to a route, beside whom it is about. */
export type Sent<Declared extends Route> = {
  params?: Written<Of<Declared, 'params'>>
  query?: (Written<Of<Declared, 'query'>> & object) | (Declared extends { pagedBy: string } ? Page : never)
  body?: Written<Of<Declared, 'body'>>
}

/** What a route answers. */
export type Answer<Declared extends Route> = z.output<Declared['answer']>

/** The most elements of one page. */
const MAX_PAGE = 10_000

/** Which page of a list is asked for. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).optional().describe('How many elements at most. Default: all.'),
  after: z.string().min(1).max(8192).optional().describe('The element behind which the page begins, by what the list is paged by.'),
  order: z.enum(['asc', 'desc']).optional().describe('`desc`: the last element first. Default `asc`.'),
})

/** See {@link pageSchema}; `limit` as a number. */
export type Page = z.output<typeof pageSchema>

/** What every refusal says. */
export const refusalSchema = z.strictObject({ error: z.string().describe('What is wrong, naming the parameter.') })

/** Statuses that every route may answer with, and when. */
export const refusals: Readonly<Record<number, string>> = {
  400: 'Something that was sent cannot be, or names what does not exist; nothing has changed.',
  401: 'The emulator was started with a control token, and the call does not have it.',
  403: 'The call comes from a web page of another origin, or under a host that is not known to be the emulator’s.',
  500: 'A bug, which the log of the emulator tells of.',
}

/** Text that stands for yes or no in a query. */
export const flagSchema = z
  .enum(['true', 'false'], { error: ({ input }) => `is true or false, not ${String(input).slice(0, 100)}` })
  .transform((text) => text === 'true')

/** An ISO 8601 UTC time in an answer. */
export const timeSchema = z.string().meta({ format: 'date-time' })
