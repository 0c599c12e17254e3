/** Replies on their way to the socket, or what a reply asks to be done to the connection instead. */

import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { held, sentBeforeReset } from '../../src/faults/wait.js'
import { unwritableReply } from '../../src/gateway/render.js'
import type { Reply } from '../../src/index.js'
import type { Report } from './bugs.js'

/** A request, and what is to be written in answer to it. Nobody else writes there. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** Told of errors that nobody can have asked for, and of what was being done. */
  onBug: Report
}

/** Has a reply made and sends it when it is time. Never throws: what goes wrong is reported, and answered if that is still possible. */
export function sendReply(exchange: Exchange, make: () => Promise<Reply>): void {
  const failed = (error: unknown): void => answerBug(exchange, error)
  make().then((reply) => {
    try {
      send(exchange, reply)?.catch(failed)
    } catch (error) {
      failed(error)
    }
  }, failed)
}

/** Ends a call whose reply did not come or cannot be written. */
export function answerBug(exchange: Exchange, error: unknown): void {
  const { request, response, onBug } = exchange
  onBug(error, `${response.headersSent ? 'sending' : 'answering'} ${request.method} ${request.url?.split('?', 1)[0]}`)
  if (response.headersSent) response.destroy()
  else write(exchange, unwritableReply())
}

function send(exchange: Exchange, reply: Reply): Promise<void> | undefined {
  if (reply.delay !== undefined || reply.connection !== undefined) return sendWithFault(exchange, reply)
  if (reply.stream) return writePieces(exchange, reply, reply.stream)
  write(exchange, reply)
  return undefined
}

function write({ request, response }: Exchange, reply: Reply): void {
  response.writeHead(reply.status, headersOf(reply, request.method))
  response.end(reply.body)
}

/** As Node takes them with the least work: names and values in turn. The length is not left to Node, which knows none of what has come to its end. */
function headersOf({ status, headers, body }: Reply, method: string | undefined): string[] {
  const written: string[] = []
  for (const name in headers) written.push(name, headers[name] as string)
  const hasNone = status === 204 || status === 304 || (method === 'HEAD' && body === '' && headers['content-type'] === undefined)
  if (headers['content-length'] === undefined && !hasNone) written.push('content-length', String(Buffer.byteLength(body)))
  return written
}

/** Sends a body that comes piece by piece. What goes wrong before the first one can still be answered; what goes wrong later breaks the connection. */
async function writePieces({ response }: Exchange, reply: Reply, stream: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]()
  const first = await pieces.next()
  response.writeHead(reply.status, reply.headers)
  try {
    await pipeline(async function* () {
      if (!first.done) yield first.value
      yield* { [Symbol.asyncIterator]: () => pieces }
    }, response)
  } catch (error) {
    // That a client goes away is its own affair.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

/** Answers what a fault has something to do with. */
async function sendWithFault(exchange: Exchange, struck: Reply): Promise<void> {
  const { request, response } = exchange
  const { delay: _, ...reply } = await held(struck, () => goneFrom(request.socket))
  const { connection } = reply
  if (connection === undefined) return send(exchange, reply)
  // What cannot be written is found out while there is still something else to answer.
  if (typeof connection === 'object')
    response.writeHead(reply.status, { 'content-length': Buffer.byteLength(reply.body), ...reply.headers })
  // Of calls that a client sends without waiting for answers, each gets the connection when those before it have been answered.
  if (response.socket === null) await once(response, 'socket')
  if (typeof connection === 'object') await breakOff(response, reply, connection.resetAfter)
  else response.socket?.resetAndDestroy()
}

/** By connection: aborted when the client goes away. */
const gone = new WeakMap<Socket, AbortSignal>()

function goneFrom(socket: Socket): AbortSignal {
  const known = gone.get(socket)
  if (known) return known
  const client = new AbortController()
  if (socket.destroyed) client.abort()
  socket.once('close', () => client.abort())
  gone.set(socket, client.signal)
  return client.signal
}

/** Sends the body of a reply up to where it breaks off. */
async function breakOff(response: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  const { socket } = response
  try {
    await pipeline(sentBeforeReset(reply, bytes), response, { end: false })
  } catch {
    // The client was faster.
  }
  socket?.destroySoon()
}
