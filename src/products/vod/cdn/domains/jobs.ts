/** How domains change: what is set of them reaches the nodes after a while. */

import type { Account } from '../../../../account/types.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import type { Domain } from '../../shared/domains/domain.js'
import { newId } from '../../shared/media/new-id.js'
import { ownerOf } from '../owner/proof.js'

/** The domain that a job is for, unless it is not on its way by this job any more. */
function domainOf({ playDomains }: Account, { id, input }: Job): Domain | undefined {
  const name = String(input.domainName)
  const domain = playDomains.leaving(name) ?? playDomains.get(name)
  return domain?.jobId === id ? domain : undefined
}

const faultParams: JobKind['faultParams'] = { DomainName: (_account, { input }) => String(input.domainName) }

/** Adds a domain: it is reviewed, then its nodes are configured. */
export const addition: JobKind = {
  name: 'vod.AddVodDomain',
  stages: [
    { name: 'Checking', duration: '2s', work: review },
    { name: 'Configuring', duration: '3s' },
  ],
  timeout: '1h',
  attempts: 1,
  failsIn: ['Configuring', 'Checking'],
  failure: { code: 'ConfigureFailed', message: 'The nodes cannot be configured.' },
  faultParams,
  work: () => ({ result: null }),
  ended(account, job) {
    const failed = job.stage === 'Checking' ? 'check_failed' : 'configure_failed'
    arrive(account, job, job.ending === 'succeeded' ? 'online' : failed)
  },
}

function review(account: Account, job: Job): Outcome | undefined {
  const domain = domainOf(account, job)
  if (domain === undefined) return undefined
  const reason = objectionTo(account, domain)
  if (reason !== undefined) return { failed: { code: 'CheckFailed', message: 'The domain has not passed the review.', reason } }
  account.playDomains.update(domain.name, (draft) => {
    draft.status = 'configuring'
  })
  return undefined
}

/** Why a domain does not pass the review. */
function objectionTo(account: Account, { name, checkUrl }: Domain): string | undefined {
  const { dns = [] } = account.settings.values.vod
  if (dns.length > 0 && ownerOf(account, name) !== 'the account') return `the setting vod.dns has no record that proves who owns ${name}`
  if (checkUrl === undefined) return undefined
  const defect = account.assetOf(/^https?:/i.test(checkUrl) ? checkUrl : `http://${checkUrl}`)?.defect
  return defect === undefined ? undefined : `${checkUrl} ${defect}`
}

/** A change that only takes its time. */
const kindOf = (action: string, outcome: 'online' | 'offline' | 'gone'): JobKind => ({
  name: `vod.${action}`,
  stages: [{ name: 'Configuring', duration: '2s' }],
  timeout: '1h',
  attempts: 1,
  failure: { code: 'ConfigureFailed', message: 'The nodes cannot be configured.' },
  faultParams,
  work: () => ({ result: null }),
  ended(account, job) {
    if (outcome === 'gone') leave(account, job)
    else arrive(account, job, job.ending === 'succeeded' ? outcome : 'configure_failed')
  },
})

export const starting = kindOf('BatchStartVodDomain', 'online')
export const stopping = kindOf('BatchStopVodDomain', 'offline')
export const deletion = kindOf('DeleteVodDomain', 'gone')

function arrive(account: Account, job: Job, status: Domain['status']): void {
  const domain = domainOf(account, job)
  if (domain === undefined || domain.towards === 'gone') return
  account.playDomains.update(domain.name, (draft) => {
    draft.status = status
    draft.towards = undefined
    draft.jobId = undefined
    draft.modifiedAt = account.clock.now()
  })
}

/** What is gone for everybody is gone at last, whatever became of the nodes. */
function leave(account: Account, job: Job): void {
  const domain = domainOf(account, job)
  if (domain) account.playDomains.remove(domain.name)
}

/** Has a domain go on its way to something. */
export async function send(account: Account, kind: JobKind, name: string, towards: NonNullable<Domain['towards']>): Promise<void> {
  const jobId = newId(account)
  account.playDomains.update(name, (draft) => {
    draft.towards = towards
    draft.jobId = jobId
    draft.modifiedAt = account.clock.now()
    if (kind !== addition) draft.status = 'configuring'
  })
  await account.jobs.start(kind, jobId, { domainName: name })
}
