/** What clients need to be told that reach the emulator through its proxy, or over TLS. */

import { accessRoutes } from '../../src/control/access.js'
import { hostname } from '../../src/http/origin.js'
import { proxyAutoConfig } from './pac.js'
import { type Control, serveRoutes } from './serve.js'

/** The ways in beside HTTP at the emulator's own port; of those that it was not started with, there is nothing. */
export interface Access {
  /** Certificate of the authority, as PEM. */
  certificate?: string
  /** Port of the proxy. */
  proxyPort?: number
}

/** Serves the routes; what is in `access` may come later. */
export const serveAccess = (control: Control, access: Access): void =>
  serveRoutes(control, accessRoutes, {
    'GET /ca.pem': ({ reply }) =>
      access.certificate === undefined
        ? reply.code(404).send({ error: 'there is no certificate authority: start the emulator with --proxy or --tls' })
        : reply.type('application/x-pem-file').send(access.certificate),
    'GET /proxy.pac': ({ request, reply, cloud }) => {
      if (access.proxyPort === undefined) return reply.code(404).send({ error: 'there is no proxy: start the emulator with --proxy' })
      // The proxy is where this has come from.
      const proxy = `${hostname(request.headers.host ?? '') ?? '127.0.0.1'}:${access.proxyPort}`
      return reply.type('application/x-ns-proxy-autoconfig').send(proxyAutoConfig(proxy, cloud.hosts()))
    },
  })
