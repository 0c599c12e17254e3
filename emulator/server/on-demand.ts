/** A part of the application that is an application of its own, built with the first request for it. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { exchangeOf } from '../http/adapter.js'
import { answerBug } from '../http/send.js'

/** An application that never listens. Its paths begin with the prefix of {@link serveOnDemand}. */
export interface Application {
  serve(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Serves every request below a prefix by an application that does not exist before the first of them: routes take time and memory, even of those who ask for none. */
export async function serveOnDemand(door: FastifyInstance, { build }: { build: () => Promise<Application> }): Promise<void> {
  let built: Promise<Application> | undefined
  // Before anything here reads the body.
  door.addHook('onRequest', (request, reply) => {
    const exchange = exchangeOf(reply)
    built ??= build()
    built.then(({ serve }) => serve(request.raw, reply.raw)).catch((error: unknown) => answerBug(exchange, error))
  })
  door.addHook('preClose', async () => {
    await (await built)?.close()
  })
  const served = (): never => {
    throw new Error('the other application serves it')
  }
  for (const url of ['/', '/*']) door.all(url, { exposeHeadRoute: false }, served)
}
