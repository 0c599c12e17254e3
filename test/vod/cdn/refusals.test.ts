/** Every row of the error tables of the chapter: provoked here, or beside what it is about, or said why not. */

import { describe, expect, test } from 'vitest'
import { certificate } from '../../../conformance/situations/certificates.js'
import { domainsInEachStatus } from '../../../conformance/situations/domain-statuses.js'
import { builtIn } from '../../../src/cloud/definition.js'
import type { Account, SettingsInput } from '../../../src/index.js'
import { cdnWorld, configOf, OUTSIDE, SOURCES } from './support.js'

type Params = Record<string, string | number>

type Row = [action: string, params: Params, status: number, code: string, message: string]

const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const invalid = (param: string) => `The specified parameter "${param}" is not valid.`
const notYours = 'The domain provided does not belong to you.'
const illegal = 'Illegal domain operate is not permitted.'
const busy = 'The specified Domain is configuring, please retry later.'
const offline = 'The domain provided is offline.'
const unconfigured = 'Failed to configure the provided domain.'

const origins = (fields: object) => JSON.stringify([{ type: 'ipaddr', content: '1.1.1.1', ...fields }])
const urls = (count: number) => Array.from({ length: count }, (_, index) => `online.example.com/${index}.mp4`).join('\n')
const times = (StartTime: string, EndTime: string): Params => ({ StartTime, EndTime })
const online = 'online.example.com'
const secure = { SSLProtocol: 'on', SSLPub: certificate.pem, SSLPri: certificate.key }
const functions = JSON.stringify([configOf('range', { enable: 'on' })])

/** What every world of this file has: a domain in each status, and one that stands for many. */
async function domainsWorld() {
  const world = cdnWorld()
  await domainsInEachStatus(world)
  return world
}

/** All that can be seen of domains and tasks. */
const seen = ({ playDomains, vod }: Account) =>
  JSON.stringify([playDomains.all(), vod.refreshTasks.list().rows, vod.certificates.list().rows])

describe.each<Row>([
  ['AddVodDomain', { Sources: SOURCES }, 400, 'MissingParameter', missing('DomainName')],
  ['AddVodDomain', { DomainName: 'a.example.com' }, 400, 'MissingParameter', missing('Sources')],
  ['AddVodDomain', { DomainName: 'a_b', Sources: SOURCES }, 400, 'InvalidDomainName.Malformed', 'Specified DomainName is malformed.'],
  ['AddVodDomain', { DomainName: 'a.example.com', Sources: '[' }, 400, 'InvalidSources.Malformed', 'Specified Sources is malformed.'],
  ['AddVodDomain', { DomainName: 'a.example.com', Sources: '[]' }, 400, 'InvalidSources.Malformed', 'Specified Sources is malformed.'],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: origins({ type: 'oss' }) },
    400,
    'InvalidSources.Malformed',
    'Specified Sources is malformed.',
  ],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: origins({ port: 70_000 }) },
    400,
    'InvalidSources.Malformed',
    'Specified Sources is malformed.',
  ],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: origins({ type: 'ftp' }) },
    400,
    'InvalidSourceType.Malformed',
    'Specified SourceType is malformed.',
  ],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: origins({ priority: '5' }) },
    400,
    'InvalidPriorities.Malformed',
    'The length of priorities is not the same with source.',
  ],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: SOURCES, Scope: 'moon' },
    400,
    'InvalidScope.Malformed',
    'Specified Scope is malformed.',
  ],
  ['AddVodDomain', { DomainName: 'a.example.com', Sources: SOURCES, CheckUrl: 'a b' }, 400, 'InvalidParameter', invalid('CheckUrl')],
  [
    'AddVodDomain',
    { DomainName: 'a.example.com', Sources: SOURCES, TopLevelDomain: 'com' },
    400,
    'InvalidParameter',
    invalid('TopLevelDomain'),
  ],
  ['AddVodDomain', { DomainName: 'new.example.com', Sources: OUTSIDE }, 400, 'BusinessExist', 'Business exist do not repeated submission'],
  ['AddVodDomain', { DomainName: 'ONLINE.example.com', Sources: OUTSIDE }, 400, 'DomainAlreadyExist', 'This domain name is exist already'],
  ['AddVodDomain', { DomainName: 'vod.cdn.invalid', Sources: SOURCES }, 404, 'DomainNotRegistration', 'The Domain name is not registered'],
  ['AddVodDomain', { DomainName: 'vod.aliyuncs.com', Sources: SOURCES }, 403, 'IllegalOperation', illegal],
  ['AddVodDomain', { DomainName: 'leaving.example.com', Sources: SOURCES }, 403, 'ServiceBusy', busy],
  [
    'AddVodDomain',
    { DomainName: '.example.net', Sources: SOURCES },
    400,
    'ExtensiveAndAllBothExist',
    "Extensive domain and the domain begins with 'all.' can not exist at the same time.",
  ],
  [
    'AddVodDomain',
    { DomainName: 'one.example.org', Sources: SOURCES },
    400,
    'ExtensiveAndSpecificDomainConflict',
    'Extensive domain and corresponding specific domain are mutually exclusive.',
  ],
  [
    'AddVodDomain',
    { DomainName: '.example.com', Sources: SOURCES },
    400,
    'ExtensiveAndSpecificDomainConflict',
    'Extensive domain and corresponding specific domain are mutually exclusive.',
  ],
  ...[true, '', '0x50', ' 80 ', '1e1', 80.5, 0, 65_536, [80], {}].map(
    (port): Row => [
      'AddVodDomain',
      { DomainName: 'a.example.com', Sources: origins({ port }) },
      400,
      'InvalidSources.Malformed',
      'Specified Sources is malformed.',
    ],
  ),
  ...[true, '', 5, '20.0', ['20'], {}].map(
    (priority): Row => [
      'AddVodDomain',
      { DomainName: 'a.example.com', Sources: origins({ priority }) },
      400,
      'InvalidPriorities.Malformed',
      'The length of priorities is not the same with source.',
    ],
  ),
  ['UpdateVodDomain', { DomainName: 'a_b' }, 400, 'InvalidDomainName.Malformed', 'Specified DomainName is malformed.'],
  [
    'UpdateVodDomain',
    { DomainName: online, Sources: origins({ content: 'a b' }) },
    400,
    'InvalidSource.Content.Malformed',
    'Specified source content is malformed.',
  ],
  [
    'UpdateVodDomain',
    { DomainName: online, Sources: origins({ type: null }) },
    400,
    'InvalidSource.Type.Malformed',
    'Specified source type is malformed.',
  ],
  [
    'UpdateVodDomain',
    { DomainName: online, Sources: origins({ type: 'domain' }) },
    400,
    'InvalidTypeContent.Mismatch',
    'Specified source type does not math the specified source content.',
  ],
  [
    'UpdateVodDomain',
    { DomainName: online, Sources: origins({ priority: 'high' }) },
    400,
    'InvalidSource.Priority.Malformed',
    'Specified source priority is malformed.',
  ],
  ['UpdateVodDomain', { DomainName: 'failed.example.com', Sources: SOURCES }, 403, 'IllegalOperation', illegal],
  ['UpdateVodDomain', { DomainName: 'none.example.com', Sources: SOURCES }, 404, 'InvalidDomain.NotFound', notYours],
  ['DeleteVodDomain', { DomainName: 'a_b' }, 400, 'InvaildParameter', 'The specific value of parameter DomainName is malformed.'],
  ['DeleteVodDomain', { DomainName: 'leaving.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  ['BatchStartVodDomain', {}, 400, 'MissingParameter', missing('DomainNames')],
  ['BatchStartVodDomain', { DomainNames: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  ['BatchStartVodDomain', { DomainNames: 'failed.example.com' }, 403, 'IllegalOperation', illegal],
  ['BatchStartVodDomain', { DomainNames: 'new.example.com' }, 403, 'ServiceBusy', busy],
  ['BatchStopVodDomain', { DomainNames: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  ['BatchStopVodDomain', { DomainNames: 'failed.example.com' }, 403, 'IllegalOperation', illegal],
  ['BatchStopVodDomain', { DomainNames: 'new.example.com' }, 403, 'ServiceBusy', busy],
  [
    'DescribeVodUserDomains',
    { PageNumber: 0 },
    400,
    'InvalidPageNumber.ValueNotSupported',
    'The specified value of parameter PageNumber is not supported.',
  ],
  [
    'DescribeVodUserDomains',
    { PageSize: 51 },
    400,
    'InvalidPageSize.ValueNotSupported',
    'The specified value of parameter PageSize is not supported.',
  ],
  [
    'DescribeVodUserDomains',
    { DomainName: 'a b' },
    400,
    'InvalidDomainName.Malformed',
    'The specific value of parameter DomainName is malformed.',
  ],
  [
    'DescribeVodUserDomains',
    { DomainStatus: 'Online' },
    400,
    'InvalidDomainStatus.ValueNotSupported',
    'The specified value of parameter DomainStatus is not supported.',
  ],
  [
    'DescribeVodUserDomains',
    { DomainSearchType: 'regex' },
    400,
    'InvalidDomainSearchType.ValueNotSupported',
    'The specified value of parameter DomainSearchType is not supported.',
  ],
  ['DescribeVodDomainDetail', { DomainName: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  [
    'DescribeVodDomainDetail',
    { DomainName: 'LEAVING.example.com' },
    403,
    'ServiceBusy',
    'The specified Domain is configuring, please retry again later.',
  ],
  ['VerifyVodDomainOwner', { DomainName: online }, 400, 'MissingParameter', missing('VerifyType')],
  ['VerifyVodDomainOwner', { DomainName: online, VerifyType: 'fileCheck' }, 400, 'InvalidParameter', invalid('VerifyType')],
  [
    'VerifyVodDomainOwner',
    { DomainName: online, VerifyType: 'dnsCheck' },
    400,
    'DomainOwnerVerifyFail',
    'Owner verification of the root domain failed.',
  ],
  ['DescribeVodVerifyContent', { DomainName: 'a_b' }, 400, 'InvalidParameter', invalid('DomainName')],
  [
    'BatchSetVodDomainConfigs',
    { DomainNames: `${online},none.example.com`, Functions: functions },
    404,
    'InvalidDomain.NotFound',
    notYours,
  ],
  [
    'DescribeVodDomainConfigs',
    { DomainName: online, FunctionNames: 'range,ali_ua' },
    400,
    'InvalidFunctionName.ValueNotSupported',
    'FunctionName ali_ua is not supported.',
  ],
  ['DescribeVodDomainConfigs', { DomainName: 'none.example.com', FunctionNames: 'range' }, 404, 'InvalidDomain.NotFound', notYours],
  ['DeleteVodSpecificConfig', { ConfigId: '1' }, 400, 'MissingParameter', 'The specified value of parameter DomainName can not be empty.'],
  [
    'DeleteVodSpecificConfig',
    { DomainName: online },
    400,
    'MissingParameter',
    'The specified value of parameter ConfigId can not be empty.',
  ],
  [
    'DeleteVodSpecificConfig',
    { DomainName: online, ConfigId: '17' },
    400,
    'InvalidFunctionName.ValueNotSupported',
    'FunctionName [17] is not supported.',
  ],
  ['DeleteVodSpecificConfig', { DomainName: 'none.example.com', ConfigId: '1' }, 404, 'InvalidDomain.NotFound', notYours],
  ['SetVodDomainCertificate', { DomainName: 'none.example.com', ...secure }, 404, 'InvalidDomain.NotFound', notYours],
  ['SetVodDomainCertificate', { DomainName: 'failed.example.com', ...secure }, 403, 'IllegalOperation', illegal],
  ['SetVodDomainCertificate', { DomainName: 'new.example.com', ...secure }, 403, 'ServiceBusy', busy],
  ['SetVodDomainCertificate', { DomainName: 'offline.example.com', ...secure }, 400, 'InvalidDomain.Offline', offline],
  ['DescribeVodDomainCertificateInfo', { DomainName: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  ['PreloadVodObjectCaches', {}, 400, 'MissingParameter', missing('ObjectPath')],
  [
    'PreloadVodObjectCaches',
    { ObjectPath: '\r\n \n' },
    400,
    'InvalidObjectPath.Malformed',
    'The specific value of parameter ObjectPath is malformed.',
  ],
  [
    'PreloadVodObjectCaches',
    { ObjectPath: urls(1001) },
    400,
    'InvalidObjectPath.Size.Malformed',
    'The size of ObjectPath is bigger than 1000.',
  ],
  [
    'PreloadVodObjectCaches',
    { ObjectPath: `${online}/a b` },
    400,
    'InvalidObjectPath.Malformed',
    'The specific value of parameter ObjectPath is malformed.',
  ],
  [
    'PreloadVodObjectCaches',
    { ObjectPath: `${online}/directory/` },
    400,
    'InvalidObjectPath.Malformed',
    'The specific value of parameter ObjectPath is malformed.',
  ],
  [
    'PreloadVodObjectCaches',
    { ObjectPath: 'one.example.org/a.mp4' },
    400,
    'InvalidExtensiveDomain.ValueNotSupported',
    'Extensive domain not supported.',
  ],
  ['PreloadVodObjectCaches', { ObjectPath: 'failed.example.com/a.mp4' }, 403, 'IllegalOperation', illegal],
  ['PreloadVodObjectCaches', { ObjectPath: 'none.example.com/a.mp4' }, 404, 'InvalidDomain.NotFound', notYours],
  ['PreloadVodObjectCaches', { ObjectPath: 'offline.example.com/a.mp4' }, 404, 'InvalidDomain.Offline', offline],
  ['PreloadVodObjectCaches', { ObjectPath: 'broken.example.com/a.mp4' }, 500, 'InvalidDomain.Configure_failed', unconfigured],
  ['PreloadVodObjectCaches', { ObjectPath: 'new.example.com/a.mp4' }, 403, 'ServiceBusy', busy],
  ['PreloadVodObjectCaches', { ObjectPath: urls(501) }, 400, 'QuotaExceeded.Refresh', "You've exceeded the prescribed refresh limits."],
  ['RefreshVodObjectCaches', {}, 400, 'MissingParameter', missing('ObjectPath')],
  [
    'RefreshVodObjectCaches',
    { ObjectPath: `${online}/a`, ObjectType: 'file' },
    400,
    'InvalidObjectType.ValueNotSupported',
    'The specified value of "<ObjectType>" is not supported.',
  ],
  [
    'RefreshVodObjectCaches',
    { ObjectPath: `${online}/a`, ObjectType: 'Directory' },
    400,
    'InvalidObjectPath.Malformed',
    'The specific value of parameter ObjectPath is malformed.',
  ],
  [
    'RefreshVodObjectCaches',
    { ObjectPath: '.example.org/a.mp4' },
    400,
    'InvalidExtensiveDomain.ValueNotSupported',
    'Extensive domain not supported.',
  ],
  ['RefreshVodObjectCaches', { ObjectPath: 'failed.example.com/a.mp4' }, 403, 'IllegalOperation', illegal],
  ['RefreshVodObjectCaches', { ObjectPath: 'none.example.com/a.mp4' }, 404, 'InvalidDomain.NotFound', notYours],
  ['RefreshVodObjectCaches', { ObjectPath: 'offline.example.com/a.mp4' }, 404, 'InvalidDomain.Offline', offline],
  ['RefreshVodObjectCaches', { ObjectPath: 'broken.example.com/a.mp4' }, 500, 'InvalidDomain.Configure_failed', unconfigured],
  ['RefreshVodObjectCaches', { ObjectPath: 'new.example.com/a.mp4' }, 403, 'ServiceBusy', busy],
  ['DescribeVodRefreshTasks', { TaskId: 'x' }, 400, 'InvalidTaskId.Malformed', 'Specified TaskId is malformed.'],
  ['DescribeVodRefreshTasks', { DomainName: online }, 400, 'MissingParameter', missing('ObjectType')],
  ['DescribeVodRefreshTasks', { Status: 'Failed' }, 400, 'MissingParameter', missing('ObjectType')],
  ['DescribeVodRefreshTasks', { PageSize: 51 }, 400, 'InvalidParameter', invalid('PageSize')],
  ['RefreshMediaPlayUrls', { TaskType: 'Refresh' }, 400, 'MissingParameter', missing('MediaIds')],
  ['RefreshMediaPlayUrls', { MediaIds: 'a', TaskType: 'Flush' }, 400, 'InvalidParameter', invalid('TaskType')],
  ['RefreshMediaPlayUrls', { MediaIds: Array(21).fill('a').join(), TaskType: 'Refresh' }, 400, 'InvalidParameter', invalid('MediaIds')],
  ['RefreshMediaPlayUrls', { MediaIds: 'a', TaskType: 'Refresh', SliceCount: 21 }, 400, 'InvalidParameter', invalid('SliceCount')],
  ['GetMediaRefreshJobs', {}, 400, 'MissingParameter', missing('MediaRefreshJobId')],
  ['DescribeVodDomainLog', { DomainName: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  [
    'DescribeVodDomainLog',
    { DomainName: online, ...times('2026-01-01', '2026-01-02T00:00:00Z') },
    400,
    'InvalidStartTime.Malformed',
    'Specified StartTime is malformed.',
  ],
  [
    'DescribeVodDomainLog',
    { DomainName: online, EndTime: '2026-01-02T00:00:00Z' },
    400,
    'InvalidStartTime.Malformed',
    'Specified StartTime is malformed.',
  ],
  [
    'DescribeVodDomainLog',
    { DomainName: online, ...times('2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z') },
    400,
    'InvalidEndTime.Malformed',
    'Specified EndTime is malformed.',
  ],
  [
    'DescribeVodDomainLog',
    { DomainName: online, ...times('2024-01-01T00:00:00Z', '2026-01-02T00:00:00Z') },
    400,
    'InvalidEndTime.Malformed',
    'Specified EndTime is malformed.',
  ],
  [
    'DescribeVodDomainTrafficData',
    { DomainName: 'failed.example.com' },
    403,
    'IllegalOperation',
    'Illegal domain, operation is not permitted.',
  ],
  ['DescribeVodDomainTrafficData', { DomainName: `${online},none.example.com` }, 404, 'InvalidDomain.NotFound', notYours],
  ['DescribeVodDomainTrafficData', { DomainName: 'offline.example.com' }, 404, 'InvalidDomain.Offline', offline],
  ['DescribeVodDomainTrafficData', { DomainName: 'new.example.com' }, 403, 'ServiceBusy', busy],
  ['DescribeVodDomainTrafficData', { DomainName: 'broken.example.com' }, 500, 'InvalidDomain.Configure_failed', unconfigured],
  [
    'DescribeVodDomainTrafficData',
    { StartTime: '2026-01-01T00:00:00Z' },
    400,
    'MissingParameter',
    'StartTime and EndTime can not be single.',
  ],
  [
    'DescribeVodDomainTrafficData',
    times('yesterday', '2026-01-01T00:00:00Z'),
    400,
    'InvalidStartTime.Malformed',
    'Specified start time is malformed.',
  ],
  [
    'DescribeVodDomainTrafficData',
    times('2026-01-01T00:00:00Z', 'today'),
    400,
    'InvalidEndTime.Malformed',
    'Specified end time is malformed.',
  ],
  [
    'DescribeVodDomainTrafficData',
    times('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    400,
    'InvalidEndTime.Mismatch',
    'Specified end time does not match the specified start time.',
  ],
  [
    'DescribeVodDomainTrafficData',
    times('2025-10-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    400,
    'InvalidStartTime.ValueNotSupported',
    'Specified end time does not match the specified start time.',
  ],
  ['DescribeVodDomainBpsData', { DomainName: 'none.example.com' }, 404, 'InvalidDomain.NotFound', notYours],
  ['DescribeVodDomainBpsData', { EndTime: '2026-01-01T00:00:00Z' }, 400, 'MissingParameter', 'StartTime and EndTime can not be single.'],
  [
    'DescribeVodDomainBpsData',
    times('yesterday', '2026-01-01T00:00:00Z'),
    400,
    'InvalidStartTime.Malformed',
    'Specified StartTime is malformed.',
  ],
  ['DescribeVodDomainBpsData', times('2026-01-01T00:00:00Z', 'today'), 400, 'InvalidEndTime.Malformed', 'Specified EndTime is malformed.'],
  [
    'DescribeVodDomainBpsData',
    times('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'),
    400,
    'InvalidEndTime.Mismatch',
    'Specified EndTime does not math the specified StartTime.',
  ],
  [
    'DescribeVodDomainBpsData',
    times('2025-10-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    400,
    'InvalidStartTime.ValueNotSupported',
    'The specified value of parameter StartTime is not supported.',
  ],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${code}, says why, and changes nothing`, async () => {
    const { account, refusal } = await domainsWorld()
    const before = seen(account)
    const refused = await refusal(action, params)
    expect(refused).toMatchObject({ status, code, message, reason: expect.stringMatching(/^\w/) })
    expect(seen(account)).toBe(before)
  })
})

test('AddVodDomain: an account has at most 20 domains: DomainOverLimit', async () => {
  const { addDomain, refusal } = cdnWorld()
  for (let number = 1; number <= 20; number++) await addDomain(`number${number}.example.com`)
  expect(await refusal('AddVodDomain', { DomainName: 'a.example.com', Sources: SOURCES })).toMatchObject({
    status: 403,
    code: 'DomainOverLimit',
    message: 'The Number of Domain is over the limit',
  })
})

/** Actions whose tables have a row of their own for who has not opened the service. */
test.each<[action: string, params: Params, message: string]>([
  ['DescribeVodDomainTrafficData', {}, 'Your account does not open CDN service yet.'],
  ['PreloadVodObjectCaches', { ObjectPath: 'a.example.com/a' }, 'Your account does not open VOD service yet.'],
  ['RefreshVodObjectCaches', { ObjectPath: 'a.example.com/a' }, 'Your account does not open VOD service yet.'],
  ['DescribeVodRefreshTasks', {}, 'Your account does not open VOD service yet.'],
  ['DescribeVodRefreshQuota', {}, 'Your account does not open VOD service yet.'],
])('%s: who has not opened the service, or has not paid, is refused', async (action, params, message) => {
  const { account, refusal } = cdnWorld()
  account.settings.change({ services: { vod: 'notOpened' } })
  expect(await refusal(action, params)).toMatchObject({ status: 403, code: 'OperationDenied', message })
  account.settings.change({ services: { vod: 'suspended' } })
  expect(await refusal(action, params)).toMatchObject({ status: 403, code: 'OperationDenied.Suspended' })
})

describe('what AddVodDomain hands on to the CDN', () => {
  const domain = { DomainName: 'a.example.com', Sources: SOURCES }

  test.each<[given: Params, settings: SettingsInput['vod'], code: string, message: string]>([
    [{ CdnType: 'music' }, {}, 'InvalidCdnType.Malformed', 'Specified CdnType is malformed.'],
    [{ Region: 'shanghai' }, {}, 'InvalidRegion.Malformed', 'Specified Region is malformed.'],
    [{ ResourceGroupId: 'default' }, {}, 'InvalidResourceGroupId.Malformed', 'Specified ResourceGroupId is malformed.'],
    [
      { ResourceGroupId: 'rg-other' },
      { resourceGroups: [{ id: 'rg-own' }] },
      'EntityNotExists.ResourceGroup',
      'The resource group does not exist.',
    ],
    [
      { ResourceGroupId: 'rg-own' },
      { resourceGroups: [{ id: 'rg-own', status: 'Deleting' }] },
      'InvalidStatus.ResourceGroup',
      "It's now allowed to do this operation because of the current status of resource-group.",
    ],
    [
      { DomainName: '.example.com', CdnType: 'liveStream' },
      {},
      'CdnTypeNotSupportExtensiveDomain',
      'Extensive domain not supported for this cdn type.',
    ],
    [
      {},
      { realName: false },
      'NotInternationRealIdentity',
      'You need to do real name authentication when you use Chinese mainland resources.',
    ],
  ])('%j, where the account has %j, is refused, and adds nothing', async (given, settings = {}, code, message) => {
    const { account, refusal } = cdnWorld()
    account.settings.change({ vod: settings })
    const before = seen(account)
    expect(await refusal('AddVodDomain', { ...domain, ...given })).toMatchObject({ status: 400, code, message })
    expect(seen(account)).toBe(before)
  })

  test.each<[given: Params, settings: SettingsInput['vod']]>([
    [{ CdnType: 'video', Region: 'cn-beijing' }, {}],
    [{ CdnType: 'liveStream' }, {}],
    [{ ResourceGroupId: 'rg-own' }, { resourceGroups: [{ id: 'rg-own' }] }],
    [{ Scope: 'overseas' }, { realName: false }],
  ])('%j, where the account has %j, is taken', async (given, settings = {}) => {
    const { account, call } = cdnWorld()
    account.settings.change({ vod: settings })
    expect((await call('AddVodDomain', { ...domain, ...given })).status).toBe(200)
  })
})

test('AddVodDomain: a domain whose record in the DNS names somebody else: InvalidDomain.NotFound', async () => {
  const { account, refusal } = cdnWorld()
  account.settings.change({ vod: { dns: [{ name: 'verification.example.com', txt: 'verify_somebody' }] } })
  expect(await refusal('AddVodDomain', { DomainName: 'a.example.com', Sources: SOURCES })).toMatchObject({
    status: 404,
    code: 'InvalidDomain.NotFound',
    message: notYours,
  })
})

/** Actions whose tables have a row for flow control that is not about one Action. */
test.each<[action: string, params: Params]>([
  ['DescribeVodDomainTrafficData', {}],
  ['PreloadVodObjectCaches', { ObjectPath: 'a.example.com/a' }],
  ['RefreshVodObjectCaches', { ObjectPath: 'a.example.com/a' }],
  ['DescribeVodRefreshTasks', {}],
  ['DescribeVodRefreshQuota', {}],
])('%s: more calls of the service together than it takes: Throttling', async (action, params) => {
  const { account, refusal } = cdnWorld()
  account.settings.change({ limits: { enabled: true, together: { 'vod.*': { limit: 0, per: 'second' } } } })
  expect(await refusal(action, params)).toMatchObject({
    status: 503,
    code: 'Throttling',
    message: 'Request was denied due to request throttling.',
  })
})

test('rows that no situation leads to say why', () => {
  const own = builtIn.catalogue.actions.filter(({ source }) => /^VOD manual 13\./.test(source))
  expect(own).toHaveLength(24)
  const rows = own.flatMap(({ name, errors, service }) =>
    Object.entries(errors)
      .filter(([code, { faultOnly }]) => faultOnly !== undefined && !Object.hasOwn(service.errors, code))
      .map(([code]) => `${name} ${code}`),
  )
  expect(rows).toEqual([
    'AddVodDomain InvaildParameter',
    'AddVodDomain InnerAddDomainDenied',
    'DescribeVodDomainConfigs DeleteFunctionFailed',
    'SetVodDomainCertificate DeleteFailed',
    'UpdateVodDomain InvalidScope.Malformed',
  ])
})
