/** Requests that are served by an application of their own, which is built with the first of them: its routes take time and memory, even of those who ask for none. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { exchangeOf } from '../http/adapter.js'
import { answerBug } from '../http/send.js'

/** An application that never listens. */
export interface Application {
  serve(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Hands requests over before anything here reads their bodies. `isFor`: which ones; `make`: makes what serves them, asked again if it failed. */
export function serveOnDemand(
  app: FastifyInstance,
  isFor: (request: { url: string; headers: IncomingMessage['headers'] }) => boolean,
  make: () => Promise<Application>,
): void {
  let building: Promise<Application> | undefined
  let built: Application | undefined
  const build = (): Promise<Application> => {
    building ??= make().catch((error: unknown) => {
      // What was wrong then need not be wrong for the next request.
      building = undefined
      throw error
    })
    return building
  }
  app.addHook('onRequest', ({ raw }, reply, next) => {
    if (!isFor({ url: raw.url ?? '', headers: raw.headers })) return next()
    const exchange = exchangeOf(reply)
    if (built) return built.serve(raw, reply.raw)
    holdBack(raw.socket)
    build()
      .then((application) => {
        built = application
        built.serve(raw, reply.raw)
      })
      .catch((error: unknown) => answerBug(exchange, error))
      .finally(() => letOn(raw.socket))
  })
  app.addHook('preClose', async () => {
    const application = await building?.catch(() => undefined)
    await application?.close()
  })
}

/** Connections of which nothing more is read for now. */
const held = new WeakSet<Socket>()

/**
 * Has nothing more read of a connection: Node takes a client that ends what it writes before it is answered for one that has gone away. After each head and
 * each body Node goes on reading by itself.
 */
function holdBack(socket: Socket): void {
  // Of requests that come one behind the other, the first one has done this.
  if (held.has(socket)) return
  held.add(socket)
  socket.on('resume', pauseIfHeld)
  process.nextTick(() => pauseIfHeld.call(socket))
}

function letOn(socket: Socket): void {
  if (!held.delete(socket)) return
  socket.off('resume', pauseIfHeld)
  socket.resume?.()
}

function pauseIfHeld(this: Socket): void {
  // What Fastify injects comes from nothing that could be paused.
  if (held.has(this)) this.pause?.()
}
