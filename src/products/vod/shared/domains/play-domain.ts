/** A play domain as addresses under it are made. */

import { argsOf, type Domain, isOn } from './domain.js'

/** The parameter with which a player hands a token on to the server that has the key of a stream. */
export const HLS_TOKEN = 'MtsHlsUriToken'

/** How long an authenticated URL is valid unless the domain says otherwise, in seconds. */
const USUAL_SECONDS = 1800

/** URL authentication of a domain (developer guide, URL authentication). */
export interface UrlAuth {
  type: 'type_a' | 'type_b' | 'type_c'
  key: string
  /** As good as the key; no address is made with it. */
  backupKey?: string | undefined
  /** Milliseconds for which a URL is valid. */
  validity: number
}

/** A host that media are played under. */
export interface PlayDomain {
  name: string
  /** Left out, who has the address gets the file. */
  auth?: UrlAuth | undefined
  /** Addresses are https. */
  secure: boolean
  /** The parameter with a token that is handed on to the key server; left out, none is. */
  tokenName?: string | undefined
}

/** What holds for a host under a domain. */
export const playDomainOf = (domain: Domain, name: string): PlayDomain => ({
  name,
  auth: authOf(domain),
  secure: domain.certId !== undefined && !isOn(domain, 'http_force'),
  tokenName: tokenNameOf(domain),
})

function authOf(domain: Domain): UrlAuth | undefined {
  const { auth_type = 'no_auth', auth_key1: key, auth_key2: backupKey, ali_auth_delta = USUAL_SECONDS } = argsOf(domain, 'aliauth') ?? {}
  if (auth_type === 'no_auth' || key === undefined) return undefined
  return { type: auth_type as UrlAuth['type'], key, backupKey, validity: Math.round(Number(ali_auth_delta) * 1000) }
}

function tokenNameOf(domain: Domain): string | undefined {
  const { enable, hls_token_arg_name = HLS_TOKEN } = argsOf(domain, 'hls_token_rewrite') ?? {}
  return enable === 'on' ? hls_token_arg_name : undefined
}
