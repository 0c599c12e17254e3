/** TLS at the port of the emulator itself, for clients to which names of the real cloud lead here. */

import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { isNobodyElses } from '../../src/http/origin.js'
import type { Cloud } from '../../src/index.js'
import type { Authority } from './authority.js'
import { type CertificateFiles, ownCertificate, signedBy } from './certificates.js'
import { endpointOf } from './endpoint.js'

/** How TLS is spoken. */
export interface TlsOptions {
  /** The user's certificate; without one, those of the authority. */
  files: CertificateFiles | undefined
  authority: Authority
  /** Further names under which the emulator is reached. */
  allowHosts: readonly string[]
}

/** Has a server speak TLS beside HTTP, at the same port; answers with what ends the connections over which nothing has come. */
export function speakTls(server: Server, cloud: Cloud, { files, authority, allowHosts }: TlsOptions): () => void {
  const isOurs = (name: string): boolean => cloud.hasHost(name) || allowHosts.includes(name) || isNobodyElses(name)
  const endpoint = endpointOf(server, files ? ownCertificate(files) : signedBy(authority, isOurs))
  server.removeAllListeners('connection')
  // Who names no host has an address.
  server.on('connection', (socket: Socket) => endpoint.serve(socket, socket.localAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1'))
  return endpoint.close
}
