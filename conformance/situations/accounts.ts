/** What Actions are refused for because of the state of the account, or of who calls. */

import { type Before, each, refusedWith, type Situation } from './situation.js'

const notOpened = async ({ account }: Before): Promise<void> => {
  account.settings.change({ services: { vod: 'notOpened' } })
}

const suspended = async ({ account }: Before): Promise<void> => {
  account.settings.change({ services: { vod: 'suspended' } })
}

const withoutApps = async ({ account }: Before): Promise<void> => {
  account.settings.change({ vod: { multiApp: false } })
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

/** Situations of accounts and apps. */
export const accountSituations: readonly Situation[] = [
  ...refusedWith('OperationDenied', each([...usage, ...caches, 'SetVodDomainCertificate']), notOpened),
  ...refusedWith('OperationDenied.Suspended', each(caches), suspended),
  ...refusedWith('OperationDenied.NotOpenAppService', each([...apps, ...moreApps]), withoutApps),
  ...refusedWith(
    'Forbidden.OperateApp',
    each(['AttachAppPolicyToIdentity', 'DeleteAppInfo', 'DetachAppPolicyFromIdentity', 'UpdateAppInfo']),
  ).map(asUser),
  ...refusedWith('Forbidden.OperateAppResource', each(['MoveAppResource'])).map(asUser),
  ...refusedWith('Forbidden.ResourceNotEmpty', { DeleteAppInfo: {} }, async ({ call, params: { AppId = '' } }) => {
    await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', AppId })
  }),
]
