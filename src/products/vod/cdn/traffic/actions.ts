/** DescribeVodDomainTrafficData, DescribeVodDomainBpsData (VOD manual 13.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { vod } from '../../shared/service/service.js'
import { checkState, notFound, stateErrors, throttling } from '../common/errors.js'
import { timeErrors } from '../common/time-range.js'
import { dataModule, moduleOf, readQuery, trafficOf, trafficParams } from './query.js'

const commonOutput = { DomainName: z.string(), StartTime: z.string(), EndTime: z.string(), DataInterval: z.string() }

export const describeVodDomainTrafficData = vod.action('DescribeVodDomainTrafficData', {
  summary: 'Tells how many bytes were played through domains, in slices of time.',
  source: 'VOD manual 13.1.1',
  limit: perSecond(100),
  input: () => trafficParams,
  output: () =>
    z.object({
      ...commonOutput,
      /** Bytes, as text. */
      TotalTraffic: z.string(),
      TrafficDataPerInterval: z.object({ DataModule: z.array(dataModule) }),
    }),
  errors: {
    ...throttling,
    OperationDenied: { status: 403, message: 'Your account does not open CDN service yet.' },
    ...stateErrors,
    IllegalOperation: { status: 403, message: 'Illegal domain, operation is not permitted.' },
    ...notFound,
    'InvalidStartTime.Malformed': { status: 400, message: 'Specified start time is malformed.' },
    'InvalidEndTime.Malformed': { status: 400, message: 'Specified end time is malformed.' },
    'InvalidEndTime.Mismatch': { status: 400, message: 'Specified end time does not match the specified start time.' },
    'InvalidStartTime.ValueNotSupported': { status: 400, message: 'Specified end time does not match the specified start time.' },
  },
  run({ input, account, fail }) {
    const query = readQuery(account, input, fail)
    const codes = ['IllegalOperation', 'InvalidDomain.Offline', 'ServiceBusy', 'InvalidDomain.Configure_failed'] as const
    // Of all domains together, those that are not played through have no traffic.
    if (input.DomainName) for (const domain of query.domains) checkState(domain, codes, fail)
    const slices = trafficOf(account, query, input)
    return {
      DomainName: query.named,
      StartTime: toUtcSeconds(query.from),
      EndTime: toUtcSeconds(query.to),
      DataInterval: String(query.interval),
      TotalTraffic: String(slices.reduce((sum, { all }) => sum + all.bytes, 0)),
      TrafficDataPerInterval: { DataModule: slices.map((slice) => moduleOf(slice, String)) },
    }
  },
})

export const describeVodDomainBpsData = vod.action('DescribeVodDomainBpsData', {
  summary: 'Tells with which bandwidth domains were played through, in slices of time.',
  source: 'VOD manual 13.1.2',
  limit: perSecond(100),
  input: () => trafficParams,
  output: () =>
    z.object({
      ...commonOutput,
      IspNameEn: z.string(),
      LocationNameEn: z.string(),
      BpsDataPerInterval: z.object({ DataModule: z.array(dataModule) }),
    }),
  errors: {
    ...timeErrors,
    'InvalidStartTime.ValueNotSupported': { status: 400, message: 'The specified value of parameter StartTime is not supported.' },
    'InvalidEndTime.Mismatch': { status: 400, message: 'Specified EndTime does not math the specified StartTime.' },
    ...notFound,
  },
  run({ input, account, fail }) {
    const query = readQuery(account, input, fail)
    const { IspNameEn, LocationNameEn } = input
    const isByPlace = IspNameEn !== undefined || LocationNameEn !== undefined
    // Bits per second, on average over the slice.
    const write = (bytes: number): string => String((bytes * 8) / query.interval)
    const unknown = { DomesticValue: '', OverseasValue: '', HttpsDomesticValue: '', HttpsOverseasValue: '' }
    return {
      DomainName: query.named,
      StartTime: toUtcSeconds(query.from),
      EndTime: toUtcSeconds(query.to),
      DataInterval: String(query.interval),
      IspNameEn: IspNameEn ?? '',
      LocationNameEn: LocationNameEn ?? '',
      BpsDataPerInterval: {
        DataModule: trafficOf(account, query, input).map((slice) => ({ ...moduleOf(slice, write), ...(isByPlace && unknown) })),
      },
    }
  },
})
