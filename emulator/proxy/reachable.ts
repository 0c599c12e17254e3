/**
 * What the proxy connects to: any host, but not the machine that it runs on. What listens there for that machine alone, the control API first, is not for
 * those who reach the proxy, whatever name they, or a page in their browser, have made lead there.
 */

import { lookup as resolve } from 'node:dns'
import { BlockList, connect, isIP, type LookupFunction, type Socket } from 'node:net'
import type { Target } from './target.js'

const closed = new BlockList()
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  closed.addSubnet(address, prefix, 'ipv4')
for (const [address, prefix] of [
  ['::', 127],
  ['fe80::', 10],
] as const)
  closed.addSubnet(address, prefix, 'ipv6')

/** An address to which the proxy does not connect. */
export class ClosedAddressError extends Error {
  constructor(name: string) {
    super(
      `${name} is an address of the machine itself or of its link, to which the proxy does not connect; call it directly: NO_PROXY=localhost,127.0.0.1`,
    )
  }
}

const isClosed = (address: string): boolean => closed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Finds the addresses of a name, but for those that are closed. */
export const lookup: LookupFunction = (name, options, done) =>
  resolve(name, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '')
    const open = found.filter(({ address }) => !isClosed(address))
    const [first] = open
    if (first === undefined) return done(new ClosedAddressError(name), '')
    if (options.all) done(null, open)
    else done(null, first.address, first.family)
  })

/** Throws a {@link ClosedAddressError} for an address that is closed; those of names are looked at when they are found. */
export function checkAddress({ hostname }: Target): void {
  if (isIP(hostname) !== 0 && isClosed(hostname)) throw new ClosedAddressError(hostname)
}

/** Connects. Throws as {@link checkAddress} does; what else goes wrong is an event of the socket. */
export function connectTo(target: Target): Socket {
  checkAddress(target)
  return connect({ host: target.hostname, port: target.port, lookup })
}
