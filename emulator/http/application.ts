/** What holds for every application of Fastify here, whatever it serves. */

import { type FastifyServerOptions, LogController } from 'fastify'
import type { Cloud } from '../../src/index.js'
import { exchangeOf } from './adapter.js'
import { callOf, namesBucket } from './call-of.js'
import type { Logger } from './logger.js'
import { sendReply } from './send.js'

/** Where the control API is. */
export const CONTROL = '/_emulator'

/** True for a request for the control API, which is told in its way what is wrong. */
export type IsControl = (head: { url: string; headers: { host?: string | undefined } }) => boolean

/** Tells the requests for a cloud's control API from those for objects whose names look like it. */
export const isControlOf =
  (cloud: Cloud): IsControl =>
  ({ url, headers }) =>
    url.startsWith(CONTROL) && /^(?:[/?]|$)/.test(url.slice(CONTROL.length)) && !namesBucket(headers, cloud)

/** Routes have no schemas for Fastify: what they take is declared with their own (emulator/control/routes). */
const noSchemas = () => {
  throw new Error('a route has a schema for Fastify')
}

/** Options of an application. `isControl`: default, nothing is for the control API. */
export function applicationOptions(cloud: Cloud, logger: Logger | undefined, isControl: IsControl = () => false): FastifyServerOptions {
  return {
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // The door logs nothing by itself, so a logger for each request would be made in vain.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    // What would compile them is not even in the bundle (rolldown.config.ts).
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: cloud.bounds.maxBodyBytes,
    // The doors read the query string themselves, as it came; and how long a piece of a path may be, its route says.
    routerOptions: { querystringParser: () => ({}), maxParamLength: cloud.bounds.maxHeaderBytes },
    // Paths with broken escapes never reach a route.
    frameworkErrors: (error, { raw }, reply) => {
      if (isControl({ url: raw.url ?? '', headers: raw.headers })) {
        const body = JSON.stringify({ error: error.message })
        return sendReply(exchangeOf(reply), async () => ({ status: 400, headers: { 'content-type': 'application/json' }, body }))
      }
      sendReply(exchangeOf(reply), () => cloud.handle(callOf(raw)))
    },
  }
}
