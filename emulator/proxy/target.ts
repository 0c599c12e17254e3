/** Where a client asks the proxy to go. */

import { hostname } from '../../src/http/origin.js'

/** A host and a port. */
export interface Target {
  /** A name or an address, in lower case; an address of version 6 without brackets. */
  hostname: string
  port: number
}

/** Reads what stands behind CONNECT, `vod.aliyuncs.com:443`; `undefined` if it is no host with a port. */
export function readAuthority(authority: string, usualPort?: number): Target | undefined {
  // A name may end in the dot of the root.
  const name = hostname(authority)?.replace(/\.$/, '')
  const written = /:(\d+)$/.exec(authority.replace(/^\[[^\]]*\]/, ''))?.[1]
  const port = written === undefined ? usualPort : Number(written)
  if (!name || port === undefined || port < 1 || port > 65_535) return undefined
  return { hostname: name.replace(/^\[|\]$/g, ''), port }
}

/** How a target is written: `[::1]:443`. */
export const shownTarget = ({ hostname: name, port }: Target): string => `${name.includes(':') ? `[${name}]` : name}:${port}`
