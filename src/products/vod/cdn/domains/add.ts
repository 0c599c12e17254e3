/** AddVodDomain, UpdateVodDomain (VOD manual 13.2.1, 13.2.2). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import type { Refusal } from '../../../../base/errors.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { oneOf } from '../../../../params/scalars.js'
import { isWildcard, scopes } from '../../shared/domains/domain.js'
import { vod } from '../../shared/service/service.js'
import { HOST_NAME } from '../../shared/storage/settings.js'
import { checkState, domainName, domainNamed, notFound, stateErrors } from '../common/errors.js'
import { ownerOf } from '../owner/proof.js'
import { checkHandedOn, handedOnErrors, handedOnParams } from './handed-on.js'
import { addition, send } from './jobs.js'
import { needsReview, type OriginFault, readSources, sources } from './sources.js'

/** Domains that an account may add. */
const MAX_DOMAINS = 20

const NO_SUCH_PARAMETER = 'The Action has no such parameter.'

const unused = (message: string, status = 400, faultOnly = NO_SUCH_PARAMETER) => ({ status, message, faultOnly })

/** An address, with or without the scheme before it. */
const checkUrl = () =>
  paramType({ type: 'String', maxLength: 2048, lengthUnit: 'characters', ownLimit: true }, (value) => {
    if (value.length > 2048) return new Violated('length', `has ${value.length} characters, and at most 2048 are allowed`)
    const isUrl = !/\s/.test(value) && URL.canParse(/^https?:\/\//i.test(value) ? value : `http://${value}`)
    return isUrl ? value : new Violated('value', 'is not an address such as www.example.com/test.html')
  })

const topLevelDomain = () =>
  paramType({ type: 'String' }, (value) =>
    HOST_NAME.test(value.toLowerCase()) ? value.toLowerCase() : new Violated('value', 'is not a name such as example.com'),
  )

/** The codes of AddVodDomain, which has no more of them. */
const addCodes = {
  sources: 'InvalidSources.Malformed',
  content: 'InvalidSources.Malformed',
  mismatch: 'InvalidSources.Malformed',
  type: 'InvalidSourceType.Malformed',
  priority: 'InvalidPriorities.Malformed',
} as const satisfies Record<OriginFault, string>

export const addVodDomain = vod.action('AddVodDomain', {
  summary: 'Adds a domain to play media through.',
  source: 'VOD manual 13.2.1',
  limit: perSecond(30),
  input: () => ({
    DomainName: domainName('InvalidDomainName.Malformed'),
    Sources: sources('InvalidSources.Malformed'),
    CheckUrl: checkUrl().optional(),
    Scope: oneOf(scopes, { codes: { value: 'InvalidScope.Malformed', malformed: 'InvalidScope.Malformed' } }).default('domestic'),
    TopLevelDomain: topLevelDomain().optional(),
    ...handedOnParams,
  }),
  output: () => z.object({}),
  errors: {
    'InvalidDomainName.Malformed': { status: 400, message: 'Specified DomainName is malformed.' },
    'InvalidSourceType.Malformed': { status: 400, message: 'Specified SourceType is malformed.' },
    'InvalidSources.Malformed': { status: 400, message: 'Specified Sources is malformed.' },
    'InvalidScope.Malformed': { status: 400, message: 'Specified Scope is malformed.' },
    InvaildParameter: unused('The Certificate you provided is malformed!'),
    BusinessExist: { status: 400, message: 'Business exist do not repeated submission' },
    DomainAlreadyExist: { status: 400, message: 'This domain name is exist already' },
    DomainOverLimit: { status: 403, message: 'The Number of Domain is over the limit' },
    DomainNotRegistration: { status: 404, message: 'The Domain name is not registered' },
    IllegalOperation: stateErrors.IllegalOperation,
    ServiceBusy: stateErrors.ServiceBusy,
    ...notFound,
    InnerAddDomainDenied: unused(
      "Your account haven't bind aoneId, can not add domain.",
      400,
      'Meant for accounts of the provider itself.',
    ),
    ExtensiveAndAllBothExist: {
      status: 400,
      message: "Extensive domain and the domain begins with 'all.' can not exist at the same time.",
    },
    ExtensiveAndSpecificDomainConflict: {
      status: 400,
      message: 'Extensive domain and corresponding specific domain are mutually exclusive.',
    },
    'InvalidPriorities.Malformed': { status: 400, message: 'The length of priorities is not the same with source.' },
    ...handedOnErrors,
  },
  job: addition,
  async run({ input, account, fail }) {
    const { DomainName: name, Sources, CheckUrl, Scope, TopLevelDomain } = input
    const { playDomains, clock } = account
    const read = readSources(Sources)
    if ('fault' in read) return fail(addCodes[read.fault], { param: 'Sources', reason: read.reason })
    if (/(?:^|\.)aliyuncs\.com$/.test(name)) fail('IllegalOperation', { param: 'DomainName', reason: 'is a name of the provider itself' })
    if (playDomains.leaving(name))
      fail('ServiceBusy', { param: 'DomainName', reason: 'is the name of a domain that is still being deleted' })
    const there = playDomains.get(name)
    if (there?.jobId !== undefined && account.jobs.get(there.jobId)?.kind === addition.name)
      fail('BusinessExist', { param: 'DomainName', reason: `is the name of a domain that is ${there.status}` })
    if (there) fail('DomainAlreadyExist', { param: 'DomainName', reason: 'is the name of a domain of the account' })
    checkNeighbours(account, name, fail)
    // No name below it is ever given out (RFC 6761).
    if (name.endsWith('.invalid')) fail('DomainNotRegistration', { param: 'DomainName', reason: 'is a name that nobody can register' })
    if (playDomains.all().length >= MAX_DOMAINS)
      fail('DomainOverLimit', { reason: `the account has ${MAX_DOMAINS} domains, which is all it may have` })
    if (ownerOf(account, name) === 'somebody else')
      fail('InvalidDomain.NotFound', {
        param: 'DomainName',
        reason: 'belongs to the account that the record of its root in the setting vod.dns is of',
      })
    checkHandedOn(account, input, fail)
    const now = clock.now()
    playDomains.put({
      name,
      // Both are stages of one way; what is to be reviewed by somebody says so.
      status: needsReview(read.origins) ? 'checking' : 'configuring',
      scope: Scope,
      sources: read.origins,
      checkUrl: CheckUrl,
      topLevelDomain: TopLevelDomain,
      configs: [],
      configsMade: 0,
      createdAt: now,
      modifiedAt: now,
    })
    await send(account, addition, name, 'online')
    return {}
  },
})

/** A name that stands for all of its level has none of them beside it. */
function checkNeighbours(
  { playDomains }: Account,
  name: string,
  fail: (code: 'ExtensiveAndAllBothExist' | 'ExtensiveAndSpecificDomainConflict', refusal: Refusal) => never,
): void {
  const parent = name.slice(name.indexOf('.'))
  const conflicting = isWildcard(name)
    ? playDomains.all().find((each) => each.name !== name && each.name.slice(each.name.indexOf('.')) === name)
    : playDomains.get(parent)
  if (conflicting === undefined) return
  const isAll = [name, conflicting.name].some((each) => each.startsWith('all.'))
  fail(isAll ? 'ExtensiveAndAllBothExist' : 'ExtensiveAndSpecificDomainConflict', {
    param: 'DomainName',
    reason: `cannot be beside ${conflicting.name}`,
  })
}

const updateCodes = {
  sources: 'InvalidSource.Content.Malformed',
  content: 'InvalidSource.Content.Malformed',
  mismatch: 'InvalidTypeContent.Mismatch',
  type: 'InvalidSource.Type.Malformed',
  priority: 'InvalidSource.Priority.Malformed',
} as const satisfies Record<OriginFault, string>

export const updateVodDomain = vod.action('UpdateVodDomain', {
  summary: 'Changes the origins of a domain.',
  source: 'VOD manual 13.2.2',
  limit: perSecond(30),
  input: () => ({
    DomainName: domainName('InvalidDomainName.Malformed'),
    Sources: sources('InvalidSource.Content.Malformed').optional(),
    TopLevelDomain: topLevelDomain().optional(),
  }),
  output: () => z.object({}),
  errors: {
    'InvalidDomainName.Malformed': { status: 400, message: 'Specified DomainName is malformed.' },
    'InvalidSource.Content.Malformed': { status: 400, message: 'Specified source content is malformed.' },
    'InvalidSource.Type.Malformed': { status: 400, message: 'Specified source type is malformed.' },
    'InvalidTypeContent.Mismatch': { status: 400, message: 'Specified source type does not math the specified source content.' },
    'InvalidSource.Priority.Malformed': { status: 400, message: 'Specified source priority is malformed.' },
    'InvalidScope.Malformed': unused('Specified Scope is malformed.'),
    IllegalOperation: stateErrors.IllegalOperation,
    ...notFound,
  },
  run({ input: { DomainName, Sources, TopLevelDomain }, account, fail }) {
    const { playDomains, clock } = account
    const read = Sources === undefined ? { origins: undefined } : readSources(Sources)
    if ('fault' in read) return fail(updateCodes[read.fault], { param: 'Sources', reason: read.reason })
    const domain = domainNamed(account, DomainName, fail)
    checkState(domain, ['IllegalOperation'], fail)
    playDomains.update(domain.name, (draft) => {
      if (read.origins) draft.sources = read.origins
      if (TopLevelDomain !== undefined) draft.topLevelDomain = TopLevelDomain
      draft.modifiedAt = clock.now()
    })
    return {}
  },
})
