/** Every row of the error tables of the chapter: provoked here, or said why not. */

import { describe, expect, test } from 'vitest'
import { domainsInEachStatus } from '../../../conformance/situations/domain-statuses.js'
import { builtIn } from '../../../src/cloud/definition.js'
import { cdnWorld } from '../cdn/support.js'

type Params = Record<string, string | number>
type Row = [action: string, params: Params, status: number, code: string, message: string]

const missing = (param: string) => `The input parameter "${param}" that is mandatory for processing this request is not supplied.`
const invalid = (param: string) => `The specified parameter "${param}" is not valid.`

const at = '2026-01-01T00:00:00Z'
const range = { StartTime: '2025-12-30T00:00:00Z', EndTime: '2025-12-31T00:00:00Z' }
const traffic = { ...range, Field: 'traf' }

/** A domain in each status, on the first of January. */
async function domainsWorld() {
  const world = cdnWorld()
  await domainsInEachStatus(world)
  return world
}

/** Rows that the Actions about storages, transcoding and AI have in common. */
const usageRows = ['DescribeVodStorageData', 'DescribeVodTranscodeData', 'DescribeVodAIData'].flatMap((action): Row[] => [
  [action, { EndTime: at }, 400, 'MissingParameter', missing('StartTime')],
  [action, { StartTime: at }, 400, 'MissingParameter', missing('EndTime')],
  [action, { ...range, StartTime: '2025-12-30' }, 400, 'InvalidParameterStartTime', 'Invalid Parameter StartTime.'],
  [action, { ...range, EndTime: 'now' }, 400, 'InvalidParameterEndTime', 'Invalid Parameter EndTime.'],
  [action, { ...range, EndTime: range.StartTime }, 400, 'InvalidParameterEndTime', 'Invalid Parameter EndTime.'],
  [
    action,
    { ...range, StartTime: '2025-11-29T23:59:59Z' },
    400,
    'InvalidTimeRange',
    'StartTime and EndTime range should less than 1 month.',
  ],
  [action, { ...range, OwnerId: '1234' }, 400, 'InvalidParameterAliUid', 'Invalid Parameter AliUid.'],
  [action, { ...range, OwnerId: 'somebody' }, 400, 'InvalidParameterAliUid', 'Invalid Parameter AliUid.'],
  [action, { ...range, Region: 'cn-shanghai,cn-nowhere' }, 400, 'InvalidParameterRegion', 'Invalid Parameter Region.'],
])

/** Rows that the Actions about plays day by day have in common. */
const playRows = ['DescribePlayUserAvg', 'DescribePlayUserTotal', 'DescribePlayVideoStatis'].flatMap((action): Row[] => {
  const days = action === 'DescribePlayVideoStatis' ? { ...range, VideoId: 'video' } : range
  return [
    [action, { ...days, StartTime: '20251230' }, 400, 'InvalidStartTime.Malformed', 'Specified StartTime is malformed.'],
    [action, { ...days, EndTime: '20251230' }, 400, 'InvalidEndTime.Malformed', 'Specified EndTime is malformed.'],
    [action, { ...days, EndTime: '2026-02-01T00:00:00Z' }, 400, 'InvalidEndTime.BeyondCurrent', 'EndTime beyond current time.'],
    [action, { ...days, EndTime: days.StartTime }, 400, 'InvalidEndTime.Mismatch', 'StartTime or EndTime is mismatch.'],
    [action, { ...days, StartTime: '2025-07-03T23:59:59Z' }, 400, 'InvalidEndTime.Mismatch', 'StartTime or EndTime is mismatch.'],
  ]
})

describe.each<Row>([
  ...usageRows,
  ['DescribeVodStorageData', { ...range, StorageType: 'NAS' }, 400, 'InvalidParameter', invalid('StorageType')],
  ['DescribeVodTranscodeData', { ...range, Interval: 'week' }, 400, 'InvalidParameter', invalid('Interval')],
  ['DescribeVodAIData', { ...range, AIType: 'AIVideoTag,AIImage' }, 400, 'InvalidParameter', invalid('AIType')],
  ['DescribeVodDomainUsageData', { ...range }, 400, 'MissingParameter', missing('Field')],
  ['DescribeVodDomainUsageData', { ...traffic, Type: 'some' }, 400, 'InvalidParameter', invalid('Type')],
  ['DescribeVodDomainUsageData', { ...traffic, Field: 'qps' }, 400, 'InvalidParameterField', 'Invalid Parameter Field.'],
  ['DescribeVodDomainUsageData', { ...traffic, Area: 'Mars' }, 400, 'InvalidParameterArea', 'Invalid Parameter Area.'],
  ['DescribeVodDomainUsageData', { ...traffic, Interval: '60' }, 400, 'InvalidParameterInterval', 'Invalid Parameter Interval.'],
  ['DescribeVodDomainUsageData', { ...traffic, StartTime: 'x' }, 400, 'InvalidParameterStartTime', 'Invalid Parameter StartTime.'],
  ['DescribeVodDomainUsageData', { ...traffic, EndTime: 'x' }, 400, 'InvalidParameterEndTime', 'Invalid Parameter EndTime.'],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, EndTime: '2025-12-29T00:00:00Z' },
    400,
    'InvalidParameterEndTime',
    'Invalid Parameter EndTime.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, StartTime: '2025-09-29T00:00:00Z' },
    400,
    'InvalidTimeRange',
    'StartTime and EndTime range should less than 1 month.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: Array(101).fill('online.example.com').join() },
    400,
    'InvalidParameter',
    invalid('DomainName'),
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: 'online.example.com,none.example.com' },
    404,
    'InvalidDomain.NotFound',
    'The domain provided does not belong to you.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: 'failed.example.com' },
    403,
    'IllegalOperation',
    'Illegal domain, operation is not permitted.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: 'offline.example.com' },
    404,
    'InvalidDomain.Offline',
    'The domain provided is offline.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: 'new.example.com' },
    403,
    'ServiceBusy',
    'The specified Domain is configuring, please retry later.',
  ],
  [
    'DescribeVodDomainUsageData',
    { ...traffic, DomainName: 'broken.example.com' },
    500,
    'InvalidDomain.Configure_failed',
    'Failed to configure the provided domain.',
  ],
  ...playRows,
  ['DescribePlayVideoStatis', range, 400, 'MissingParameter', missing('VideoId')],
  ['DescribePlayTopVideos', { BizDate: '2025-12-30' }, 400, 'InvalidBizDate.Malformed', 'Specified BizDate is malformed.'],
  ['DescribePlayTopVideos', { BizDate: '2026-02-01T00:00:00Z' }, 400, 'InvalidBizDate.BeyondCurrent', 'EndTime beyond current time.'],
  ['DescribePlayTopVideos', { BizDate: at, PageNo: 0 }, 400, 'InvalidParameter', invalid('PageNo')],
  ['DescribePlayTopVideos', { BizDate: at, PageSize: 1001 }, 400, 'InvalidParameter', invalid('PageSize')],
])('%s %j', (action, params, status, code, message) => {
  test(`is refused with ${code}, and says why`, async () => {
    const { refusal } = await domainsWorld()
    expect(await refusal(action, params)).toMatchObject({ status, code, message, reason: expect.stringMatching(/^\w/) })
  })
})

test.each<[action: string, params: Params]>([
  ['DescribeVodStorageData', { StartTime: '2025-11-30T00:00:00Z', EndTime: '2025-12-31T00:00:00Z' }],
  ['DescribeVodDomainUsageData', { ...traffic, StartTime: '2025-09-30T00:00:00Z', EndTime: '2025-12-31T00:00:00Z' }],
  ['DescribePlayUserAvg', { StartTime: '2025-07-04T00:00:00Z', EndTime: '2025-12-31T00:00:00Z' }],
  ['DescribePlayVideoStatis', { ...range, VideoId: 'none' }],
  ['DescribePlayTopVideos', { BizDate: '2016-06-29T13:00:00Z', PageSize: 1000 }],
])('%s %j is just allowed', async (action, params) => {
  const { call } = await domainsWorld()
  expect((await call(action, params)).status).toBe(200)
})

/** Actions whose tables have a row for who has not opened the service. */
test.each<[action: string, params: Params, message: string]>([
  ['DescribeVodDomainUsageData', traffic, 'Your account does not open CDN service yet.'],
  ['DescribeVodStorageData', range, 'Your account does not open VOD service yet.'],
  ['DescribeVodTranscodeData', range, 'Your account does not open VOD service yet.'],
  ['DescribeVodAIData', range, 'Your account does not open VOD service yet.'],
])('%s: who has not opened the service, or has not paid, is refused', async (action, params, message) => {
  const { account, refusal } = cdnWorld()
  account.settings.change({ services: { vod: 'notOpened' } })
  expect(await refusal(action, params)).toMatchObject({ status: 403, code: 'OperationDenied', message })
  account.settings.change({ services: { vod: 'suspended' } })
  expect(await refusal(action, params)).toMatchObject({ status: 403, code: 'OperationDenied.Suspended' })
})

test.each(['DescribeVodStorageData', 'DescribeVodTranscodeData', 'DescribeVodAIData'])(
  '%s: OwnerId may be the account itself',
  async (action) => {
    const { account, call } = cdnWorld()
    expect((await call(action, { ...range, OwnerId: account.accountId })).status).toBe(200)
  },
)

/** Actions whose tables have a row for flow control that is not about one Action. */
test.each<[action: string, params: Params]>([
  ['DescribeVodDomainUsageData', traffic],
  ['DescribeVodStorageData', range],
  ['DescribeVodTranscodeData', range],
  ['DescribeVodAIData', range],
])('%s: more calls of the service together than it takes: Throttling', async (action, params) => {
  const { account, refusal } = cdnWorld()
  account.settings.change({ limits: { enabled: true, together: { 'vod.*': { limit: 0, per: 'second' } } } })
  expect(await refusal(action, params)).toMatchObject({ status: 503, code: 'Throttling' })
})

test('rows that no situation leads to say why', () => {
  const own = builtIn.catalogue.actions.filter(({ source }) => /^VOD manual 14\./.test(source))
  expect(own).toHaveLength(8)
  const rows = own.flatMap(({ name, errors, service }) =>
    Object.entries(errors)
      .filter(([code, { faultOnly }]) => faultOnly !== undefined && !Object.hasOwn(service.errors, code))
      .map(([code]) => `${name} ${code}`),
  )
  expect(rows).toEqual(['DescribeVodDomainUsageData InvalidParameterProduct'])
})
