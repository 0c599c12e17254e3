/** Requests and tunnels that pass through: to hosts that are not emulated. */

import { request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream'
import { checkAddress, connectTo, lookup } from './reachable.js'
import type { Target } from './target.js'

/** Milliseconds in which a host must answer the first time, and for which a connection may be silent afterwards. */
const LONGEST_CONNECTING = 30_000
const LONGEST_SILENCE = 600_000

/** Headers that are about one connection (RFC 9110, 7.6.1), beside those that `Connection` names. */
const OF_CONNECTION = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]

/** Names and values of headers, in turn, without those that are not handed on. */
export function handedOn({ rawHeaders, headers }: IncomingMessage, ...dropped: readonly string[]): string[] {
  const named = headers.connection?.split(',').map((name) => name.trim().toLowerCase()) ?? []
  const skipped = new Set([...OF_CONNECTION, ...named, ...dropped])
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !skipped.has(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ''] : [],
  )
}

/**
 * Writes the head of an answer as it has come, but for what cannot be sent: characters in its reason that mean something to HTTP, and what is about one
 * connection. Throws an `Error` if it is no answer; then nothing is written, and another head may be.
 */
export function writeHeadOf(answer: IncomingMessage, response: ServerResponse): void {
  const { statusCode: status = 0, statusMessage: reason = '' } = answer
  if (status < 200 || status > 999) throw new Error(`it answered with the status ${status}, which is none of an answer`)
  try {
    response.writeHead(status, reason.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'), handedOn(answer, 'transfer-encoding'))
  } catch (error) {
    // Of a head that was refused, Node keeps the reason for the next one.
    response.statusMessage = ''
    throw error
  }
}

/** Sends a request on, and its answer back. `onFailure` is told if nothing came back; then the response is still to be written. Throws as {@link checkAddress} does. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, url }: { target: Target; url: URL },
  onFailure: (error: Error) => void,
): void {
  checkAddress(target)
  const sent: ClientRequest = ask({
    host: target.hostname,
    port: target.port,
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    headers: [...handedOn(request, 'host'), 'Host', url.host],
    lookup,
    agent: false,
    timeout: LONGEST_SILENCE,
  })
  let hasFailed = false
  const fail = (error: Error): void => {
    if (hasFailed) return
    hasFailed = true
    if (response.headersSent) response.destroy()
    else onFailure(error)
  }
  let hasAnswered = false
  sent.on('timeout', () => sent.destroy(new Error('it was silent for too long')))
  sent.on('error', fail)
  // A host that changes to another protocol, which nobody asked for, is left without an error.
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
    // Either end may break off, and then so does the other.
    pipeline(answer, response, () => {})
  })
  response.once('close', () => sent.destroy())
  pipeline(request, sent, () => {})
}

/** Opens a tunnel. `onOpen` is told before anything goes through it, `onFailure` if it was not opened. Throws as {@link checkAddress} does. */
export function tunnel(
  client: Duplex,
  head: Buffer,
  target: Target,
  { onOpen, onFailure }: { onOpen: (upstream: Socket) => void; onFailure: (error: Error) => void },
): void {
  const upstream = connectTo(target)
  let isOpen = false
  upstream.setTimeout(LONGEST_CONNECTING, () => upstream.destroy(new Error('it does not answer')))
  upstream.once('connect', () => {
    isOpen = true
    upstream.setTimeout(LONGEST_SILENCE)
    onOpen(upstream)
    upstream.write(head)
    client.pipe(upstream)
    upstream.pipe(client)
  })
  upstream.on('error', (error) => {
    if (isOpen) client.destroy()
    else onFailure(error)
  })
  upstream.once('close', () => isOpen && client.destroy())
  client.on('error', () => client.destroy())
  client.once('close', () => upstream.destroy())
}
