/** Hosts that no service may be made to call. */

import { BlockList, isIP } from 'node:net'

const privateNetworks = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix)
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6')

/** True for a host that is not reached over the internet: a private or local address, or a name that only means something inside a network. */
export function isPrivate(hostname: string): boolean {
  // A name may end in a dot, which changes nothing.
  const address = hostname.replace(/^\[|\]$|\.$/g, '')
  const family = isIP(address)
  return family === 0
    ? /(?:^|\.)(?:localhost|internal|local)$/.test(address)
    : privateNetworks.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
