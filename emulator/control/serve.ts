/** From declared routes to served ones: what is sent is read as it is declared, handlers answer, and lists are handed out in pages. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Bounds } from '../../src/base/json.js'
import { type Answer, pageSchema, type Read, type Route, type RouteName, type Routes } from '../../src/control/route.js'
import type { Account, Cloud } from '../../src/index.js'
import { pageOf } from './page.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How much the body of a control call may hold. Default: the usual bounds. */
    bounds?: Bounds
    /** The declaration of a control call. */
    declared?: Route
  }
}

/** What the routes are given: the cloud, and the account that a request chooses. */
export interface Control {
  app: FastifyInstance
  cloud: Cloud
  /** The account chosen with `?accessKeyId=`, else the default one. */
  chosen: (request: { url: string }) => Account
}

/** What a handler is given: what was read, and for what cannot be declared, the request and its reply. */
export type Asked<Declared extends Route> = Read<Declared> & {
  /** The account that the call is about. */
  account: Account
  cloud: Cloud
  request: FastifyRequest
  reply: FastifyReply
}

type Result<Declared extends Route> = Answer<Declared> | FastifyReply

/** A handler for each of the routes, by their names: what is declared is served, and nothing else. */
export type Handlers<Declared extends Routes> = {
  [Name in keyof Declared]: Declared[Name] extends Route
    ? (asked: Asked<Declared[Name]>) => Result<Declared[Name]> | Promise<Result<Declared[Name]>>
    : never
}

/** The account that a request has chosen; `undefined` if its access key leads nowhere, or no more. */
export function findAccount({ chosen }: Pick<Control, 'chosen'>, request: { url: string }): Account | undefined {
  try {
    return chosen(request)
  } catch {
    return undefined
  }
}

/** The query of a request. */
export const queryOf = ({ url }: { url: string }): URLSearchParams => new URLSearchParams(url.split('?', 2)[1] ?? '')

/** Serves routes. */
export function serveRoutes<const Declared extends Routes>(control: Control, routes: Declared, handlers: Handlers<Declared>): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][])
    serveRoute(control, { name, route, handle: handlers[name as keyof Declared] as unknown as Handle })
}

type Handle = (asked: Asked<Route>) => unknown

function serveRoute({ app, cloud, chosen }: Control, { name, route, handle }: { name: RouteName; route: Route; handle: Handle }): void {
  const [method, path] = name.split(' ') as [string, string]
  const { about = 'chosen', room, status = 200, pagedBy } = route
  const readQuery = queryReader(route)
  app.route({
    method,
    // Both spellings of the index.
    url: path === '/' ? '/' : path.replace(/\{(\w+)\}/g, ':$1'),
    // Of a stream there is no head to be had alone.
    ...(route.stream && { exposeHeadRoute: false }),
    ...(room?.bodyLimit !== undefined && { bodyLimit: room.bodyLimit }),
    config: { declared: route, ...(room && { bounds: room.bounds }) },
    async handler(request, reply) {
      if (about === 'named' && !queryOf(request).has('accessKeyId')) throw new RangeError('say which account with ?accessKeyId=')
      const account = about === 'none' ? cloud.account() : chosen(request)
      const { query, page } = readQuery(request)
      const params = route.params?.parse(request.params)
      const body = route.body?.parse(request.body ?? {})
      reply.code(status)
      const answer = await handle({ account, cloud, request, reply, query, params, body } as never)
      if (answer === reply || pagedBy === undefined || !Array.isArray(answer)) return answer
      return pageOf(answer, { pagedBy, page, request, reply })
    },
  })
}

/** Reads what stands behind the question mark: only what is declared may. */
function queryReader({ query, pagedBy }: Route): (request: { url: string }) => { query: unknown; page: z.output<typeof pageSchema> } {
  const declared = Object.keys(query?.shape ?? {})
  const ofPage = pagedBy === undefined ? [] : Object.keys(pageSchema.shape)
  const isOpen = query?.def.catchall !== undefined
  return (request) => {
    // Without a prototype, so that no name means anything else.
    const [own, page]: Record<string, string>[] = [Object.create(null), Object.create(null)]
    for (const [name, value] of queryOf(request)) {
      if (name === 'accessKeyId') continue
      const to = (ofPage.includes(name) ? page : own) as Record<string, string>
      if (to === own && (!isOpen || name === '__proto__') && !declared.includes(name))
        throw new RangeError(`there is no parameter "${name.slice(0, 100)}"${known([...declared, ...ofPage])}`)
      if (name in to) throw new RangeError(`${name.slice(0, 100)}: is given twice`)
      to[name] = value
    }
    return { query: query?.parse(own), page: pageSchema.parse(page) }
  }
}

const known = (names: readonly string[]): string =>
  `; there ${names.length === 1 ? 'is' : 'are'} accessKeyId${names.length > 0 ? `, ${names.join(', ')}` : ''}`
