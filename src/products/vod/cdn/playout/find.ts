/** Which play domain, of which account, a call is for. */

import type { Account } from '../../../../account/types.js'
import type { Call } from '../../../../http/call.js'
import { OSS_HOST } from '../../../../oss/location.js'
import type { StoredObject } from '../../../../oss/object.js'
import type { Domain } from '../../shared/domains/domain.js'
import { type PlayDomain, playDomainOf } from '../../shared/domains/play-domain.js'
import { storagesOf } from '../../shared/storage/storages.js'
import { filePathOf } from './authenticate.js'

/** A call for a file under a play domain. */
export interface PlayCall {
  account: Account
  /** Left out where the emulator's own address stands for a domain. */
  domain?: Domain
  /** The host that is played under, and what holds for it. */
  play: PlayDomain
  /** What comes before paths under the domain, where everything is under one address: `/vod.example.com`. */
  prefix: string
  /** Path of the file under the domain, still percent-encoded, starting with `/`, and without proof of who may have it. */
  path: string
  /** The same with it, as the call has it. */
  asCalled: string
}

/** Finds out whether a call is for a file under a play domain. Of several accounts with the domain, the one that has the file is meant. */
export function playCallOf({ cloud: { playDomains } }: Account, { host, path }: Call): PlayCall | undefined {
  if (path.length < 2) return undefined
  // A bucket is no domain, whatever its objects are called.
  if (OSS_HOST.test(host)) return undefined
  const hostName = host.replace(/:\d+$/, '').toLowerCase()
  const slash = path.indexOf('/', 1)
  // Where everything is under one address, the domain is the first part of the path.
  const first = slash < 0 ? [] : [{ name: path.slice(1, slash).toLowerCase(), prefix: path.slice(0, slash) }]
  const places = [{ name: hostName, prefix: '' }, ...first]
  let last: PlayCall | undefined
  for (const { name: called, prefix } of places) {
    for (const { account, name } of playDomains.find(called)) {
      const domain = account.playDomains.get(name)
      if (domain === undefined) continue
      const play = playDomainOf(domain, called)
      const asCalled = path.slice(prefix.length)
      last = { account, domain, play, prefix, path: filePathOf(play.auth, asCalled), asCalled }
      if (objectAt(last)) return last
    }
  }
  return last
}

/** The emulator's own address stands for a domain of the default account where players ask it for their policy (manual 16.2.1). */
export function policyCallOf(account: Account, { host, path }: Call): PlayCall | undefined {
  if (path !== '/crossdomain.xml' || OSS_HOST.test(host)) return undefined
  return { account, play: { name: host, secure: false }, prefix: '', path, asCalled: path }
}

/** The file that a call is for, in whichever storage it is. */
export function objectAt({ account, path }: Pick<PlayCall, 'account' | 'path'>): StoredObject | undefined {
  let key: string
  try {
    key = decodeURIComponent(path.slice(1))
  } catch {
    return undefined
  }
  for (const { bucket } of storagesOf(account)) {
    const object = account.oss.object(bucket, key)
    if (object) return object
  }
  return undefined
}
