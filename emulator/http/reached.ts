/** Under which address a request has reached the emulator, as far as it can be believed: the Host header is whatever the client writes. */

import type { IncomingMessage } from 'node:http'
import type { Origin, RealHosts } from '../../src/http/addresses.js'
import { hostname, isNobodyElses } from '../../src/http/origin.js'
import type { Cloud } from '../../src/index.js'

/** Which hosts are the emulator's own, beside those that nobody else can have. */
export interface HostOptions {
  allowHosts?: readonly string[] | undefined
  /** Whether `x-forwarded-host` and `x-forwarded-proto` are believed. Default: no. */
  trustProxy?: boolean | undefined
  /** Whether everything comes through the proxy, whose clients call the real hosts. Default: no. */
  isProxy?: boolean | undefined
}

declare module 'fastify' {
  interface FastifyInstance {
    hostOptions: HostOptions
  }
}

/** What a request says of where it goes; `originalUrl` is as the client has sent it. */
interface Request {
  raw: Pick<IncomingMessage, 'headers' | 'socket'>
  originalUrl?: string
  server?: { hostOptions?: HostOptions }
}

/** Through the proxy, every host of the real cloud is reached under both schemes. */
const THROUGH_PROXY: RealHosts = {}

/** True for a request that has come over TLS. */
export const cameOverTls = ({ socket }: Pick<IncomingMessage, 'socket'>): boolean => 'encrypted' in socket && socket.encrypted === true

/**
 * The address, `http://127.0.0.1:14010`, or the real hosts, of a client that calls one of them and whose call comes here. `undefined` if the host is none
 * that leads here for sure: one of somebody else, say, or of a service whose client takes the emulator's own port for a proxy. Of a host with a bucket in
 * front of it, what is behind that.
 */
export function reachedAt({ raw, originalUrl = '/', server }: Request, cloud: Pick<Cloud, 'addresses' | 'hasHost'>): Origin | undefined {
  const { allowHosts = [], trustProxy = false, isProxy = false } = server?.hostOptions ?? {}
  if (isProxy) return THROUGH_PROXY
  const { headers } = raw
  const forwarded = trustProxy ? firstOf(headers['x-forwarded-host']) : undefined
  const host = (forwarded ?? headers.host ?? '').toLowerCase()
  const protocol = cameOverTls(raw) || (trustProxy && firstOf(headers['x-forwarded-proto']) === 'https') ? 'https' : 'http'
  const whole = `${protocol}://${host}`
  // Nearly every call comes in where others have.
  if (cloud.addresses.knows(whole)) return whole
  const name = hostname(host)
  if (name === undefined) return undefined
  const bucket = cloud.addresses.bucketBefore(host)
  // That a play domain leads here says nothing of the hosts of the cloud.
  if (bucket === undefined && name.endsWith('.aliyuncs.com') && cloud.hasHost(name))
    return originalUrl.startsWith('/') ? realHosts(protocol, host) : undefined
  if (bucket === undefined && forwarded === undefined && !isNobodyElses(name) && !allowHosts.includes(name)) return undefined
  const base = bucket === undefined ? whole : `${protocol}://${host.slice(bucket.length + 1)}`
  return URL.canParse(base) ? base : undefined
}

/** The real hosts where a client has reached one of them. */
function realHosts(scheme: 'http' | 'https', host: string): RealHosts | undefined {
  const url = `${scheme}://${host}`
  if (!URL.canParse(url)) return undefined
  const { port } = new URL(url)
  return port === '' ? { scheme } : { scheme, port }
}

/** The first of the values that proxies have put down one behind the other: what the client has seen. */
const firstOf = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',', 1)[0]?.trim().toLowerCase() || undefined
