/** Domains that calls name: which there are, and which can be worked with. */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { text } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { type Domain, isDomainName } from '../../shared/domains/domain.js'

/** What every Action answers that names a domain; where the manual's table lacks the row, it is this one all the same. */
export const notFound = {
  'InvalidDomain.NotFound': { status: 404, message: 'The domain provided does not belong to you.' },
} as const satisfies ErrorTable

/** Errors for what a domain is at present; Actions that have other words for one say so themselves. */
export const stateErrors = {
  IllegalOperation: { status: 403, message: 'Illegal domain operate is not permitted.' },
  ServiceBusy: { status: 403, message: 'The specified Domain is configuring, please retry later.' },
  'InvalidDomain.Offline': { status: 404, message: 'The domain provided is offline.' },
  'InvalidDomain.Configure_failed': { status: 500, message: 'Failed to configure the provided domain.' },
} as const satisfies ErrorTable

/** Too many calls of several Actions together; beyond the limit of one Action it is Throttling.User, as in all of VOD. */
export const throttling = {
  Throttling: { status: 503, message: 'Request was denied due to request throttling.' },
} as const satisfies ErrorTable

/** What a status stands in the way with. */
export const stateCodes = {
  check_failed: 'IllegalOperation',
  checking: 'ServiceBusy',
  configuring: 'ServiceBusy',
  offline: 'InvalidDomain.Offline',
  configure_failed: 'InvalidDomain.Configure_failed',
  online: undefined,
} as const satisfies Record<Domain['status'], keyof typeof stateErrors | undefined>

/** Domains that one call may name. */
const MAX_DOMAINS = 50

/** The name of a domain that is to be one of the account's. */
export const knownDomain = () => text({ maxLength: 254, ownLimit: true })

/** Names of such domains, separated by commas. */
export const knownDomains = () => csv(text(), { maxItems: MAX_DOMAINS, ownLimit: true })

/** The name of a domain, in lower case; what cannot be one has a code of its own. */
export const domainName = (code: string) =>
  paramType({ type: 'String', codes: { malformed: code, value: code, length: code, format: code } }, (value) => {
    const name = value.toLowerCase()
    return isDomainName(name)
      ? name
      : new Violated('value', 'is not a name such as vod.example.com, or .example.com for all names below it')
  })

/** The domain that a call names. */
export const domainNamed = (
  { playDomains }: Account,
  name: string,
  fail: (code: 'InvalidDomain.NotFound', refusal: Refusal) => never,
  param = 'DomainName',
): Domain =>
  playDomains.get(name) ??
  fail('InvalidDomain.NotFound', { param, reason: `names ${name.slice(0, 254)}, which the account has no domain of` })

/** Refuses to work with a domain whose status has one of these codes. */
export function checkState<Code extends keyof typeof stateErrors>(
  { name, status }: Domain,
  refused: readonly Code[],
  fail: (code: Code, refusal: Refusal) => never,
  param = 'DomainName',
): void {
  const code = refused.find((each) => each === stateCodes[status])
  if (code !== undefined) fail(code, { param, reason: `names ${name}, which is ${status}` })
}
