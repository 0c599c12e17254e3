/** Grants: what RAM users and roles may do in apps (VOD manual 15.3). */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { ofNoApp } from './rule.js'

/** Whom policies can be attached to. */
export const identityTypes = ['RamUser', 'RamRole'] as const

/** The system's policies; there are no others so far. */
export const appPolicies = ['VODAppFullAccess', 'VODAppReadOnlyAccess', 'VODAppAdministratorAccess'] as const

/** See {@link appPolicies}. */
export type AppPolicy = (typeof appPolicies)[number]

export const appGrantSchema = z.object({
  identityType: z.enum(identityTypes),
  /** Name of the RAM user or role. */
  identityName: z.string(),
  policy: z.enum(appPolicies),
  /** Of administrators, who may do everything in every app, the system's own. */
  appId: z.string(),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** A policy that is attached to an identity. */
export type AppGrant = z.output<typeof appGrantSchema>

/** Finds the grants of an identity. */
export const identityKey = ({ identityType, identityName }: Pick<AppGrant, 'identityType' | 'identityName'>): string =>
  `${identityType}/${identityName}`

/** The key of a grant. */
export const grantKey = (grant: Pick<AppGrant, 'identityType' | 'identityName' | 'policy' | 'appId'>): string =>
  `${grant.policy}/${grant.appId}/${identityKey(grant)}`

/** The records of grants: `account.vod.appGrants`. */
export const appGrantRecords = {
  name: 'vod.appGrants',
  schema: appGrantSchema,
  keyOf: grantKey,
  indexes: { identity: identityKey, app: ({ appId }: AppGrant) => appId },
  app: ofNoApp,
}
