/** What RAM users and roles may do in apps: granted, withdrawn and listed (VOD manual 15.3). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import type { Refusal } from '../../../base/errors.js'
import { toUtcSeconds } from '../../../base/times.js'
import { oneOf, text } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { granteeOf, grantsOf, isAdministrator } from '../shared/apps/access.js'
import { DEFAULT_APP_ID } from '../shared/apps/app.js'
import { type AppGrant, type AppPolicy, appPolicies, grantKey, identityTypes } from '../shared/apps/grant.js'
import { wholeVod } from '../shared/service/service.js'
import { anyAppId } from './app-info.js'
import { appNamed, checkAdministrator, checkOpen, notOpen, operateErrors } from './errors.js'

/** Apps in which one identity may do something. */
const MAX_APPS = 10

/** Grants of an account, of all identities together. */
const MAX_GRANTS = 100_000

/** Policies that one call names; there are three, and what there is not is answered. */
const MAX_NAMES = 20

/** Entries of a list. */
const MAX_LISTED = 100

const ADMINISTRATOR: AppPolicy = 'VODAppAdministratorAccess'

const isPolicy = (name: string): name is AppPolicy => (appPolicies as readonly string[]).includes(name)

const grantInput = {
  IdentityType: oneOf(identityTypes),
  // Of a user the service wants the id of the RAM user; here users have names, and go by these. Whether there is such a one is not checked.
  IdentityName: text({ maxLength: 128, ownLimit: true }),
  AppId: anyAppId().optional(),
  PolicyNames: csv(text({ maxLength: 128 }), { maxItems: MAX_NAMES, ownLimit: true }),
}

const grantOutput = z.object({ FailedPolicyNames: inAnyOrder(z.array(z.string())), NonExistPolicyNames: inAnyOrder(z.array(z.string())) })

interface GrantInput {
  IdentityType: AppGrant['identityType']
  IdentityName: string
  AppId?: string | undefined
  PolicyNames: readonly string[]
}

/** The grants that a call is about, and what of its policies there is not. */
function grantsIn(
  account: Account,
  { IdentityType, IdentityName, AppId, PolicyNames }: GrantInput,
  fail: (code: 'Forbidden.OperateApp' | 'MissingParameter', refusal: Refusal) => never,
) {
  const names = [...new Set(PolicyNames)]
  // The table has a default, and says that it is mandatory unless administrators are meant: without it, it could only be a mistake.
  if (AppId === undefined && names.some((name) => name !== ADMINISTRATOR))
    fail('MissingParameter', { param: 'AppId', reason: `must be given for other policies than ${ADMINISTRATOR}` })
  const { appId } = appNamed(account, AppId ?? DEFAULT_APP_ID, fail)
  const grantee = { identityType: IdentityType, identityName: IdentityName }
  return {
    grantee,
    NonExistPolicyNames: names.filter((name) => !isPolicy(name)),
    // Administrators are not those of one app.
    grants: names.filter(isPolicy).map((policy) => ({ ...grantee, policy, appId: policy === ADMINISTRATOR ? DEFAULT_APP_ID : appId })),
  }
}

export const attachAppPolicyToIdentity = wholeVod.action('AttachAppPolicyToIdentity', {
  summary: 'Grants a RAM user or role what policies say in an app; it may do so in at most 10.',
  source: 'VOD manual 15.3.1',
  limit: perSecond(10),
  input: () => grantInput,
  output: () => grantOutput,
  errors: operateErrors,
  run({ input, account, key, fail }) {
    checkAdministrator(account, key, fail)
    const { grantee, grants, NonExistPolicyNames } = grantsIn(account, input, fail)
    const { appGrants } = account.vod
    const now = account.clock.now()
    const FailedPolicyNames: string[] = []
    for (const grant of grants) {
      const former = appGrants.update(grantKey(grant), (draft) => {
        draft.modifiedAt = now
      })
      if (former) continue
      const apps = new Set(grantsOf(account, grantee).flatMap(({ policy, appId }) => (policy === ADMINISTRATOR ? [] : [appId])))
      const full = grant.policy !== ADMINISTRATOR && !apps.has(grant.appId) && apps.size >= MAX_APPS
      if (full || appGrants.count >= MAX_GRANTS) FailedPolicyNames.push(grant.policy)
      else appGrants.put({ ...grant, createdAt: now, modifiedAt: now })
    }
    return { FailedPolicyNames, NonExistPolicyNames }
  },
})

export const detachAppPolicyFromIdentity = wholeVod.action('DetachAppPolicyFromIdentity', {
  summary: 'Withdraws from a RAM user or role what policies say in an app; those that were not granted are among the failed.',
  source: 'VOD manual 15.3.2',
  limit: perSecond(10),
  input: () => grantInput,
  output: () => grantOutput,
  errors: operateErrors,
  run({ input, account, key, fail }) {
    checkAdministrator(account, key, fail)
    const { grants, NonExistPolicyNames } = grantsIn(account, input, fail)
    const FailedPolicyNames = grants.filter((grant) => !account.vod.appGrants.delete(grantKey(grant))).map(({ policy }) => policy)
    return { FailedPolicyNames, NonExistPolicyNames }
  },
})

/** What each policy is about, and what it allows, as RAM's policies say it. */
const policies: Readonly<Record<AppPolicy, { description: string; actions: readonly string[] }>> = {
  VODAppFullAccess: { description: 'App full access permission', actions: ['vod:*'] },
  VODAppReadOnlyAccess: {
    description: 'App read only access permission',
    actions: ['vod:Get*', 'vod:Describe*', 'vod:Search*', 'vod:List*'],
  },
  VODAppAdministratorAccess: { description: 'App administrator access permission', actions: ['vod:*'] },
}

const policyValue = (policy: AppPolicy): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: policies[policy].actions, Resource: '*' }] })

export const listAppPoliciesForIdentity = wholeVod.action('ListAppPoliciesForIdentity', {
  summary: 'Lists what a RAM user or role was granted in an app; who is no administrator learns of their own grants alone.',
  source: 'VOD manual 15.3.3',
  limit: perSecond(10),
  input: () => ({
    // Both are mandatory in the manual and optional in the interface; who is no administrator does not need them.
    IdentityType: oneOf(identityTypes).optional(),
    IdentityName: text({ maxLength: 128, ownLimit: true }).optional(),
    AppId: anyAppId().default(DEFAULT_APP_ID),
  }),
  output: () =>
    z.object({
      AppPolicyList: inAnyOrder(
        z.array(
          z.object({
            PolicyType: z.enum(['System', 'Custom']),
            Description: z.string(),
            AppId: z.string(),
            PolicyName: z.string(),
            /** JSON. */
            PolicyValue: z.string(),
            CreationTime: z.string(),
            ModificationTime: z.string(),
          }),
        ),
      ),
    }),
  errors: notOpen,
  run({ input: { IdentityType, IdentityName, AppId }, account, key, fail }) {
    checkOpen(account, fail)
    const missing = (param: string) =>
      fail('MissingParameter', { param, reason: 'is not given; an administrator says whose grants are meant' })
    const grantee = isAdministrator(account, key)
      ? {
          identityType: IdentityType ?? missing('IdentityType'),
          identityName: IdentityName ?? missing('IdentityName'),
        }
      : granteeOf(key.identity)
    const granted = grantee === undefined ? [] : grantsOf(account, grantee).filter(({ appId }) => appId === AppId)
    return {
      AppPolicyList: granted.slice(0, MAX_LISTED).map(({ policy, appId, createdAt, modifiedAt }) => ({
        PolicyType: 'System' as const,
        Description: policies[policy].description,
        AppId: appId,
        PolicyName: policy,
        PolicyValue: policyValue(policy),
        CreationTime: toUtcSeconds(createdAt),
        ModificationTime: toUtcSeconds(modifiedAt),
      })),
    }
  },
})
