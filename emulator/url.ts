/** The URL of what listens. */

import type { AddressInfo } from 'node:net'

/** An address that listens everywhere is reached on the loopback. */
export function urlOf({ address, port, family }: AddressInfo): string {
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `http://${family === 'IPv6' && reachable === address ? `[${address}]` : reachable}:${port}`
}
