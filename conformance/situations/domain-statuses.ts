/** Play domains as they can be: one in each status. */

import type { Before } from '../cases/before.js'

/** Origins that need no review. */
export const SOURCES = '[{"type":"oss","content":"files.oss-cn-shanghai.aliyuncs.com","port":80,"priority":"20"}]'

/** Origins of somebody else, whose domain is reviewed: those of the manual's example. */
export const OUTSIDE = '[{"content":"1.1.1.1","type":"ipaddr","priority":"20","port":80}]'

/** Adds a domain for each status, and ones that stand for many or are below one such. The account's limits on calls are off from then on. */
export async function domainsInEachStatus({ account, call, advance }: Pick<Before, 'account' | 'call' | 'advance'>): Promise<void> {
  account.settings.change({ limits: { enabled: false } })
  for (const [name, stage] of [
    ['failed', 'Checking'],
    ['broken', 'Configuring'],
  ])
    await account.faults.add({
      action: 'AddVodDomain',
      when: { DomainName: `${name}.example.com` },
      job: { fail: { code: 'Broken', stage: stage as string } },
    })
  for (const name of [
    'online.example.com',
    'offline.example.com',
    'failed.example.com',
    'broken.example.com',
    '.example.org',
    'all.example.net',
  ])
    await call('AddVodDomain', { DomainName: name, Sources: SOURCES })
  await advance('10s')
  await call('BatchStopVodDomain', { DomainNames: 'offline.example.com' })
  await call('AddVodDomain', { DomainName: 'leaving.example.com', Sources: SOURCES })
  await advance('10s')
  await call('DeleteVodDomain', { DomainName: 'leaving.example.com' })
  await call('AddVodDomain', { DomainName: 'new.example.com', Sources: SOURCES })
}
