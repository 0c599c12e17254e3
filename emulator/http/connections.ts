/** What becomes of connections beside the requests on them: however one ends, or begins, the server goes on. */

import type { Server } from 'node:http'
import type { Report } from './bugs.js'

/** Further connections are refused: what each one needs adds up. */
const MAX_CONNECTIONS = 10_000

/** Milliseconds for a client to read why it was refused. */
const LONGEST_FAREWELL = 5000

const NO_TUNNELS = JSON.stringify({ error: 'the emulator opens no tunnels: call it over http, or with its own address as endpoint' })

/** Refuses what Node would leave without an answer, and has a `report` of what it would end the process for. */
export function watchConnections(server: Server, report: Report): void {
  server.maxConnections = MAX_CONNECTIONS
  // Of a client that takes the emulator for its proxy, and calls over https. Nobody else looks after the socket from here on.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end(
      `HTTP/1.1 501 Not Implemented\r\nContent-Type: application/json\r\nContent-Length: ${NO_TUNNELS.length}\r\nConnection: close\r\n\r\n${NO_TUNNELS}`,
    )
    setTimeout(() => socket.destroy(), LONGEST_FAREWELL).unref()
  })
  // Until it listens, who starts it is told.
  server.once('listening', () => server.on('error', (error) => report(error, 'accepting connections')))
}
