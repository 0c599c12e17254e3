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
  let built: Promise<Application> | undefined
  app.addHook('onRequest', ({ raw }, reply, next) => {
    if (!isFor({ url: raw.url ?? '', headers: raw.headers })) return next()
    const exchange = exchangeOf(reply)
    built ??= build()
    built.then(({ serve }) => serve(raw, reply.raw)).catch((error: unknown) => answerBug(exchange, error))
  })
  app.addHook('preClose', async () => {
    await (await built)?.close()
  })
}
