/** Requests that are served by an application of their own, which is built with the first of them: its routes take time and memory, even of those who ask for none. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { exchangeOf } from '../http/adapter.js'
import { answerBug } from '../http/send.js'

/** An application that never listens. */
export interface Application {
  serve(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Hands requests over before anything here reads their bodies. `isFor`: which ones. */
export function serveOnDemand(
  app: FastifyInstance,
  isFor: (request: { url: string; headers: IncomingMessage['headers'] }) => boolean,
  build: () => Promise<Application>,
): void {
  let building: Promise<Application> | undefined
  let built: Application | undefined
  app.addHook('onRequest', ({ raw }, reply, next) => {
    if (!isFor({ url: raw.url ?? '', headers: raw.headers })) return next()
    const exchange = exchangeOf(reply)
    if (built) return built.serve(raw, reply.raw)
    // Node takes a client that ends what it writes before it is answered for one that has gone away: until then, nothing more is read. (At the end of a head it reads on.)
    const { socket } = raw
    process.nextTick(() => socket.pause?.())
    building ??= build()
    building
      .then((application) => {
        built = application
        built.serve(raw, reply.raw)
      })
      .catch((error: unknown) => answerBug(exchange, error))
      .finally(() => socket.resume?.())
  })
  app.addHook('preClose', async () => {
    await (await building)?.close()
  })
}
