/** The call log: asked, counted, checked, exported, forgotten; and the check at the end of a test. */

import { type LogCheck, type LogEntry, type LogQuery, settleSchema } from '../../src/index.js'
import { isCloudHost } from '../../src/log/curl.js'
import { bodyOf, type Control, queryOf } from './request.js'

/** Parameters of the URL that are not part of the query. */
const APART = new Set(['accessKeyId', 'format', 'resign'])

/** Status of a check that has failed: the request was understood, and what it says does not hold. */
const NOT_SO = 422

/** A query is held against every call in the log, and for a report each of its conditions. */
const SMALL = { config: { bounds: { depth: 10, values: 200, names: 200 } } }

type Named = { Params: { requestId: string } }

export function requestRoutes({ app, cloud, chosen }: Control): void {
  /** A service's own host is reached through the emulator, not for real. */
  const endpointOf = ({ host }: LogEntry, { headers }: { headers: { host?: string | undefined } }): string | undefined =>
    isCloudHost(host) ? (cloud.publicUrl ?? `http://${headers.host}`) : undefined

  app.get('/requests', (request, reply) => {
    const { log } = chosen(request)
    const url = queryOf(request)
    const found = log.find(queryOfUrl(url))
    const format = url.get('format') ?? 'json'
    if (format === 'json') return found
    if (format !== 'curl') throw new RangeError(`format: is json or curl, not ${format}`)
    const resign = flagOf(url, 'resign')
    const lines = found.map((entry) => {
      try {
        return log.curl(entry.requestId, { resign, endpoint: endpointOf(entry, request) })
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return `# ${entry.requestId}: ${error.message}`
      }
    })
    return reply.type('text/plain; charset=utf-8').send(lines.map((line) => `${line}\n`).join(''))
  })

  app.delete('/requests', (request) => {
    const { log } = chosen(request)
    log.clear()
    return log.all()
  })

  // The log itself says what is wrong with a query.
  app.post('/requests/find', SMALL, (request) => chosen(request).log.find((request.body ?? {}) as LogQuery))

  app.post('/requests/count', SMALL, (request) => ({ count: chosen(request).log.count((request.body ?? {}) as LogQuery) }))

  app.post('/requests/verify', SMALL, (request, reply) => {
    const verification = chosen(request).log.verify((request.body ?? {}) as LogCheck)
    return reply.code(verification.ok ? 200 : NOT_SO).send(verification)
  })

  app.get<Named>('/requests/:requestId/curl', (request, reply) => {
    const { log } = chosen(request)
    const { requestId } = request.params
    const [entry] = log.all().filter((each) => each.requestId === requestId)
    const line = log.curl(requestId, { resign: flagOf(queryOf(request), 'resign'), endpoint: entry && endpointOf(entry, request) })
    return reply.type('text/plain; charset=utf-8').send(`${line}\n`)
  })

  app.get('/requests/pact', async (request) => {
    const url = queryOf(request)
    const provider = url.get('provider')
    // Loaded when it is first asked for: few who start the emulator record pacts.
    const { recordPact } = await import('../../contracts/record/record.js')
    return recordPact(chosen(request), { consumer: url.get('consumer') ?? '', ...(provider !== null && { provider }) })
  })

  app.post('/settle', SMALL, (request) => chosen(request).settle(bodyOf(settleSchema, request)))
}

/** A query as the parameters of a URL have it: `?action=Get*&status=200&params.VideoId=v1&params.Title.matches=^a`. */
function queryOfUrl(url: URLSearchParams): LogQuery {
  // Without a prototype, so that no name means anything else.
  const query: Record<string, unknown> = Object.create(null)
  const params: Record<string, unknown> = Object.create(null)
  for (const [name, value] of url) {
    if (APART.has(name)) continue
    const [, param, pattern] = /^params\.(.+?)(\.matches)?$/.exec(name) ?? []
    if (param !== undefined) params[param] = pattern === undefined ? value : { matches: value }
    else if (name === 'status' || ((name === 'since' || name === 'until') && /^-?\d+$/.test(value))) query[name] = Number(value)
    else if (name === 'refused') query.refused = flagOf(url, name)
    else query[name] = value
  }
  return { ...query, ...(Object.keys(params).length > 0 && { params: params as LogQuery['params'] }) }
}

/** True or false, as a parameter of a URL. */
function flagOf(url: URLSearchParams, name: string): boolean | undefined {
  const value = url.get(name)
  if (value === null) return undefined
  if (value !== 'true' && value !== 'false') throw new RangeError(`${name}: is true or false, not ${value}`)
  return value === 'true'
}
