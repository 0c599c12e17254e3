/** Where a call of the log went, as a URL: in its Host header stands whatever a client has written, or nothing. */

import { hostname } from '../http/origin.js'

/** True for a host of the real cloud: a call that is sent there leaves the emulator. */
export const isCloudHost = (host: string): boolean => /\.aliyuncs\.com\.?(?::\d+)?$/i.test(host)

/** Stands for a host that is none; no name ends so (RFC 2606). */
const NO_HOST = 'http://host.invalid'

/** True for a host that a URL can have. */
export const isUsableHost = (host: string): boolean => hostname(host) !== undefined && URL.canParse(`http://${host}`)

/** The base of a URL for a host, without a slash at its end; over https if it is one of the services' own. */
export const baseOf = (host: string): string => (isUsableHost(host) ? `${isCloudHost(host) ? 'https' : 'http'}://${host}` : NO_HOST)

/** Path and query as they were in the request line; behind the base they are a URL only if `isPath`. */
export function requestTarget({ path, query }: { path: string; query: string }): { target: string; isPath: boolean } {
  const target = query === '' ? path : `${path}?${query}`
  return { target, isPath: target.startsWith('/') && !target.includes('#') }
}
