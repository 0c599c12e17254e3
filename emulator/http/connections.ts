/** What becomes of connections beside the requests on them: however one ends, or begins, the server goes on. */

import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { atMost, type CallBounds } from '../../src/http/bounds.js'
import type { Report } from './bugs.js'

/** Further connections are refused: what each one needs adds up. */
const MAX_CONNECTIONS = 10_000

/** Milliseconds for a client to read why it was refused. */
const LONGEST_FAREWELL = 5000

const NO_TUNNELS =
  'the emulator opens no tunnels at this port: start it with --proxy and take that port for the proxy, or take its own address as endpoint'

/** Has a `report` of what Node would end the process for. */
export function watchConnections(server: Server, report: Report): void {
  server.maxConnections = MAX_CONNECTIONS
  // Until it listens, who starts it is told.
  server.once('listening', () => server.on('error', (error) => report(error, 'accepting connections')))
}

/** Refuses clients that take the emulator's own port for a proxy, and call over https: Node would leave them without an answer. */
export function refuseTunnels(server: Server): void {
  server.on('connect', (_request, socket) => refuseTunnel(socket, 501, { error: NO_TUNNELS }))
}

/** Answers a client that has asked for a tunnel with an error. Nobody else looks after the connection from here on. */
export function refuseTunnel(socket: Duplex, status: number, answer: object, headers: Readonly<Record<string, string>> = {}): void {
  socket.on('error', () => socket.destroy())
  socket.resume()
  const body = JSON.stringify(answer)
  const all = { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
  setTimeout(() => socket.destroy(), LONGEST_FAREWELL).unref()
}

/** What is answered to what is no request of HTTP, by the code of Node's error: status, and in words. Everything else is 400. */
const UNREADABLE: Readonly<Record<string, readonly [status: number, say: (bounds: CallBounds) => string]>> = {
  HPE_HEADER_OVERFLOW: [431, (bounds) => `the head of a request may have ${atMost(bounds, 'maxHeaderBytes', 'bytes')}`],
  ERR_HTTP_REQUEST_TIMEOUT: [408, () => 'the request has not come within the time allowed'],
}

/** Answers a client whose request cannot be read, and ends the connection: where the next request would begin cannot be told. */
export function refuseUnreadable({ code = '' }: { code?: string }, socket: Socket, bounds: CallBounds): void {
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, say] = UNREADABLE[code] ?? [400, () => 'this is no request of HTTP/1.1']
  const error = say(bounds)
  refuseTunnel(socket, status, { error }, { 'x-emulator-reason': error })
}
