/**
 * The proxy: clients that call the real hosts through it, with whatever they are written in, are answered by the cloud. What goes elsewhere passes, or is
 * refused. The control API is not reached through it under any name.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../../src/base/errors.js'
import type { Cloud } from '../../src/index.js'
import { refuseTunnel } from '../http/connections.js'
import type { Logger } from '../http/logger.js'
import { cameOverTls } from '../http/reached.js'
import { buildPlainApp } from '../server/app.js'
import type { Authority } from '../tls/authority.js'
import { signedBy } from '../tls/certificates.js'
import { endpointOf } from '../tls/endpoint.js'
import { forward, tunnel } from './forward.js'
import { notEmulated, proxyError, refusal, unreachable } from './refuse.js'
import { readAuthority, shownTarget, type Target } from './target.js'

/** The port of a URL without one. */
const HTTP_PORT = 80
const HTTPS_PORT = 443

/** What a proxy is built with. */
export interface ProxyOptions {
  /** Signs the certificates of the hosts that are answered. */
  authority: Authority
  /** Whether what is not emulated is refused. */
  offline: boolean
  /** Where the emulator itself is, for those who take the proxy for it. */
  emulatorUrl: () => string
  logger?: Logger | undefined
  /** Where calls of the services go that are to be forwarded. Default: the cloud answers them. */
  upstream?: Upstream | undefined
}

/** What answers calls of the services in place of the cloud. */
export interface Upstream {
  /** Has a request answered that is for a host of the services. Never throws. */
  serve(request: IncomingMessage, response: ServerResponse, destination: Destination): void
}

/** Where a client sends a request. */
export interface Destination {
  target: Target
  secure: boolean
  /** Path and query, as they were written. */
  path: string
}

/** Builds the proxy. */
export function buildProxy(cloud: Cloud, { authority, offline, emulatorUrl, logger, upstream }: ProxyOptions): FastifyInstance {
  const app = buildPlainApp(cloud, { logger, isProxy: true })
  const { server } = app
  const isOurs = (name: string): boolean => cloud.hasHost(name)
  const endpoint = endpointOf(server, signedBy(authority, isOurs))
  const tunnels = new Set<Duplex>()
  /** Connections in which a client speaks to a host of the cloud. */
  const answered = new WeakSet<object>()
  const isInTunnel = (request: IncomingMessage): boolean => cameOverTls(request) || answered.has(request.socket)

  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = readAuthority(request.url ?? '')
    const refuse = (error: ApiError): void => {
      const { status, headers, answer } = refusal(cloud, { method: 'CONNECT', target }, error)
      refuseTunnel(client, status, answer, headers)
    }
    if (target === undefined || isInTunnel(request)) return refuse(proxyError('BadTarget', 'CONNECT is followed by a host and a port.'))
    if (isOurs(target.hostname)) {
      client.write(ESTABLISHED)
      client.unshift(head)
      answered.add(client)
      return endpoint.serve(client as Socket, target.hostname)
    }
    attempt(refuse, target, () =>
      tunnel(client, head, target, {
        onOpen: (upstream) => {
          client.write(ESTABLISHED)
          for (const end of [client, upstream]) {
            tunnels.add(end)
            end.once('close', () => tunnels.delete(end))
          }
        },
        onFailure: (error) => refuse(unreachable(target, error)),
      }),
    )
  })

  /** Does what leads out of the machine, if anything may. */
  const attempt = (refuse: (error: ApiError) => void, target: Target, goOut: () => void): void => {
    try {
      if (offline) throw notEmulated(cloud, target)
      goOut()
    } catch (error) {
      refuse(error instanceof ApiError ? error : unreachable(target, error as Error))
    }
  }

  const [serve] = server.listeners('request') as ((this: unknown, request: IncomingMessage, response: ServerResponse) => void)[]
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = isInTunnel(request) ? undefined : wholeUrl(request.url)
    const secure = cameOverTls(request)
    const target = readAuthority(url?.host ?? request.headers.host ?? '', secure ? HTTPS_PORT : HTTP_PORT)
    const isForUs = target !== undefined && isOurs(target.hostname)
    // What the request line says counts more than the header (RFC 9112, 3.2.2).
    if (url && isForUs) request.headers.host = url.host
    if (!upstream && (isForUs || isInTunnel(request))) return serve?.call(server, request, response)
    // A path alone may come from here: from a proxy that is its own upstream, and would forward it for ever.
    if (upstream && isForUs && (url || isInTunnel(request)))
      return upstream.serve(request, response, { target, secure, path: pathOf(request.url) })
    const refuse = (error: ApiError): void => {
      const { status, headers, answer } = refusal(cloud, { method: request.method ?? '', target }, error)
      request.resume()
      const body = JSON.stringify(answer)
      response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
    }
    if (isInTunnel(request))
      return refuse(
        proxyError('BadTarget', `The Host header says ${request.headers.host ?? 'nothing'}, which is none of the services' hosts.`),
      )
    if (url === undefined || target === undefined)
      return refuse(proxyError('BadTarget', `This is a proxy, for HTTPS_PROXY and HTTP_PROXY; the emulator itself is at ${emulatorUrl()}.`))
    if (url.protocol !== 'http:')
      return refuse(proxyError('BadTarget', `${shownTarget(target)} is called over TLS through a tunnel: CONNECT.`))
    attempt(refuse, target, () => forward(request, response, { target, url }, (error) => refuse(unreachable(target, error))))
  })

  app.addHook('preClose', async () => {
    endpoint.close()
    for (const end of tunnels) end.destroy()
  })
  return app
}

/** What is told to a client before the first byte goes through its tunnel. */
const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n'

/** The URL in a request line, where a client has written all of it; `undefined` if it is a path. */
function wholeUrl(target = '/'): URL | undefined {
  return /^https?:\/\//i.test(target) && URL.canParse(target) ? new URL(target) : undefined
}

/** Path and query of a request line, as they were written: they may be part of what was signed. */
function pathOf(target = '/'): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path.startsWith('/') ? path : `/${path}`
}
