/** Who may play: lists of referers and addresses, and how often one address may ask (manual 13.4.1). */

import { BlockList, isIP } from 'node:net'
import type { Call } from '../../../../http/call.js'
import { Wildcard } from '../../../../patterns/wildcard.js'
import { argsOf, type Domain, type FunctionArgs } from '../../shared/domains/domain.js'

/** Address of who asks: as the proxies before the emulator say, else that of the connection. What they say that is no address is not heard. */
export function addressOf({ headers, clientAddress }: Call): string | undefined {
  const forwarded = headers['x-forwarded-for']?.split(',', 1)[0]?.trim() ?? ''
  return isIP(forwarded) === 0 ? clientAddress : forwarded
}

/** Why a call is denied, in the words of the server; `undefined` if it is not. */
export function denialOf(domain: Domain, call: Call): string | undefined {
  const address = addressOf(call)
  const [denied, allowed] = [argsOf(domain, 'ip_black_list_set'), argsOf(domain, 'ip_allow_list_set')]
  if (denied && lists(denied, address)) return 'denied by IP ACL = blacklist'
  if (allowed && !lists(allowed, address)) return 'denied by IP ACL = whitelist'
  return refererDenialOf(domain, call.headers.referer)
}

function refererDenialOf(domain: Domain, referer: string | undefined): string | undefined {
  const host = referer && hostOf(referer)
  const white = argsOf(domain, 'referer_white_list_set')
  if (white && !(host ? names(white.refer_domain_allow_list, host) : letsEmptyIn(white))) return 'denied by Referer ACL = whitelist'
  const black = argsOf(domain, 'referer_black_list_set')
  if (black && (host ? names(black.refer_domain_deny_list, host) : !letsEmptyIn(black))) return 'denied by Referer ACL = blacklist'
  return undefined
}

/** The manual names no default; without a word, a request without a referer comes in, as in the service's console. */
const letsEmptyIn = ({ allow_empty }: FunctionArgs): boolean => allow_empty !== 'off'

/** A referer that is no URL is taken as it is. */
const hostOf = (referer: string): string => (URL.canParse(referer) ? new URL(referer).hostname : referer).toLowerCase()

const names = (list = '', host: string): boolean => list.split(',').some((pattern) => new Wildcard(pattern.trim().toLowerCase()).test(host))

/** True if a function's ip_list has an address, or a block that it is in. */
export function lists(args: FunctionArgs, address: string | undefined): boolean {
  if (address === undefined || isIP(address) === 0) return false
  return blocksOf(args).check(address, familyOf(address))
}

/** Made once for each list, which never changes. */
const blocks = new WeakMap<FunctionArgs, BlockList>()

function blocksOf(args: FunctionArgs): BlockList {
  const made = blocks.get(args)
  if (made) return made
  const list = new BlockList()
  for (const entry of (args.ip_list ?? '').split(',')) {
    const [ip = '', prefix] = entry.trim().split('/')
    if (prefix === undefined) list.addAddress(ip, familyOf(ip))
    else list.addSubnet(ip, Number(prefix), familyOf(ip))
  }
  blocks.set(args, list)
  return list
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
