/** Domains that the settings of an account declare: they are there from the start, without waiting. */

import type { Account } from '../../../../account/types.js'
import type { DeclaredDomain } from '../storage/settings.js'
import { storagesOf } from '../storage/storages.js'
import type { Domain, DomainConfig } from './domain.js'
import { HLS_TOKEN } from './play-domain.js'

/** The domain that a declaration stands for. */
export function declaredDomain(account: Account, { name, auth }: DeclaredDomain): Domain {
  const now = account.clock.now()
  const [{ location }] = storagesOf(account)
  const configs = [
    ...(auth ? [configOf('aliauth', authArgs(auth), 1)] : []),
    // Players of encrypted streams need nothing else to be set.
    configOf('hls_token_rewrite', { enable: 'on', hls_token_arg_name: HLS_TOKEN }, 2),
  ]
  return {
    name,
    status: 'online',
    scope: 'domestic',
    sources: [{ type: 'oss', content: location, port: 80, priority: '20' }],
    configs,
    configsMade: 2,
    declared: true,
    createdAt: now,
    modifiedAt: now,
  }
}

const authArgs = ({ key, backupKey, validity }: NonNullable<DeclaredDomain['auth']>): Record<string, string> => ({
  auth_type: 'type_a',
  auth_key1: key,
  ...(backupKey !== undefined && { auth_key2: backupKey }),
  ali_auth_delta: String(validity / 1000),
})

const configOf = (functionName: string, args: Record<string, string>, number: number): DomainConfig => ({
  configId: configId(number),
  functionName,
  args,
  inForce: args,
  status: 'success',
})

/** The id of a domain's setting, by its number from 1. */
export const configId = (number: number): string => String(5_000_000 + number)
