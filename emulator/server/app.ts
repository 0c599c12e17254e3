/** The Fastify application in front of a cloud. */

import { createServer } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Cloud } from '../../src/index.js'
import { leadToConsole } from '../control/console.js'
import type { ControlOptions } from '../control/index.js'
import { registerAdapter, serveAtOnce } from '../http/adapter.js'
import { applicationOptions, type IsControl, isControlOf } from '../http/application.js'
import { inBatches } from '../http/batches.js'
import { type Report, reportTo } from '../http/bugs.js'
import { refuseTunnels, refuseUnreadable, watchConnections } from '../http/connections.js'
import type { Logger } from '../http/logger.js'
import { type Application, serveOnDemand } from './on-demand.js'

/** Milliseconds in which a request must have come, its body included. */
const LONGEST_REQUEST = 300_000

/** Milliseconds for which a connection may be idle. */
const LONGEST_IDLE = 72_000

/** Builds the application: the control API under `/_emulator`, everything else goes to the cloud. */
export function buildApp(cloud: Cloud, options: ControlOptions = {}): FastifyInstance {
  const { logger, guard = {}, trustProxy, started = performance.now() } = options
  const isControl = isControlOf(cloud)
  const app = build(cloud, logger, reportTo(cloud), isControl)
  app.decorate('hostOptions', { allowHosts: guard.allowHosts, trustProxy })
  refuseTunnels(app.server)
  leadToConsole(app, cloud)
  const buildControl = async (): Promise<Application> => {
    const { buildControlApp } = await import('../control/index.js')
    const control = buildControlApp(cloud, { ...options, started })
    await control.ready()
    return { serve: control.routing, close: () => control.close() }
  }
  // Before the adapter, whose hooks take every request.
  serveOnDemand(app, isControl, buildControl)
  app.register(async (door) => registerAdapter(door, cloud))
  return app
}

/** Builds an application without a control API: everything goes to the cloud. `isProxy`: its clients call the real hosts. */
export function buildPlainApp(
  cloud: Cloud,
  { logger, isProxy = false }: { logger?: Logger | undefined; isProxy?: boolean } = {},
): FastifyInstance {
  const app = build(cloud, logger, reportTo(cloud))
  app.decorate('hostOptions', { isProxy })
  if (!isProxy) refuseTunnels(app.server)
  app.register(async (door) => registerAdapter(door, cloud))
  return app
}

function build(cloud: Cloud, logger: Logger | undefined, report: Report, isControl?: IsControl): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...applicationOptions(cloud, logger, isControl),
    forceCloseConnections: true,
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, cloud.bounds),
    serverFactory: (handler) => {
      const options = { maxHeaderSize: cloud.bounds.maxHeaderBytes, requestTimeout: LONGEST_REQUEST, keepAliveTimeout: LONGEST_IDLE }
      return createServer(options, (request, response) => {
        if (!serveAtOnce(cloud, app, request, response)) handler(request, response)
      })
    },
    // The client of a proxy sends the whole URL, as does one that takes the emulator's own port for a proxy.
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*\/?/i, '/')),
  })
  app.decorate('onBug', report)
  app.decorate('batch', inBatches())
  watchConnections(app.server, report)
  return app
}
