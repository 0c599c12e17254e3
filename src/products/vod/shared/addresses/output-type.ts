/** OutputType and AuthTimeout: which address a caller wants, and for how long. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'
import { long, oneOf } from '../../../../params/scalars.js'
import type { PlayDomain } from '../domains/play-domain.js'
import { OSS_SECONDS, type PlayUrlOptions } from './addresses.js'

/** The parameters of Actions that answer with an address. */
export const addressParams = {
  /** Seconds. */
  AuthTimeout: long({ min: 1 }).optional(),
  OutputType: oneOf(['oss', 'cdn']).default('cdn'),
}

/** What a caller has said of the address. */
export interface AddressWish {
  AuthTimeout?: number | undefined
  OutputType: 'oss' | 'cdn'
}

/** The domain that media are played through unless the caller names another. */
export const defaultDomain = ({ playDomains }: Account): PlayDomain | undefined => playDomains.choose()

/** Refuses to make an address of OSS that lasts longer than one may. */
export function checkAuthTimeout(
  { AuthTimeout = 0, OutputType }: AddressWish,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): void {
  if (OutputType === 'oss' && AuthTimeout > OSS_SECONDS.most)
    fail('InvalidParameter', { param: 'AuthTimeout', reason: `is ${AuthTimeout}; with OutputType oss it is at most ${OSS_SECONDS.most}` })
}

/** How an address is to be made that a caller wishes for: under the default domain, or, without one or if asked for, in OSS. */
export function addressOptions(
  account: Account,
  wish: AddressWish,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): PlayUrlOptions {
  checkAuthTimeout(wish, fail)
  return { domain: wish.OutputType === 'oss' ? undefined : defaultDomain(account), seconds: wish.AuthTimeout }
}
