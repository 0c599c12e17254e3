/** Step: whether who calls may use the Action. */

import { type Action, type Denial, failWith } from '../actions/action.js'
import type { KeyOwner } from './authenticate.js'

/** Refuses a call to a service that the account has not opened or is cut off from, and an identity without permission. */
export function authorise({ account, key }: KeyOwner, action: Action): void {
  const { service, name } = action
  const deny = (denial: Denial, reason: string): never => failWith(action)(service.denials[denial], { reason })
  const state = account.settings.stateOf(service.name)
  if (state !== 'open') deny(state, `the settings of account ${account.accountId} say that ${service.name} is ${state}`)
  const { kind, arn, may } = key.identity
  if (!may(`${service.name}:${name}`))
    deny(kind === 'role' ? 'roleNotAllowed' : 'userNotAllowed', `${arn} is not allowed to call ${service.name}:${name}`)
}
