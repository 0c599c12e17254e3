/** The HTTP door: what arrives on the socket becomes a call, the reply goes back as it is. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isBytes } from '../../src/base/realm.js'
import type { Call, Cloud, Reply } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import type { Report } from './bugs.js'
import { callOf } from './call-of.js'
import { reachedAt } from './reached.js'
import { answerBug, type Exchange, sendReply } from './send.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The call that it stands for, of a request that is not for OSS; without the body. */
    call: Call
  }
  interface FastifyInstance {
    /** Told of errors that nobody can have asked for, and of what was being done. */
    onBug: Report
    /** Has a call answered, together with others that have come with it. */
    batch: (task: () => void) => void
  }
}

/** What a call is answered over, from here on by nobody else. */
export function exchangeOf(reply: FastifyReply): Exchange {
  reply.hijack()
  return { request: reply.request.raw, response: reply.raw, onBug: reply.server.onBug }
}

/** Has every request that no other route takes answered by the cloud. */
export function registerAdapter(app: FastifyInstance, cloud: Cloud): void {
  const serve = ({ call, body }: FastifyRequest, reply: FastifyReply): void => {
    if (isBytes(body)) call.body = body
    const exchange = exchangeOf(reply)
    app.batch(() => sendReply(exchange, () => cloud.handle(call)))
  }

  app.decorateRequest('call')
  // Uploads are read by OSS, piece by piece: they are served before anything here reads the body.
  app.addHook('onRequest', (request, reply, next) => {
    const call = callOf(request.raw)
    call.origin = reachedAt(request, cloud)
    if (isObjectCall(call, cloud)) return serveObject(cloud, call, request, reply)
    request.call = call
    next()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.all('/*', { exposeHeadRoute: false }, serve)
  app.setNotFoundHandler(serve)
  app.setErrorHandler((error: { code?: string }, request, reply) => {
    const exchange = exchangeOf(reply)
    if (!/^(?:FST_ERR_CTP_|ECONNRESET$)/.test(error.code ?? '')) return answerBug(exchange, error)
    // A body that could not be read: too large, cut off, or not of the length it claimed. The gateway says what is wrong with the rest.
    const tooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    const call = { ...callOf(request.raw), origin: reachedAt(request, cloud) }
    sendReply(exchange, () => cloud.handle(tooLarge ? { ...call, bodySize: Number.POSITIVE_INFINITY } : call))
  })
}

/**
 * Serves a call whose parameters are all in the request line, as those of most calls are: nothing of it has to be read or routed, which would take as
 * much time as checking the signature. False of any other request: it is not served.
 */
export function serveAtOnce(
  cloud: Cloud,
  { hostOptions, onBug, batch }: Pick<FastifyInstance, 'hostOptions' | 'onBug' | 'batch'>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method !== 'GET' || request.url?.startsWith('/?') !== true) return false
  const call = callOf(request)
  call.origin = reachedAt({ raw: request, originalUrl: request.url, server: { hostOptions } }, cloud)
  if (isObjectCall(call, cloud)) return false
  batch(() => sendReply({ request, response, onBug }, () => cloud.handle(call)))
  return true
}

/** Has a call to OSS answered. */
export function serveObject(cloud: Cloud, call: Call, request: FastifyRequest, reply: FastifyReply): void {
  // A refusal is answered before all of the body has come, and who still sends it must get that far.
  const stream = request.raw.iterator({ destroyOnReturn: false })
  sendReply(exchangeOf(reply), async () => {
    const served = await cloud.handle({ ...call, stream })
    request.raw.resume()
    return asStranger(request, served)
  })
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
