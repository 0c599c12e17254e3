/** Step: whether who calls may use the Action. */

import { z } from 'zod'
import { defineSettings } from '../account/settings.js'
import type { Settings } from '../account/types.js'
import { type Action, type Denial, failWith } from '../actions/action.js'
import type { KeyOwner } from '../identity/key-directory.js'

/** Whether the account may use a service: bought, not bought, or cut off for unpaid bills. */
const serviceStates = ['open', 'notOpened', 'suspended'] as const

/** States of services by name; `*` means all. Default: open. */
export const servicesSettings = defineSettings({
  schema: z.record(z.string(), z.enum(serviceStates)),
  defaults: {},
  levels: 1,
  check(states, { catalogue: { services } }) {
    for (const name of Object.keys(states))
      if (name !== '*' && !services.has(name))
        throw new RangeError(`services.${name}: there is no such service; there are ${[...services.keys()].join(', ')}`)
  },
})

/** State of a service for an account. */
const stateOf = ({ values: { services } }: Settings, service: string): (typeof serviceStates)[number] =>
  services[service] ?? services['*'] ?? 'open'

/** Refuses a call to a service that the account has not opened or is cut off from, and an identity without permission. */
export function authorise({ account, key }: KeyOwner, action: Action): void {
  const { service, name } = action
  const deny = (denial: Denial, reason: string): never => failWith(action)(service.denials[denial], { reason })
  const state = stateOf(account.settings, service.name)
  if (state !== 'open') deny(state, `the settings of account ${account.accountId} say that ${service.name} is ${state}`)
  const { kind, arn, may } = key.identity
  if (!may(`${service.name}:${name}`))
    deny(kind === 'role' ? 'roleNotAllowed' : 'userNotAllowed', `${arn} is not allowed to call ${service.name}:${name}`)
}
