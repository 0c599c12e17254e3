/**
 * The upstream: what answers calls of the services in place of the cloud, the real one or another emulator. Requests go there as they have come, byte for
 * byte, with the client's own signatures, and answers come back in the same way.
 */

import { request as askOverHttp, type ClientRequest, type IncomingMessage, type RequestOptions, type ServerResponse } from 'node:http'
import { request as askOverTls } from 'node:https'
import { isIP } from 'node:net'
import { pipeline } from 'node:stream'
import type { ApiError } from '../../src/base/errors.js'
import { messageOf } from '../../src/base/realm.js'
import type { Cloud } from '../../src/index.js'
import { callOf } from '../http/call-of.js'
import { handedOn, writeHeadOf } from '../proxy/forward.js'
import type { Destination, Upstream } from '../proxy/proxy.js'
import { ClosedAddressError, checkAddress, lookup } from '../proxy/reachable.js'
import { proxyError } from '../proxy/refuse.js'
import { shownTarget } from '../proxy/target.js'
import { bodiesOf } from '../record/format.js'
import { Redactor } from '../redact/redactor.js'
import { Exchange } from './exchange.js'
import { logForwarded } from './log.js'
import { recordForwarded } from './record.js'

/** Milliseconds for which an upstream may be silent. */
const LONGEST_SILENCE = 120_000

/** Bytes of the headers of an answer. */
const MAX_HEADER_BYTES = 128 * 1024

/** What is forwarded, and where to. */
export interface UpstreamOptions {
  /** `real`: the hosts that clients call. Else the base of a URL that stands for all of them. */
  upstream: string
  /** File to record to. Default: it is not recorded. */
  record?: string | undefined
  /** Default: two minutes. */
  longestSilence?: number | undefined
}

/** An upstream that ends. */
export interface OpenUpstream extends Upstream {
  /** Resolves when everything is in the recording. */
  close(): Promise<void>
}

/** Opens an upstream. Throws an `Error` if the recording cannot be written. */
export function openUpstream(cloud: Cloud, { upstream, record: file, longestSilence = LONGEST_SILENCE }: UpstreamOptions): OpenUpstream {
  const redactor = new Redactor()
  const recording = file === undefined ? undefined : recordForwarded(file, upstream, cloud.onBug)
  let calls = 0
  /** What has gone by is looked into in the order in which it was answered: a client that has an answer may refer to it. */
  let kept = Promise.resolve()

  const keep = (exchange: Exchange, number: number, error: ApiError | undefined): void => {
    kept = kept
      .then(() => exchange.keep())
      .then((each) => {
        logForwarded(cloud, each, error)
        recording?.add(each, number, error?.message)
      })
      .catch((bug) => cloud.onBug(bug, 'keeping what was forwarded'))
  }

  return {
    serve(request, response, destination) {
      const number = ++calls
      const bodyFile = file === undefined ? undefined : { folder: bodiesOf(file), name: `call-${number}` }
      const exchange = new Exchange(callAt(request, destination), redactor, bodyFile)
      forwardTo(upstream, { request, response, destination, exchange, longestSilence }, (error) => keep(exchange, number, error))
    },
    async close() {
      await kept
      recording?.close()
    },
  }
}

/** The call that a request stands for, without its body. */
function callAt(request: IncomingMessage, { path }: Destination): ReturnType<typeof callOf> {
  const mark = path.indexOf('?')
  return {
    ...callOf(request),
    path: mark < 0 ? path : path.slice(0, mark),
    query: mark < 0 ? '' : path.slice(mark + 1),
  }
}

interface Forwarding {
  request: IncomingMessage
  response: ServerResponse
  destination: Destination
  exchange: Exchange
  longestSilence: number
}

/** Forwards one request. `onEnd` is told once when nothing more goes by, and why, if that is not the usual end. */
function forwardTo(upstream: string, forwarding: Forwarding, onEnd: (error: ApiError | undefined) => void): void {
  const { request, response, destination, exchange, longestSilence } = forwarding
  const named = nameOf(upstream, destination)
  let hasEnded = false
  let hasAnswered = false
  let wasSilent: SilenceError | undefined
  const end = (error?: ApiError): void => {
    if (hasEnded) return
    hasEnded = true
    onEnd(error)
  }
  const fail = (error: Error): void => {
    const told = toldOf(named, error)
    if (!hasEnded && !response.headersSent && !response.destroyed) refuse(request, response, told)
    end(told)
  }
  let sent: ClientRequest
  try {
    sent = ask(upstream, request, destination, longestSilence)
  } catch (error) {
    fail(error as Error)
    return
  }
  sent.on('timeout', () => {
    wasSilent = new SilenceError(longestSilence)
    sent.destroy(wasSilent)
  })
  // An answer that has begun says itself how it ends.
  sent.on('error', (error) => {
    if (!hasAnswered) fail(error)
  })
  // An upstream that changes to another protocol, which nobody asked for, is left without an error.
  sent.once('close', () => {
    if (!hasAnswered) fail(new Error('it ended the connection without an answer'))
  })
  sent.on('response', (answer) => {
    hasAnswered = true
    try {
      writeHeadOf(answer, response)
    } catch (error) {
      sent.destroy()
      fail(error as Error)
      return
    }
    exchange.answered(answer.statusCode ?? 0, answer.headers)
    answer.on('error', (error) => end(toldOf(named, wasSilent ?? error, exchange.received.size)))
    answer.on('data', (piece: Buffer) => exchange.received.add(piece))
    answer.on('end', () => end())
    // Either end may break off, and then so does the other.
    pipeline(answer, response, () => {})
  })
  response.once('close', () => {
    if (!response.writableFinished) end(proxyError('ClientClosedRequest', `the client went away before ${named} had answered to the end`))
    sent.destroy()
  })
  sendBody(request, sent, exchange).catch((error) => sent.destroy(error))
}

class SilenceError extends Error {
  constructor(milliseconds: number) {
    super(`nothing came for ${milliseconds / 1000} seconds`)
  }
}

/** Begins a request as a client has written it. Throws if it may not, or cannot, be sent. */
function ask(upstream: string, request: IncomingMessage, { target, secure, path }: Destination, timeout: number): ClientRequest {
  const base = upstream === 'real' ? undefined : new URL(upstream)
  if (base === undefined) checkAddress(target)
  const overTls = base === undefined ? secure : base.protocol === 'https:'
  const name = base?.hostname.replace(/^\[|\]$/g, '') ?? target.hostname
  const { headers, method = 'GET' } = request
  // Node would announce a body of a POST that has none.
  const hasNoBody = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined && !BODILESS.has(method)
  const options: RequestOptions = {
    host: name,
    port: base === undefined ? target.port : base.port || (overTls ? 443 : 80),
    method,
    path,
    // Node has told the client to go on already, if it asked.
    headers: [...withHost(handedOn(request, 'expect'), headers.host ?? target.hostname), ...(hasNoBody ? ['Content-Length', '0'] : [])],
    agent: false,
    timeout,
    maxHeaderSize: MAX_HEADER_BYTES,
    ...(base === undefined && { lookup }),
  }
  return overTls
    ? askOverTls({ ...options, rejectUnauthorized: true, ...(isIP(name) === 0 && { servername: name }) })
    : askOverHttp(options)
}

/** Methods whose requests have no body unless they say so. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

/** The host that counts, in place of the header's where the two are not the same, or where there is none, as of a client that speaks HTTP/1.0. */
function withHost(headers: readonly string[], host: string): string[] {
  const isHost = (index: number): boolean => index % 2 === 0 && headers[index]?.toLowerCase() === 'host'
  const written = headers.map((text, index) => (index > 0 && isHost(index - 1) ? host : text))
  return headers.some((_, index) => isHost(index)) ? written : ['Host', host, ...written]
}

/** Sends the body, as fast as it is taken. */
async function sendBody(request: IncomingMessage, sent: ClientRequest, { sent: kept }: Exchange): Promise<void> {
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    kept.add(piece)
    if (sent.destroyed) break
    if (!sent.write(piece)) await roomIn(sent)
  }
  if (sent.destroyed) request.resume()
  else sent.end()
}

/** Resolves when more can be written, or nothing any more. */
const roomIn = (sent: ClientRequest): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      sent.off('drain', done).off('close', done)
      resolve()
    }
    sent.on('drain', done).on('close', done)
  })

/** Which upstream, in words: `https://vod.cn-shanghai.aliyuncs.com:443`. */
const nameOf = (upstream: string, { target, secure }: Destination): string =>
  upstream === 'real'
    ? `the upstream ${secure ? 'https' : 'http'}://${shownTarget(target)}`
    : `the upstream ${upstream} (for ${shownTarget(target)})`

/** What went wrong, for the client and for the log. `received`: bytes of the answer that came. */
function toldOf(named: string, error: Error, received?: number): ApiError {
  if (error instanceof ClosedAddressError) return proxyError('AddressNotReachable', error.message)
  if (error instanceof SilenceError)
    return proxyError('GatewayTimeout', `${named} has not answered${received === undefined ? '' : ' to the end'}: ${error.message}`)
  const why = messageOf(error) || (error as NodeJS.ErrnoException).code || 'it broke off'
  if (received !== undefined) return proxyError('BadGateway', `${named} broke off after ${received} bytes of its answer: ${why}`)
  return proxyError('BadGateway', `${named} has not answered: ${why}`)
}

function refuse(request: IncomingMessage, response: ServerResponse, { code, status, message }: ApiError): void {
  request.resume()
  const body = JSON.stringify({ Code: code, Message: message })
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-emulator-reason': message.replace(/[^\x20-\x7e]/g, '?'),
  })
  response.end(body)
}
