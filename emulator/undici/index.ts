/**
 * The undici door: the clients of undici, and the `fetch` of Node.js, reach the services' real hosts over connections that do not leave the process. At
 * their other end is the HTTP door, so undici sees what it would see of an emulator that listens: bytes, pauses, and connections that break.
 */

import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { destinations, notEmulated, type PassThroughOptions } from '../../src/cloud/hosts.js'
import type { Cloud } from '../../src/index.js'
import { buildPlainApp } from '../server/app.js'
import { Connection } from './connection.js'

/** What becomes of requests that are not for the emulated services. */
export interface EmulatorDispatcherOptions extends PassThroughOptions {
  /** Who has requests to all other hosts: a `MockAgent`, a `ProxyAgent`. It is not closed with this one. Default: they go out over the network. */
  others?: Dispatcher
}

/** What becomes of connections that are not for the emulated services. */
export interface EmulatorConnectorOptions extends PassThroughOptions {
  /** Who connects to all other hosts. Default: undici's own connector, over the network. */
  others?: buildConnector.connector
}

/**
 * A dispatcher that has a cloud answer every request to a service's own host, in any region, public or `-vpc`
 * (`https://videoseg.cn-shanghai.aliyuncs.com/`), and to OSS buckets (`http://<bucket>.oss-cn-shanghai.aliyuncs.com/…`), over http and https. Requests to
 * all other hosts of Alibaba Cloud are refused, unless they are to pass.
 *
 * ```ts
 * setGlobalDispatcher(emulatorDispatcher(cloud))
 * ```
 *
 * It is an `Agent` of the undici that is installed beside this package. `close` it, or leave it: it keeps no process alive.
 */
export function emulatorDispatcher(cloud: Cloud, { others, ...options }: EmulatorDispatcherOptions = {}): Dispatcher {
  return new EmulatorAgent(cloud, options, others)
}

/**
 * The same for a `Client`, a `Pool` or an `Agent` of one's own, which take it as their option `connect`:
 *
 * ```ts
 * new Pool('https://vod.cn-shanghai.aliyuncs.com', { connect: emulatorConnector(cloud) })
 * ```
 */
export function emulatorConnector(cloud: Cloud, options: EmulatorConnectorOptions = {}): buildConnector.connector {
  const { others = buildConnector({}) } = options
  const destination = destinations(cloud, options)
  const app = buildPlainApp(cloud, { isProxy: true })

  /** Who serves a connection to a host; `undefined`: nobody here does. */
  async function serverOf(host: string): Promise<Server | undefined> {
    const where = destination(host)
    if (where === 'elsewhere') return undefined
    if (where === 'refused') return refusing(cloud, host)
    await app.ready()
    return app.server
  }

  return (target, callback) => {
    serverOf(target.hostname.toLowerCase()).then(
      (server) => (server === undefined ? others(target, callback) : callback(null, connectTo(server))),
      (error: Error) => callback(error, null),
    )
  }
}

class EmulatorAgent extends Agent {
  readonly #others: Dispatcher | undefined
  readonly #goesElsewhere: (origin: Agent.DispatchOptions['origin']) => boolean

  constructor(cloud: Cloud, options: PassThroughOptions, others: Dispatcher | undefined) {
    super({ connect: emulatorConnector(cloud, options) })
    const destination = destinations(cloud, options)
    this.#others = others
    // What is no URL, undici refuses.
    this.#goesElsewhere = (origin = '') => URL.canParse(String(origin)) && destination(new URL(origin).hostname) === 'elsewhere'
  }

  override dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#others && this.#goesElsewhere(options?.origin)) return this.#others.dispatch(options, handler)
    return super.dispatch(options, handler)
  }
}

/** A server that tells that a host is not emulated. */
function refusing(cloud: Cloud, host: string): Server {
  const { status, headers, body } = notEmulated(cloud, host)
  return createServer((_request, response) => response.writeHead(status, headers).end(body))
}

/** The client's side of a new connection to a server in this process. */
function connectTo(server: Server): Socket {
  const { client, server: served } = Connection.pair()
  // How a server is handed a connection that it has not accepted itself.
  server.emit('connection', served)
  // Undici is content with a stream, its types are not.
  return client as Duplex as Socket
}
