/** Under which address a request has reached the emulator, as far as it can be believed: the Host header is whatever the client writes. */

import type { IncomingMessage } from 'node:http'
import { hostname, isNobodyElses } from '../../src/http/origin.js'
import type { Cloud } from '../../src/index.js'

/** Which hosts are the emulator's own, beside those that nobody else can have. */
export interface HostOptions {
  allowHosts?: readonly string[] | undefined
  /** Whether `x-forwarded-host` and `x-forwarded-proto` are believed. Default: no. */
  trustProxy?: boolean | undefined
}

declare module 'fastify' {
  interface FastifyInstance {
    hostOptions: HostOptions
  }
}

type Request = { raw: Pick<IncomingMessage, 'headers'>; server?: { hostOptions?: HostOptions } }

/**
 * The address: `http://127.0.0.1:14010`. `undefined` if the host is none that leads here for sure: one of the real services, say, whose client takes the
 * emulator for its proxy. Of a host with a bucket in front of it, what is behind that.
 */
export function reachedAt({ raw: { headers }, server }: Request, { addresses }: Pick<Cloud, 'addresses'>): string | undefined {
  const { allowHosts = [], trustProxy = false } = server?.hostOptions ?? {}
  const forwarded = trustProxy ? firstOf(headers['x-forwarded-host']) : undefined
  const host = (forwarded ?? headers.host ?? '').toLowerCase()
  const name = hostname(host)
  if (name === undefined) return undefined
  const bucket = addresses.bucketBefore(host)
  if (bucket === undefined && forwarded === undefined && !isNobodyElses(name) && !allowHosts.includes(name)) return undefined
  const protocol = trustProxy && firstOf(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http'
  const base = `${protocol}://${bucket === undefined ? host : host.slice(bucket.length + 1)}`
  return URL.canParse(base) ? base : undefined
}

/** The first of the values that proxies have put down one behind the other: what the client has seen. */
const firstOf = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',', 1)[0]?.trim().toLowerCase() || undefined
