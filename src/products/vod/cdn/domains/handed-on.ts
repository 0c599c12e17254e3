/**
 * What AddVodDomain hands on to the CDN. Its table of errors is that of AddCdnDomain, whose parameters CdnType, Region and ResourceGroupId its own table
 * of parameters lacks. They are checked as the manual of the CDN says, and change nothing of the domain.
 */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { oneOf } from '../../../../params/scalars.js'
import { type Domain, isWildcard } from '../../shared/domains/domain.js'

/** Every mistake in a parameter has one code. */
const whatever = (code: string) => ({ malformed: code, format: code, value: code, length: code })

/** Kinds of business of the CDN. */
const cdnTypes = ['web', 'download', 'video', 'liveStream'] as const

/** Where live streams are taken in. */
const liveRegions = ['cn-beijing', 'cn-shanghai', 'cn-shenzhen', 'ap-southeast-1'] as const

const GROUP_CODE = 'InvalidResourceGroupId.Malformed'

/** The parameters, by their names on the wire. */
export const handedOnParams = {
  CdnType: oneOf(cdnTypes, { codes: whatever('InvalidCdnType.Malformed') }).optional(),
  Region: oneOf(liveRegions, { codes: whatever('InvalidRegion.Malformed') }).optional(),
  ResourceGroupId: paramType({ type: 'String', maxLength: 64, ownLimit: true, codes: whatever(GROUP_CODE) }, (value) =>
    /^rg-[a-z0-9]{1,61}$/.test(value) ? value : new Violated('value', 'is not an id such as rg-acfmyuji4b6r4'),
  ).optional(),
}

/** What they are refused for. */
export const handedOnErrors = {
  'InvalidCdnType.Malformed': { status: 400, message: 'Specified CdnType is malformed.' },
  CdnTypeNotSupportExtensiveDomain: { status: 400, message: 'Extensive domain not supported for this cdn type.' },
  'InvalidRegion.Malformed': { status: 400, message: 'Specified Region is malformed.' },
  'InvalidResourceGroupId.Malformed': { status: 400, message: 'Specified ResourceGroupId is malformed.' },
  'EntityNotExists.ResourceGroup': { status: 400, message: 'The resource group does not exist.' },
  'InvalidStatus.ResourceGroup': {
    status: 400,
    message: "It's now allowed to do this operation because of the current status of resource-group.",
  },
  NotInternationRealIdentity: {
    status: 400,
    message: 'You need to do real name authentication when you use Chinese mainland resources.',
  },
} as const satisfies ErrorTable

/** What is looked at of a call. */
interface HandedOn {
  DomainName: string
  Scope: Domain['scope']
  CdnType?: (typeof cdnTypes)[number] | undefined
  ResourceGroupId?: string | undefined
}

/** Refuses what the CDN would not take. */
export function checkHandedOn(
  { settings }: Account,
  { DomainName, Scope, CdnType, ResourceGroupId }: HandedOn,
  fail: (code: keyof typeof handedOnErrors, refusal: Refusal) => never,
): void {
  const { resourceGroups = [], realName = true } = settings.values.vod
  if (!realName && Scope !== 'overseas')
    fail('NotInternationRealIdentity', {
      param: 'Scope',
      reason: `is ${Scope}, and the setting vod.realName says that nobody has proved who has the account`,
    })
  // A stream that is pushed has one address: it cannot be under all names of a level.
  if (CdnType === 'liveStream' && isWildcard(DomainName))
    fail('CdnTypeNotSupportExtensiveDomain', { param: 'CdnType', reason: `is liveStream, and ${DomainName} stands for all names below it` })
  if (ResourceGroupId === undefined) return
  const group = resourceGroups.find(({ id }) => id === ResourceGroupId)
  const where = 'the groups in the setting vod.resourceGroups'
  if (group === undefined) fail('EntityNotExists.ResourceGroup', { param: 'ResourceGroupId', reason: `is none of ${where}` })
  else if (group.status !== 'OK')
    fail('InvalidStatus.ResourceGroup', { param: 'ResourceGroupId', reason: `is one of ${where} that is ${group.status}` })
}
