/** HTTP and TLS at one port: what comes over a connection first says which of the two it is. */

import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'

/** Milliseconds in which a client must say something. */
const LONGEST_SILENCE = 60_000

/** The first byte of a TLS handshake; no method of HTTP begins with it. */
const HANDSHAKE = 22

/** Certificates of the hosts that a client calls. */
export interface Certificates {
  /** What to speak TLS with for a host that a client has named; where it has named none, for the one to which it is connected. */
  contextFor: (named: string | undefined, connectedTo: string) => Promise<SecureContext>
}

/** What serves connections. */
export interface Endpoint {
  /** Serves a connection over which a client speaks HTTP, or TLS and HTTP in it. `connectedTo`: the host that it takes it for. */
  serve(socket: Socket, connectedTo: string): void
  /** Ends the connections over which nothing has come yet; those that come from now on are ended at once. */
  close(): void
}

/** Has a server take over connections that speak TLS: what comes over them it is asked as if it came without. */
export function endpointOf(server: Server, { contextFor }: Certificates): Endpoint {
  const listeners = server.listeners('connection') as ((this: Server, socket: Socket) => void)[]
  const silent = new Set<Socket>()
  let isClosed = false
  const serveHttp = (socket: Socket): void => {
    for (const listener of listeners) listener.call(server, socket)
  }
  const serveTls = async (socket: Socket, connectedTo: string): Promise<void> => {
    const secureContext = await contextFor(undefined, connectedTo)
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      SNICallback: (name, done) => contextFor(name, connectedTo).then((context) => done(null, context), done),
    })
    // Who goes away in the middle of the handshake is sent nothing any more.
    const end = (): void => void secure.destroy()
    socket.once('end', end)
    secure.once('end', end)
    secure.once('secure', () => secure.off('end', end))
    serveHttp(secure)
  }
  return {
    serve(socket, connectedTo) {
      if (isClosed) return void socket.destroy()
      silent.add(socket)
      socket.once('close', () => silent.delete(socket))
      const end = (): void => void socket.destroy()
      // Whatever becomes of one connection ends nothing else.
      socket.on('error', end)
      // The server leaves connections half open.
      socket.once('end', end)
      socket.setTimeout(LONGEST_SILENCE, end)
      const first = (): void => {
        const byte = socket.read(1) as Buffer | null
        if (byte === null) return void socket.once('readable', first)
        socket.unshift(byte)
        silent.delete(socket)
        socket.off('end', end)
        socket.setTimeout(0, end)
        if (byte[0] === HANDSHAKE) serveTls(socket, connectedTo).catch(end)
        else serveHttp(socket)
      }
      first()
    },
    close() {
      isClosed = true
      for (const socket of silent) socket.destroy()
    },
  }
}
