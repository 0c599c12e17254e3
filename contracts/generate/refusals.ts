/** Refusals that do not depend on the Action: what the gateway says to who may not call. */

import type { Action } from '../../src/index.js'

/** A provider state, and the code with which a call is refused in it. */
export interface Refusal {
  state: (action: Action) => string
  code: (action: Action) => string
}

export const refusals: readonly Refusal[] = [
  { state: () => 'an access key that does not exist', code: () => 'InvalidAccessKeyId.NotFound' },
  { state: () => 'a disabled access key', code: () => 'InvalidAccessKeyId.Inactive' },
  { state: () => 'an expired STS session', code: () => 'InvalidSecurityToken.Expired' },
  { state: ({ service }) => `the service ${service.name} is not opened`, code: ({ service }) => service.denials.notOpened },
  { state: () => 'the account is in arrears', code: ({ service }) => service.denials.suspended },
  { state: ({ id }) => `a RAM user who may not call ${id}`, code: ({ service }) => service.denials.userNotAllowed },
  { state: ({ id }) => `a RAM role that may not call ${id}`, code: ({ service }) => service.denials.roleNotAllowed },
  { state: ({ id }) => `the limit of ${id} is used up`, code: () => 'Throttling.User' },
]

/** The refusal that every call can meet, whatever the Action. */
export const unknownKey = refusals[0] as Refusal
