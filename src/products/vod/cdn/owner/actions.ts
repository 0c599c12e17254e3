/** VerifyVodDomainOwner, DescribeVodVerifyContent (VOD manual 13.3). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { oneOf } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { domainName } from '../common/errors.js'
import { contentFor, ownerOf, recordFor } from './proof.js'

/** The domain need not be one of the account's yet. */
const anyDomain = () => domainName('InvalidParameter')

export const verifyVodDomainOwner = vod.action('VerifyVodDomainOwner', {
  summary: 'Checks in the DNS of a domain whether it belongs to the account.',
  source: 'VOD manual 13.3.1',
  limit: perSecond(100),
  input: () => ({ DomainName: anyDomain(), VerifyType: oneOf(['dnsCheck']) }),
  output: () => z.object({ Content: z.string() }),
  errors: { DomainOwnerVerifyFail: { status: 400, message: 'Owner verification of the root domain failed.' } },
  run({ input: { DomainName }, account, fail }) {
    const content = contentFor(account, DomainName)
    if (ownerOf(account, DomainName) !== 'the account')
      fail('DomainOwnerVerifyFail', {
        param: 'DomainName',
        reason: `is not proved to be the account's: the setting vod.dns has no record {"name":"${recordFor(DomainName)}","txt":"${content}"}`,
      })
    return { Content: content }
  },
})

export const describeVodVerifyContent = vod.action('DescribeVodVerifyContent', {
  summary: 'Answers what a record in the DNS of a domain must say to prove that it belongs to the account.',
  source: 'VOD manual 13.3.2',
  limit: perSecond(100),
  input: () => ({ DomainName: anyDomain() }),
  output: () => z.object({ Content: z.string() }),
  run: ({ input: { DomainName }, account }) => ({ Content: contentFor(account, DomainName) }),
})
