/** States of the account, and of the key that a call is signed with. */

import { z } from 'zod'
import type { SessionKey } from '../../src/identity/access-key.js'
import type { Account } from '../../src/index.js'
import { defineProviderState, type ProviderState } from '../../src/product/provider-state.js'
import { actionNamed, serviceNamed } from './lookup.js'

const none = z.strictObject({})

/** The permission to call an Action, as RAM writes it. */
const permissionOf = ({ cloud }: Account, name: string | undefined): string => actionNamed(cloud.catalogue, name).id.replace('.', ':')

/** Temporary credentials of a role that may call everything but what is denied. */
function sessionOf({ ram }: Account, deny: readonly string[] = []): SessionKey {
  ram.putRole('consumer', { allow: ['*'], deny })
  return ram.assumeRole('consumer')
}

const newAccount = defineProviderState({
  name: 'a new account',
  means: 'Nothing is in the account. So it is without any state, too.',
  params: none,
  apply: () => ({}),
})

const notOpened = defineProviderState({
  name: 'the service <service> is not opened',
  means: 'The account has not activated the service.',
  params: none,
  apply({ account }, { service }) {
    account.settings.change({ services: { [serviceNamed(account.cloud.catalogue, service).name]: 'notOpened' } })
    return {}
  },
})

const inArrears = defineProviderState({
  name: 'the account is in arrears',
  means: 'Bills are unpaid: every service is suspended.',
  params: none,
  apply({ account }) {
    account.settings.change({ services: { '*': 'suspended' } })
    return {}
  },
})

const limitUsedUp = defineProviderState({
  name: 'the limit of <Action> is used up',
  means: 'A further call of the Action is throttled.',
  params: none,
  apply({ account }, { Action }) {
    account.settings.change({ limits: { actions: { [actionNamed(account.cloud.catalogue, Action).id]: { limit: 0, per: 'second' } } } })
    return {}
  },
})

const unknownKey = defineProviderState({
  name: 'an access key that does not exist',
  means: 'The call is signed with a key that no account has.',
  params: none,
  apply: () => ({ key: { accessKeyId: 'noAccountHasThisKey', accessKeySecret: 'norThisSecret' } }),
})

const disabledKey = defineProviderState({
  name: 'a disabled access key',
  means: 'The call is signed with a key that has been disabled.',
  params: none,
  apply({ account }) {
    account.ram.setActive(account.credentials.accessKeyId, false)
    return {}
  },
})

const expiredSession = defineProviderState({
  name: 'an expired STS session',
  means: 'The call is signed with temporary credentials whose time is up.',
  params: none,
  async apply({ account }) {
    const key = sessionOf(account)
    await account.clock.advanceTo(key.expiresAt)
    return { key }
  },
})

const stsSession = defineProviderState({
  name: 'an STS session',
  means: 'The call is signed with temporary credentials of a role that may call everything.',
  params: none,
  apply: ({ account }) => ({ key: sessionOf(account) }),
})

const deniedUser = defineProviderState({
  name: 'a RAM user who may not call <Action>',
  means: 'The call is signed with the key of a RAM user who may call everything else.',
  params: none,
  apply({ account }, { Action }) {
    account.ram.putUser('consumer', { allow: ['*'], deny: [permissionOf(account, Action)] })
    return { key: account.ram.createAccessKey('consumer') }
  },
})

const deniedRole = defineProviderState({
  name: 'a RAM role that may not call <Action>',
  means: 'The call is signed with temporary credentials of a role that may call everything else.',
  params: none,
  apply: ({ account }, { Action }) => ({ key: sessionOf(account, [permissionOf(account, Action)]) }),
})

export const accessStates: readonly ProviderState[] = [
  newAccount,
  notOpened,
  inArrears,
  limitUsedUp,
  unknownKey,
  disabledKey,
  stsSession,
  expiredSession,
  deniedUser,
  deniedRole,
]
