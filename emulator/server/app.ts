/** The Fastify application in front of a cloud. */

import { createServer } from 'node:http'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { CONSOLE_FOLDER } from '../../src/base/fixtures.js'
import type { Cloud } from '../../src/index.js'
import type { Access } from '../control/access.js'
import { leadToConsole } from '../control/console.js'
import type { GuardOptions } from '../control/guard.js'
import { controlApi } from '../control/index.js'
import { exchangeOf, registerAdapter, serveAtOnce } from '../http/adapter.js'
import { type Report, reportTo } from '../http/bugs.js'
import { callOf, namesBucket } from '../http/call-of.js'
import { refuseTunnels, refuseUnreadable, watchConnections } from '../http/connections.js'
import type { Logger } from '../http/logger.js'
import { sendReply } from '../http/send.js'
import type { Recorder } from '../record/recorder.js'

/** Milliseconds in which a request must have come, its body included. */
const LONGEST_REQUEST = 300_000

/** Milliseconds for which a connection may be idle. */
const LONGEST_IDLE = 72_000

/** Where the control API is. */
const CONTROL = '/_emulator'

/** What an application is built with. */
export interface AppOptions {
  /** Default: nothing is logged. */
  logger?: Logger | undefined
  /** Told of control calls. Default: they are not recorded. */
  recorder?: Recorder | undefined
  /** What the control API says of the ways in. */
  access?: Access
  /** Who may use the control API. */
  guard?: GuardOptions
  /** Whether `x-forwarded-host` and `x-forwarded-proto` are believed. Default: no. */
  trustProxy?: boolean | undefined
  /** Folder of the console's files. Default: that of the package. */
  consoleFolder?: string
}

/** Builds the application: the control API under `/_emulator`, everything else goes to the cloud. */
export function buildApp(
  cloud: Cloud,
  { logger, recorder, access = {}, guard = {}, trustProxy, consoleFolder = CONSOLE_FOLDER }: AppOptions = {},
): FastifyInstance {
  const report = reportTo(cloud)
  const app = build(cloud, logger, report, ({ url, headers }) => url.startsWith(CONTROL) && !namesBucket(headers, cloud))
  app.decorate('hostOptions', { allowHosts: guard.allowHosts, trustProxy })
  refuseTunnels(app.server)
  leadToConsole(app, cloud)
  app.register(controlApi, { prefix: CONTROL, cloud, recorder, access, guard, report, consoleFolder })
  return app
}

/** Builds an application without a control API: everything goes to the cloud. `isProxy`: its clients call the real hosts. */
export function buildPlainApp(
  cloud: Cloud,
  { logger, isProxy = false }: { logger?: Logger | undefined; isProxy?: boolean } = {},
): FastifyInstance {
  const app = build(cloud, logger, reportTo(cloud), () => false)
  app.decorate('hostOptions', { isProxy })
  if (!isProxy) refuseTunnels(app.server)
  return app
}

/** Routes have no schemas for Fastify: what they take is declared with their own (emulator/control/routes). */
const noSchemas = () => {
  throw new Error('a route has a schema for Fastify')
}

type Head = { url: string; headers: { host?: string | undefined } }

function build(cloud: Cloud, logger: Logger | undefined, report: Report, isControl: (head: Head) => boolean): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // The door logs nothing by itself, so a logger for each request would be made in vain.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    // What would compile them is not even in the bundle (rolldown.config.ts).
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: cloud.bounds.maxBodyBytes,
    forceCloseConnections: true,
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, cloud.bounds),
    serverFactory: (handler) => {
      const options = { maxHeaderSize: cloud.bounds.maxHeaderBytes, requestTimeout: LONGEST_REQUEST, keepAliveTimeout: LONGEST_IDLE }
      return createServer(options, (request, response) => {
        if (!serveAtOnce(cloud, app, request, response)) handler(request, response)
      })
    },
    // The doors read the query string themselves, as it came; and how long a piece of a path may be, its route says.
    routerOptions: { querystringParser: () => ({}), maxParamLength: cloud.bounds.maxHeaderBytes },
    // The client of a proxy sends the whole URL, as does one that takes the emulator's own port for a proxy.
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*\/?/i, '/')),
    // Paths with broken escapes never reach a route.
    frameworkErrors: (error, { raw }, reply) => {
      if (isControl({ url: raw.url ?? '', headers: raw.headers })) {
        const body = JSON.stringify({ error: error.message })
        return sendReply(exchangeOf(reply), async () => ({ status: 400, headers: { 'content-type': 'application/json' }, body }))
      }
      sendReply(exchangeOf(reply), () => cloud.handle(callOf(raw)))
    },
  })
  app.decorate('onBug', report)
  watchConnections(app.server, report)
  app.register(async (door) => registerAdapter(door, cloud))
  return app
}
