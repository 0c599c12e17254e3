/** What Actions about play domains, their files, certificates and statistics are refused for. */

import type { Before } from '../cases/before.js'
import type { Changes, Named } from '../cases/case.js'
import { certificate, laterCertificate, otherCertificate, shortCertificate } from './certificates.js'
import { domainsInEachStatus, OUTSIDE, SOURCES } from './domain-statuses.js'
import { about, each, fillUp, refusedWith, type Situation } from './situation.js'

const origins = (fields: object): string => JSON.stringify([{ type: 'ipaddr', content: '1.1.1.1', ...fields }])

const named = (name: string) => ({ DomainName: `${name}.example.com` })
const fileOf = (host: string) => ({ ObjectPath: `${host}/film.mp4`, ObjectType: undefined })

/** Actions that work with a domain in each status, which `param` names. */
const ofDomains = (param: string, status: (name: string) => Changes, actions: readonly string[]): Situation[] => [
  ...refusedWith('IllegalOperation', param, each(actions, status('failed')), domainsInEachStatus),
  ...refusedWith('InvalidDomain.NotFound', param, each(actions, status('none')), domainsInEachStatus),
  ...refusedWith('InvalidDomain.Offline', param, each(actions, status('offline')), domainsInEachStatus),
  ...refusedWith('ServiceBusy', param, each(actions, status('new')), domainsInEachStatus),
  ...refusedWith('InvalidDomain.Configure_failed', param, each(actions, status('broken')), domainsInEachStatus),
]

const secure = { SSLProtocol: 'on', SSLPub: certificate.pem, SSLPri: certificate.key, CertName: undefined }

const frame = (what: string): string => `-----BEGIN ${what}-----\nYWJj\n-----END ${what}-----`

const on = ({ call, params: { DomainName = '' } }: Before, more: Record<string, string> = {}) =>
  call('SetVodDomainCertificate', { DomainName, SSLProtocol: 'on', SSLPub: certificate.pem, SSLPri: certificate.key, ...more })

const certificates: Situation[] = [
  ...ofDomains('DomainName', (name) => ({ ...named(name), ...secure }), ['SetVodDomainCertificate']).filter(
    ({ code }) => code !== 'InvalidDomain.Configure_failed',
  ),
  ...refusedWith('InvalidDomain.NotFound', 'DomainName', { DescribeVodDomainCertificateInfo: named('none') }),
  ...refusedWith('SSLPri.MissingParameter', 'SSLPri', { SetVodDomainCertificate: { ...secure, SSLPri: undefined } }),
  ...refusedWith('InvalidCertificate', 'SSLPub', { SetVodDomainCertificate: { ...secure, SSLPub: frame('CERTIFICATE') } }),
  ...refusedWith('Certificate.FormatError', 'SSLPub', { SetVodDomainCertificate: { ...secure, SSLPub: 'abc' } }),
  ...refusedWith('InvalidSSLPri', 'SSLPri', { SetVodDomainCertificate: { ...secure, SSLPri: frame('PRIVATE KEY') } }),
  ...refusedWith('SSLPri.Malformed', 'SSLPri', { SetVodDomainCertificate: { ...secure, SSLPri: 'abc' } }),
  ...refusedWith('Certificate.KeyNull', 'SSLPri', { SetVodDomainCertificate: { ...secure, SSLPri: ' ' } }),
  ...refusedWith('Certificate.MissMatch', 'SSLPri', { SetVodDomainCertificate: { ...secure, SSLPri: otherCertificate.key } }),
  ...refusedWith('SetDomainSSLPub.ParameterError', 'SSLPub', {
    SetVodDomainCertificate: { ...secure, SSLPub: otherCertificate.pem, SSLPri: otherCertificate.key },
  }),
  ...refusedWith('InvalidCertificate.TooLong', 'SSLPub', { SetVodDomainCertificate: { ...secure, SSLPub: 'x'.repeat(65_537) } }),
  ...refusedWith(
    'Certificate.StatusError',
    'SSLPub',
    { SetVodDomainCertificate: { ...secure, SSLPub: shortCertificate.pem, SSLPri: shortCertificate.key } },
    async ({ account }) => {
      await account.clock.advanceTo('2026-03-01T00:00:01Z')
    },
  ),
  ...refusedWith(
    'Certificate.Duplicated',
    'CertName',
    { SetVodDomainCertificate: { ...secure, SSLPub: shortCertificate.pem, SSLPri: shortCertificate.key, CertName: 'own' } },
    async (before) => {
      await on(before, { CertName: 'own' })
    },
  ),
  ...refusedWith(
    'Certificate.SettedNotEffect',
    'SSLPub',
    { SetVodDomainCertificate: { ...secure, SSLPub: laterCertificate.pem, SSLPri: laterCertificate.key } },
    async (before) => {
      await on(before)
    },
  ),
  ...refusedWith(
    'Certificate.NotPermittedOff',
    'SSLProtocol',
    { SetVodDomainCertificate: { SSLProtocol: 'off', CertName: undefined } },
    async (before) => {
      await on(before)
      const force = [{ functionName: 'https_force', functionArgs: [{ argName: 'enable', argValue: 'on' }] }]
      await before.call('BatchSetVodDomainConfigs', { DomainNames: before.params.DomainName ?? '', Functions: JSON.stringify(force) })
      await before.advance('10s')
    },
  ),
]

const functionOf = (functionName: string, argName: string, argValue: string): string =>
  JSON.stringify([{ functionName, functionArgs: [{ argName, argValue }] }])

const memberOfFunctions = (member: string): Named => ({ param: 'Functions', member })

const configs: Situation[] = [
  ...refusedWith('InvalidFunctionName.ValueNotSupported', memberOfFunctions('functionName'), {
    BatchSetVodDomainConfigs: { Functions: functionOf('ali_ua', 'a', 'b') },
  }),
  ...refusedWith('InvalidFunctionName.ValueNotSupported', 'FunctionNames', { DescribeVodDomainConfigs: { FunctionNames: 'ali_ua' } }),
  ...refusedWith('InvalidArgName.ValueNotSupported', memberOfFunctions('functionArgs.argName'), {
    BatchSetVodDomainConfigs: { Functions: functionOf('range', 'open', 'on') },
  }),
  ...refusedWith('InvalidArgValue.Malformed', memberOfFunctions('functionArgs.argValue'), {
    BatchSetVodDomainConfigs: { Functions: functionOf('range', 'enable', 'perhaps') },
  }),
  // The manual writes the name of the parameter as a placeholder.
  ...refusedWith('InvalidFunctionName.ValueNotSupported', 'ConfigId', { DeleteVodSpecificConfig: { ConfigId: '17' } }),
]

const memberOfSources = (member: string): Named => ({ param: 'Sources', member })

const added: Situation[] = [
  ...refusedWith('InvalidSourceType.Malformed', memberOfSources('type'), { AddVodDomain: { Sources: origins({ type: 'ftp' }) } }),
  ...refusedWith('InvalidPriorities.Malformed', memberOfSources('priority'), { AddVodDomain: { Sources: origins({ priority: '5' }) } }),
  ...refusedWith('BusinessExist', 'DomainName', { AddVodDomain: { ...named('new'), Sources: OUTSIDE } }, domainsInEachStatus),
  ...refusedWith('DomainAlreadyExist', 'DomainName', { AddVodDomain: { ...named('online'), Sources: OUTSIDE } }, domainsInEachStatus),
  ...refusedWith('DomainNotRegistration', 'DomainName', { AddVodDomain: { DomainName: 'vod.cdn.invalid' } }),
  ...refusedWith(
    'IllegalOperation',
    'DomainName',
    { AddVodDomain: { DomainName: 'vod.aliyuncs.com' }, UpdateVodDomain: { ...named('failed'), Sources: SOURCES } },
    domainsInEachStatus,
  ),
  ...refusedWith('ServiceBusy', 'DomainName', { AddVodDomain: { ...named('leaving'), Sources: SOURCES } }, domainsInEachStatus),
  ...refusedWith(
    'ExtensiveAndAllBothExist',
    'DomainName',
    { AddVodDomain: { DomainName: '.example.net', Sources: SOURCES } },
    domainsInEachStatus,
  ),
  ...refusedWith(
    'ExtensiveAndSpecificDomainConflict',
    'DomainName',
    { AddVodDomain: { DomainName: 'one.example.org', Sources: SOURCES } },
    domainsInEachStatus,
  ),
  ...refusedWith(
    'DomainOverLimit',
    about.quota,
    { AddVodDomain: { DomainName: 'more.example.com', Sources: SOURCES } },
    async ({ account, call }) => {
      account.settings.change({ limits: { enabled: false } })
      const { TotalCount } = await call('DescribeVodUserDomains')
      await fillUp(TotalCount, 20, (number) => call('AddVodDomain', { DomainName: `d${number}.example.com`, Sources: SOURCES }))
    },
  ),
  ...refusedWith('InvalidDomain.NotFound', 'DomainName', {
    DescribeVodDomainDetail: named('none'),
    UpdateVodDomain: { ...named('none'), Sources: SOURCES },
  }),
  ...refusedWith('InvalidDomain.NotFound', 'DomainName', { AddVodDomain: named('claimed') }, async ({ account }) => {
    account.settings.change({ vod: { dns: [{ name: 'verification.example.com', txt: 'verify_somebody' }] } })
  }),
  ...refusedWith('ServiceBusy', 'DomainName', { DescribeVodDomainDetail: named('leaving') }, domainsInEachStatus),
  ...refusedWith('InvalidCdnType.Malformed', 'CdnType', { AddVodDomain: { CdnType: 'music' } }),
  ...refusedWith('CdnTypeNotSupportExtensiveDomain', 'CdnType', { AddVodDomain: { DomainName: '.example.net', CdnType: 'liveStream' } }),
  ...refusedWith('InvalidRegion.Malformed', 'Region', { AddVodDomain: { Region: 'shanghai' } }),
  ...refusedWith('InvalidResourceGroupId.Malformed', 'ResourceGroupId', { AddVodDomain: { ResourceGroupId: 'default' } }),
  ...refusedWith(
    'EntityNotExists.ResourceGroup',
    'ResourceGroupId',
    { AddVodDomain: { ResourceGroupId: 'rg-other' } },
    async ({ account }) => {
      account.settings.change({ vod: { resourceGroups: [{ id: 'rg-own' }] } })
    },
  ),
  ...refusedWith('InvalidStatus.ResourceGroup', 'ResourceGroupId', { AddVodDomain: { ResourceGroupId: 'rg-own' } }, async ({ account }) => {
    account.settings.change({ vod: { resourceGroups: [{ id: 'rg-own', status: 'PendingDelete' }] } })
  }),
  ...refusedWith('NotInternationRealIdentity', 'Scope', { AddVodDomain: {} }, async ({ account }) => {
    account.settings.change({ vod: { realName: false } })
  }),
  ...refusedWith('InvalidSource.Type.Malformed', memberOfSources('type'), { UpdateVodDomain: { Sources: origins({ type: null }) } }),
  ...refusedWith('InvalidTypeContent.Mismatch', memberOfSources('content'), { UpdateVodDomain: { Sources: origins({ type: 'domain' }) } }),
  ...refusedWith('InvalidSource.Priority.Malformed', memberOfSources('priority'), {
    UpdateVodDomain: { Sources: origins({ priority: 'high' }) },
  }),
  ...refusedWith('DomainOwnerVerifyFail', 'DomainName', { VerifyVodDomainOwner: { DomainName: 'unproved.example.net' } }),
]

const files: Situation[] = [
  ...ofDomains('ObjectPath', (name) => fileOf(`${name}.example.com`), ['PreloadVodObjectCaches', 'RefreshVodObjectCaches']),
  ...refusedWith(
    'InvalidExtensiveDomain.ValueNotSupported',
    'ObjectPath',
    each(['PreloadVodObjectCaches', 'RefreshVodObjectCaches'], fileOf('one.example.org')),
    domainsInEachStatus,
  ),
  ...refusedWith('QuotaExceeded.Refresh', 'ObjectPath', { RefreshVodObjectCaches: fileOf('online.example.com') }, async (before) => {
    await domainsInEachStatus(before)
    const { UrlRemain } = await before.call('DescribeVodRefreshQuota')
    for (let left = Number(UrlRemain); left > 0; left -= 1000) {
      await before.call('RefreshVodObjectCaches', { ObjectPath: paths(Math.min(left, 1000)) })
      await before.advance('1m')
    }
  }),
  ...refusedWith(
    'QuotaPerMinuteExceeded.Refresh',
    'ObjectPath',
    { RefreshVodObjectCaches: fileOf('online.example.com') },
    async (before) => {
      await domainsInEachStatus(before)
      await before.call('RefreshVodObjectCaches', { ObjectPath: paths(1000) })
    },
  ),
  ...refusedWith('PreloadQueueFull', 'ObjectPath', { PreloadVodObjectCaches: fileOf('online.example.com') }, async (before) => {
    await domainsInEachStatus(before)
    await before.account.clock.advanceTo('2026-01-01T15:59:59Z')
    await before.call('PreloadVodObjectCaches', { ObjectPath: paths(500) })
    await before.account.clock.advanceTo('2026-01-01T16:00:00Z')
  }),
  ...refusedWith('InvalidTaskId.Malformed', 'TaskId', { DescribeVodRefreshTasks: { TaskId: 'x' } }),
]

const paths = (count: number): string => Array.from({ length: count }, (_, index) => `online.example.com/${index}.mp4`).join('\n')

const span = (StartTime: string, EndTime: string) => ({ StartTime: `${StartTime}T00:00:00Z`, EndTime: `${EndTime}T00:00:00Z` })
const plays = ['DescribePlayUserAvg', 'DescribePlayUserTotal', 'DescribePlayVideoStatis']
const usage = ['DescribeVodAIData', 'DescribeVodStorageData', 'DescribeVodTranscodeData']
const traffic = ['DescribeVodDomainTrafficData', 'DescribeVodDomainUsageData']
const aboutDomains = ['DescribeVodDomainBpsData', 'DescribeVodDomainTrafficData']

const statistics: Situation[] = [
  ...refusedWith('InvalidBizDate.BeyondCurrent', 'BizDate', { DescribePlayTopVideos: { BizDate: '2036-02-01T00:00:00Z' } }),
  ...refusedWith('InvalidEndTime.BeyondCurrent', 'EndTime', each(plays, { EndTime: '2036-02-01T00:00:00Z' })),
  ...refusedWith('InvalidEndTime.Mismatch', 'EndTime', each([...plays, ...aboutDomains], span('2025-12-30', '2025-12-30'))),
  ...refusedWith('InvalidTimeRange', 'StartTime', each([...usage, 'DescribeVodDomainUsageData'], span('2025-09-29', '2025-12-31'))),
  ...refusedWith('InvalidStartTime.ValueNotSupported', 'StartTime', each(aboutDomains, span('2025-10-01', '2026-01-01'))),
  ...refusedWith('InvalidParameterAliUid', 'OwnerId', each(usage, { OwnerId: '1' })),
  ...refusedWith('InvalidParameterInterval', 'Interval', { DescribeVodDomainUsageData: { Interval: '60' } }),
  ...refusedWith('MissingParameter', 'EndTime', {
    DescribeVodDomainTrafficData: { StartTime: '2026-01-01T00:00:00Z', EndTime: undefined },
  }),
  ...ofDomains('DomainName', named, traffic),
]

/** Situations of domains. */
export const domainSituations: readonly Situation[] = [...certificates, ...configs, ...added, ...files, ...statistics]
