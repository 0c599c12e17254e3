/** The Fastify application in front of a cloud. */

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Cloud } from '../src/index.js'
import { MOST_BODY_BYTES } from '../src/rpc/read.js'
import { controlApi } from './control/index.js'
import { answer, callOf, openDoor } from './door.js'
import type { Recorder } from './record/recorder.js'

/** Signed GET calls carry their parameters in the request line, which Node counts as headers. */
const MOST_HEADER_BYTES = 128 * 1024

/** Where the control API is. */
const CONTROL = '/_emulator'

/** Builds the application: the control API under `/_emulator`, everything else goes to the cloud. */
export function buildApp(cloud: Cloud, logger?: FastifyBaseLogger, recorder?: Recorder): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // The door logs nothing by itself, so a logger for each request would be made in vain.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    http: { maxHeaderSize: MOST_HEADER_BYTES },
    // The doors read the query string themselves, as it came.
    routerOptions: { querystringParser: () => ({}) },
    // A client that takes the emulator for its proxy sends the whole URL.
    rewriteUrl: ({ url = '/' }) => url.replace(/^https?:\/\/[^/?]*\/?/i, '/'),
    // Paths with broken escapes never reach a route.
    frameworkErrors: (error, request, reply) => {
      if (request.raw.url?.startsWith(CONTROL)) {
        const body = JSON.stringify({ error: error.message })
        return answer(reply, { status: 400, headers: { 'content-type': 'application/json' }, body })
      }
      void cloud.handle(callOf({ raw: request.raw, body: undefined })).then((served) => answer(reply, served))
    },
  })
  app.register(controlApi, { prefix: CONTROL, cloud, recorder })
  app.register(async (door) => openDoor(door, cloud))
  return app
}
