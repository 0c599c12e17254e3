/** Who may use the control API: whoever reaches the emulator, but no web page that a browser happens to show. */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { hostname, isNobodyElses } from '../../src/http/origin.js'

/** Who may use the control API, beside those who always may. */
export interface GuardOptions {
  /** Names of the host that the emulator is reached by, such as `emulator.example.com`; without a port. */
  allowHosts?: readonly string[] | undefined
  /** What every request has to bring in `authorization: Bearer …`. Default: nothing is asked for. */
  token?: string | undefined
}

/** Why a request is not served, and with which status. */
export interface Denial {
  status: 401 | 403
  reason: string
}

/**
 * Finds out whether a request may not use the control API. A page of another origin may not, whether its browser tells so in `Sec-Fetch-Site` or in
 * `Origin`; nor may a page under a name that a stranger could make lead here (DNS rebinding), whose browser takes the emulator for the page's own
 * origin. What is no browser sends neither of the two headers. `publicUrl` is where the emulator is reached. Of a request for a page of the emulator
 * itself, `isPage`: it needs no token, and a link on whatever page may lead to it.
 */
export function denialOf(
  request: FastifyRequest,
  publicUrl: string | undefined,
  { allowHosts = [], token }: GuardOptions,
  isPage = false,
): Denial | undefined {
  const { host, origin, authorization, 'sec-fetch-site': site } = request.headers
  const own = publicUrl !== undefined && URL.canParse(publicUrl) ? new URL(publicUrl) : undefined
  for (const named of [host, targetHost(request.originalUrl)]) {
    // Only clients of HTTP/1.0 name none; a browser always does.
    if (!named) continue
    const name = hostname(named)
    if (name !== undefined && (isNobodyElses(name) || name === own?.hostname || allowHosts.some((each) => each.toLowerCase() === name)))
      continue
    const allow = name === undefined ? '' : `; if it is the emulator's own, start it with --allow-host ${name}`
    return { status: 403, reason: `the control API does not answer under the host ${JSON.stringify(excerpt(named))}${allow}` }
  }
  const foreign =
    site !== undefined && site !== 'same-origin' && site !== 'none'
      ? `Sec-Fetch-Site is ${site}`
      : origin !== undefined && origin !== own?.origin && origin.replace(/^https?:\/\//, '') !== host?.toLowerCase()
        ? `Origin is ${origin}`
        : undefined
  if (foreign !== undefined && !(isPage && isOpened(request)))
    return { status: 403, reason: `the control API does not answer web pages of other origins: ${excerpt(foreign)}` }
  if (token !== undefined && !isPage && !isSame(/^Bearer +(.*)$/i.exec(authorization ?? '')?.[1] ?? '', token))
    return { status: 401, reason: 'the control API asks for its token: authorization: Bearer …' }
  return undefined
}

/** True for what a browser shows in a tab of its own: who has sent it there cannot look into it. */
const isOpened = ({ headers }: FastifyRequest): boolean =>
  headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document' && headers.origin === undefined

/** The host of a request line with a whole URL in it, which counts more than the header. */
const targetHost = (target: string): string | undefined => /^https?:\/\/([^/?#]*)/i.exec(target)?.[1]

/** Takes the same time whatever is wrong with the one that was given. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(hashOf(given), hashOf(token))

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

const excerpt = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)
