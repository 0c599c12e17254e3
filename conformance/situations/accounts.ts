/** What Actions are refused for because of the state of the account, or of who calls. */

import type { Before } from '../cases/before.js'
import { about, each, refusedWith, type Situation } from './situation.js'

const notOpened = async ({ account }: Before): Promise<void> => {
  account.settings.change({ services: { vod: 'notOpened' } })
}

const suspended = async ({ account }: Before): Promise<void> => {
  account.settings.change({ services: { vod: 'suspended' } })
}

const withoutApps = async ({ account }: Before): Promise<void> => {
  account.settings.change({ vod: { multiApp: false } })
}

/** All Actions of the service together have had what they may: another one has. */
const busy = async ({ account, call }: Before): Promise<void> => {
  account.settings.change({ limits: { together: { 'vod.*': { limit: 1, per: 'second' } } } })
  await call('ListAppInfo')
}

const usage = [
  'DescribeVodAIData',
  'DescribeVodDomainTrafficData',
  'DescribeVodDomainUsageData',
  'DescribeVodStorageData',
  'DescribeVodTranscodeData',
]
const caches = ['DescribeVodRefreshQuota', 'DescribeVodRefreshTasks', 'PreloadVodObjectCaches', 'RefreshVodObjectCaches']
const apps = ['AttachAppPolicyToIdentity', 'CreateAppInfo', 'DeleteAppInfo', 'DetachAppPolicyFromIdentity', 'GetAppInfos']
const moreApps = ['ListAppInfo', 'ListAppPoliciesForIdentity', 'MoveAppResource', 'UpdateAppInfo']
const asUser = (situation: Situation): Situation => ({ ...situation, asUser: true })

const jobQueries = ['videoenhan', 'videorecog', 'videoseg'].map((service) => `${service}.GetAsyncJobResult`)

/** Ids of jobs that are none: in the form of one, and not. */
const unknownJobs: Situation[] = jobQueries.flatMap((action) => [
  { action, code: 'InvalidParameter', names: { param: 'JobId' }, changes: { JobId: '00000000-0000-4000-8000-000000000000' } },
  { action, code: 'InvalidParameter.Format', names: { param: 'JobId' }, changes: { JobId: 'x' } },
])

/** Situations of accounts and apps. */
export const accountSituations: readonly Situation[] = [
  ...unknownJobs,
  ...refusedWith('OperationDenied', about.account, each([...usage, ...caches, 'SetVodDomainCertificate']), notOpened),
  ...refusedWith('Throttling', about.rate, each([...usage, ...caches]), busy),
  ...refusedWith('OperationDenied.Suspended', about.account, each(caches), suspended),
  ...refusedWith('OperationDenied.NotOpenAppService', about.account, each([...apps, ...moreApps]), withoutApps),
  ...refusedWith(
    'Forbidden.OperateApp',
    about.caller,
    each(['AttachAppPolicyToIdentity', 'DeleteAppInfo', 'DetachAppPolicyFromIdentity', 'UpdateAppInfo']),
  ).map(asUser),
  ...refusedWith('Forbidden.OperateAppResource', 'TargetAppId', each(['MoveAppResource'])).map(asUser),
  ...refusedWith('Forbidden.ResourceNotEmpty', 'AppId', { DeleteAppInfo: {} }, async ({ call, params: { AppId = '' } }) => {
    await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', AppId })
  }),
]
