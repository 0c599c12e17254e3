/** Which certificate a client is shown: one of the authority for the host that it calls, or the user's own. */

import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import { hostname } from '../../src/http/origin.js'
import type { Authority } from './authority.js'
import type { Certificates } from './endpoint.js'

/** Files with a certificate, with those that lead to its authority behind it, and its key, both as PEM. */
export interface CertificateFiles {
  cert: string
  key: string
}

/** Certificates by an authority for the hosts of which `isOurs` is true; for any other, the one to which the client is connected. */
export function signedBy(authority: Authority, isOurs: (hostname: string) => boolean): Certificates {
  return {
    contextFor(named, connectedTo) {
      const name = named === undefined ? undefined : hostname(named)?.replace(/\.$/, '')
      return authority.contextFor(name !== undefined && isOurs(name) ? name : connectedTo)
    },
  }
}

/** The certificate of the user, for whatever host. Throws a `RangeError` if it cannot be used. */
export function ownCertificate({ cert, key }: CertificateFiles): Certificates {
  let context: SecureContext
  try {
    context = createSecureContext({ cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2' })
  } catch (error) {
    throw new RangeError(`the certificate ${cert} with the key ${key} cannot be used: ${(error as Error).message}`, { cause: error })
  }
  return { contextFor: async () => context }
}
