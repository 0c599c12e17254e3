/** DeleteVodDomain, BatchStartVodDomain, BatchStopVodDomain (VOD manual 13.2.3 to 13.2.5). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { vod } from '../../shared/service/service.js'
import { checkState, domainName, domainNamed, knownDomains, notFound, stateErrors } from '../common/errors.js'
import { dropCopiesOf } from '../playout/cache.js'
import { deletion, send, starting, stopping } from './jobs.js'

export const deleteVodDomain = vod.action('DeleteVodDomain', {
  summary: 'Deletes a domain with all that is set of it; nothing is played through it from then on.',
  source: 'VOD manual 13.2.3',
  limit: perSecond(10),
  input: () => ({ DomainName: domainName('InvaildParameter') }),
  output: () => z.object({}),
  errors: {
    // The manual's spelling.
    InvaildParameter: { status: 400, message: 'The specific value of parameter DomainName is malformed.' },
    ...notFound,
  },
  job: deletion,
  async run({ input: { DomainName }, account, fail }) {
    const { name } = domainNamed(account, DomainName, fail)
    dropCopiesOf(account, name)
    await send(account, deletion, name, 'gone')
    return {}
  },
})

// The manual documents no errors of these two; what is no domain of the account, or on its way already, is answered as everywhere.
const switchErrors = { ...notFound, IllegalOperation: stateErrors.IllegalOperation, ServiceBusy: stateErrors.ServiceBusy }

export const batchStartVodDomain = vod.action('BatchStartVodDomain', {
  summary: 'Has domains played through again that were stopped.',
  source: 'VOD manual 13.2.4',
  limit: perSecond(30),
  input: () => ({ DomainNames: knownDomains() }),
  output: () => z.object({}),
  errors: switchErrors,
  job: starting,
  async run({ input: { DomainNames }, account, fail }) {
    const domains = DomainNames.map((name) => domainNamed(account, name, fail, 'DomainNames'))
    for (const domain of domains) checkState(domain, ['IllegalOperation', 'ServiceBusy'], fail, 'DomainNames')
    for (const { name } of domains) if (account.playDomains.get(name)?.status === 'offline') await send(account, starting, name, 'online')
    return {}
  },
})

export const batchStopVodDomain = vod.action('BatchStopVodDomain', {
  summary: 'Has domains not played through any more; what is set of them stays.',
  source: 'VOD manual 13.2.5',
  limit: perSecond(30),
  input: () => ({ DomainNames: knownDomains() }),
  output: () => z.object({}),
  errors: switchErrors,
  job: stopping,
  async run({ input: { DomainNames }, account, fail }) {
    const domains = DomainNames.map((name) => domainNamed(account, name, fail, 'DomainNames'))
    for (const domain of domains) checkState(domain, ['IllegalOperation', 'ServiceBusy'], fail, 'DomainNames')
    for (const { name } of domains) if (account.playDomains.get(name)?.status === 'online') await send(account, stopping, name, 'offline')
    return {}
  },
})
