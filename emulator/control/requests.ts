/** The call log: asked, counted, checked, exported, forgotten; and the check at the end of a test. */

import pkg from '../../package.json' with { type: 'json' }
import { requestRoutes } from '../../src/control/requests.js'
import type { LogEntry, LogQuery } from '../../src/index.js'
import { isCloudHost, isUsableHost } from '../../src/log/address.js'
import { keysOf } from './accounts.js'
import { type Control, serveRoutes } from './serve.js'

/** Status of a check that has failed: the request was understood, and what it says does not hold. */
const NOT_SO = 422

export function serveRequests(control: Control): void {
  const { cloud } = control
  /** A service's own host is reached through the emulator, not for real, and what is no host is not reached at all. */
  const endpointOf = ({ host }: { host: string }, { headers }: { headers: { host?: string | undefined } }): string | undefined =>
    isCloudHost(host) || !isUsableHost(host) ? (cloud.publicUrl ?? `http://${headers.host}`) : undefined

  serveRoutes(control, requestRoutes, {
    'GET /requests': ({ account: { log }, query: { format, resign, ...query }, request, reply }) => {
      const found = log.find(queryOfUrl(query))
      if (format === 'json') return found
      const lineOf = (entry: LogEntry): string => {
        try {
          return log.curl(entry.requestId, { resign, endpoint: endpointOf(entry, request) })
        } catch (error) {
          if (!(error instanceof RangeError)) throw error
          return `# ${entry.requestId}: ${error.message}`
        }
      }
      return reply.type('text/plain; charset=utf-8').send(found.map((entry) => `${lineOf(entry)}\n`).join(''))
    },
    'DELETE /requests': ({ account: { log } }) => {
      log.clear()
      return log.all()
    },
    'POST /requests/find': ({ account, body }) => account.log.find(body),
    'POST /requests/count': ({ account, body }) => ({ count: account.log.count(body) }),
    'POST /requests/verify': ({ account, body, reply }) => {
      const verification = account.log.verify(body)
      reply.code(verification.ok ? 200 : NOT_SO)
      return verification
    },
    'GET /requests/har': ({ account, query }) => account.log.har(queryOfUrl(query), { name: pkg.name, version: pkg.version }),
    'GET /requests/pact': async ({ account, query }) => {
      // Loaded when it is first asked for: few who start the emulator record pacts.
      const { recordPact } = await import('../../contracts/record/record.js')
      return recordPact(account, query)
    },
    'GET /requests/{requestId}': ({ account, params }) => account.log.get(params.requestId),
    'GET /requests/{requestId}/curl': ({ account: { log }, params: { requestId }, query: { resign }, request, reply }) => {
      const line = log.curl(requestId, { resign, endpoint: endpointOf(log.get(requestId), request) })
      return reply.type('text/plain; charset=utf-8').send(`${line}\n`)
    },
    'POST /requests/{requestId}/fork': async ({ account, params }) => keysOf(await account.forkAt(params.requestId)),
    'POST /settle': ({ account, body }) => account.settle(body),
  })
}

/** A query as the parameters of a URL have it: `?action=Get*&status=200&params.VideoId=v1&params.Title.matches=^a`. */
function queryOfUrl(url: Readonly<Record<string, unknown>>): LogQuery {
  // Without a prototype, so that no name means anything else.
  const query: Record<string, unknown> = Object.create(null)
  const params: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(url)) {
    const [, param, pattern] = /^params\.(.+?)(\.matches)?$/.exec(name) ?? []
    if (param !== undefined) params[param] = pattern === undefined ? value : { matches: value }
    else if (name === 'status' || ((name === 'since' || name === 'until') && /^-?\d+$/.test(String(value)))) query[name] = Number(value)
    else query[name] = value
  }
  return { ...query, ...(Object.keys(params).length > 0 && { params: params as LogQuery['params'] }) }
}
