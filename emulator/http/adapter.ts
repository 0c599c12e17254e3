/** The HTTP door: what arrives on the socket becomes a call, the reply goes back as it is. */

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ownText } from '../../src/base/own-text.js'
import { isBytes } from '../../src/base/realm.js'
import { held, sentBeforeReset } from '../../src/faults/wait.js'
import { unwritableReply } from '../../src/gateway/render.js'
import type { Call, Cloud, Reply } from '../../src/index.js'
import { addressOf, isObjectCall } from '../../src/oss/location.js'
import type { Report } from './bugs.js'
import { cameOverTls, reachedAt } from './reached.js'

const NOTHING = new Uint8Array()

declare module 'fastify' {
  interface FastifyRequest {
    /** The call that it stands for, of a request that is not for OSS; without the body. */
    call: Call
    /** True once the cloud was called: whatever goes wrong from then on, it is not called again. */
    served: boolean
  }
  interface FastifyInstance {
    /** Told of errors that nobody can have asked for, and of what was being done. */
    onBug: Report
  }
}

/** Has every request that no other route takes answered by the cloud. */
export function registerAdapter(app: FastifyInstance, cloud: Cloud): void {
  const serve = ({ call, body }: FastifyRequest, reply: FastifyReply): void =>
    serveOnce(cloud, isBytes(body) ? { ...call, body } : call, reply)

  app.decorateRequest('call')
  // Uploads are read by OSS, piece by piece: they are served before anything here reads the body.
  app.addHook('onRequest', (request, reply, next) => {
    const call = { ...callOf({ raw: request.raw, body: undefined }), origin: reachedAt(request, cloud) }
    if (isObjectCall(call, cloud)) return serveObject(cloud, call, request, reply)
    request.call = call
    next()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.all('/*', { exposeHeadRoute: false }, serve)
  app.setNotFoundHandler(serve)
  app.setErrorHandler((error: { code?: string }, request, reply) => {
    if (request.served || !/^(?:FST_ERR_CTP_|ECONNRESET$)/.test(error.code ?? '')) {
      answerBug(reply, error)
      return
    }
    // A body that could not be read: too large, cut off, or not of the length it claimed. The gateway says what is wrong with the rest.
    const tooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    const call = callOf(request, tooLarge ? Number.POSITIVE_INFINITY : undefined)
    serveOnce(cloud, { ...call, origin: reachedAt(request, cloud) }, reply)
  })
}

/** Has the cloud called, and its reply sent. */
function serveOnce(cloud: Cloud, call: Call, reply: FastifyReply): void {
  reply.request.served = true
  cloud
    .handle(call)
    .then((served) => answer(reply, served))
    .catch((error) => answerBug(reply, error))
}

/** Ends a call whose reply did not come or cannot be written. */
export function answerBug(reply: FastifyReply, error: unknown): FastifyReply {
  const { method, url } = reply.request
  reply.server.onBug(error, `answering ${method} ${url.split('?', 1)[0]}`)
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy()
    return reply
  }
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name)
  return send(reply, unwritableReply())
}

/** Has a call to OSS answered. */
export function serveObject(cloud: Cloud, call: Call, request: FastifyRequest, reply: FastifyReply): void {
  // A refusal is answered before all of the body has come, and who still sends it must get that far.
  const stream = request.raw.iterator({ destroyOnReturn: false })
  request.served = true
  cloud
    .handle({ ...call, stream })
    .then((served) => {
      request.raw.resume()
      return answer(reply, asStranger(request, served))
    })
    .catch((error) => answerBug(reply, error))
}

/**
 * Types of content that a browser shows and runs no scripts of. Of types that are written one behind the other it takes the last; what ends in `+xml` is
 * XML to it, whatever it is called, and may have scripts in it.
 */
const INERT = /^(?:(?:image|video|audio)\/[\w.-]+|application\/pdf)\s*(?:;[^,]*)?$/i

/**
 * An object may be a page with scripts, which would have the origin of the control API, whoever has uploaded it: one that a browser opens gets an
 * origin of its own. What a browser was sent for something else it is not to show from its cache.
 */
function asStranger({ headers: { accept, 'sec-fetch-dest': dest } }: FastifyRequest, reply: Reply): Reply {
  const { headers } = reply
  if (INERT.test(headers['content-type'] ?? '')) return reply
  const opened = accept?.includes('text/html') || OPENED.has(dest)
  const policy = 'sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts'
  const vary = [headers.vary, 'Accept, Sec-Fetch-Dest'].filter(Boolean).join(', ')
  return {
    ...reply,
    headers: { ...headers, vary, ...(opened && { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' }) },
  }
}

/** What browsers say of what they open as a page, or in one. */
const OPENED: ReadonlySet<unknown> = new Set(['document', 'iframe', 'frame', 'object', 'embed'])

/** True for a request whose host names a bucket: its objects may have any name. */
export const namesBucket = ({ host = '' }: { host?: string | undefined }, { addresses }: Pick<Cloud, 'addresses'>): boolean =>
  addressOf({ host, path: '/' }, addresses)?.bucket !== undefined

/** The call that a request stands for. */
export function callOf({ raw, body }: Pick<FastifyRequest, 'raw' | 'body'>, bodySize?: number): Call {
  const url = raw.url ?? '/'
  const mark = url.indexOf('?')
  const { headers } = raw
  const { remoteAddress } = raw.socket
  return {
    method: raw.method ?? 'GET',
    host: headers.host ?? '',
    path: mark < 0 ? url : ownText(url.slice(0, mark), url),
    query: mark < 0 ? '' : url.slice(mark + 1),
    // The one header that Node keeps as a list.
    headers: (headers['set-cookie'] ? { ...headers, 'set-cookie': headers['set-cookie'].join(', ') } : headers) as Call['headers'],
    body: isBytes(body) ? body : NOTHING,
    ...(bodySize !== undefined && { bodySize }),
    ...(cameOverTls(raw) && { secure: true }),
    ...(remoteAddress !== undefined && { clientAddress: remoteAddress.replace(/^::ffff:/, '') }),
  }
}

/** Sends a reply when it is time, or does to the connection what the reply asks for instead. */
export function answer(to: FastifyReply, reply: Reply): FastifyReply | Promise<FastifyReply> {
  // Hardly any reply waits.
  return reply.delay === undefined && reply.connection === undefined ? send(to, reply) : answerWithFault(to, reply)
}

function send(to: FastifyReply, reply: Reply): FastifyReply {
  if (reply.stream) return to.code(reply.status).headers(reply.headers).send(readableOf(reply.stream, to))
  const { raw } = to
  // What cannot be written is found out while there is still something else to answer.
  raw.writeHead(reply.status, headersOf(reply, to.request.method))
  to.hijack()
  raw.end(reply.body)
  return to
}

/** As Node takes them with the least work: names and values in turn. The length is not left to Node, which knows none of what has come to its end. */
function headersOf({ status, headers, body }: Reply, method: string): string[] {
  const written: string[] = []
  for (const name in headers) written.push(name, headers[name] as string)
  const hasNone = status === 204 || status === 304 || (method === 'HEAD' && body === '' && headers['content-type'] === undefined)
  if (headers['content-length'] === undefined && !hasNone) written.push('content-length', String(Buffer.byteLength(body)))
  return written
}

/** A body that comes piece by piece. What goes wrong when some of it is sent already breaks the connection. */
function readableOf(stream: AsyncIterable<Uint8Array>, to: FastifyReply): Readable {
  return Readable.from(stream).on('error', (error) => {
    if (to.raw.headersSent) to.server.onBug(error, `sending ${to.request.method} ${to.request.url.split('?', 1)[0]}`)
  })
}

/** Answers what a fault has something to do with. */
async function answerWithFault(to: FastifyReply, struck: Reply): Promise<FastifyReply> {
  const reply = await held(struck, () => goneFrom(to.request.raw.socket))
  const { connection } = reply
  if (connection === undefined) return send(to, reply)
  // What cannot be written is found out while there is still something else to answer.
  if (typeof connection === 'object') to.raw.writeHead(reply.status, { 'content-length': Buffer.byteLength(reply.body), ...reply.headers })
  to.hijack()
  // Of calls that a client sends without waiting for answers, each gets the connection when those before it have been answered.
  if (to.raw.socket === null) await once(to.raw, 'socket')
  if (typeof connection === 'object') await breakOff(to.raw, reply, connection.resetAfter)
  else to.raw.socket?.resetAndDestroy()
  return to
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
