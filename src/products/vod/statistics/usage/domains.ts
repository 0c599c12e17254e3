/** DescribeVodDomainUsageData (VOD manual 14.1.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { checkState, domainNamed, notFound, stateErrors, throttling } from '../../cdn/common/errors.js'
import { vod } from '../../shared/service/service.js'
import { checkRange, timeErrors, timeParams } from './range.js'

const DAY = 86_400_000

/** Domains that one call may name. */
const MAX_DOMAINS = 100

/** Three months: the manual's error says one, its rules say three, and what they allow is more use. */
const MAX_DAYS = 92

const intervals = ['300', '3600', '86400'] as const

/** How long a slice may be for so many days, in seconds: the first is the default. Between three and four days, the manual leaves it open. */
const intervalsFor = (days: number): readonly (typeof intervals)[number][] =>
  days < 1 ? intervals : days <= 4 ? ['3600', '86400'] : ['86400']

export const describeVodDomainUsageData = vod.action('DescribeVodDomainUsageData', {
  summary: 'Tells how many bytes were played through domains, or with which bandwidth, in slices of time.',
  source: 'VOD manual 14.1.1',
  limit: perSecond(20),
  input: () => ({
    DomainName: csv(text({ maxLength: 254 }), { maxItems: MAX_DOMAINS }).optional(),
    ...timeParams,
    // The manual's example answers static where nothing was asked for. All that is played here is static.
    Type: oneOf(['static', 'dynamic', 'all']).default('static'),
    Area: oneOf(['CN', 'OverSeas'], { codes: { value: 'InvalidParameterArea' } }).default('CN'),
    Field: oneOf(['bps', 'traf'], { codes: { value: 'InvalidParameterField' } }),
    // Of the interface, not of the manual's table. One that does not fit the time asked for is as good as none.
    Interval: oneOf(intervals, { codes: { value: 'InvalidParameterInterval' } }).optional(),
  }),
  output: () =>
    z.object({
      DomainName: z.string(),
      StartTime: z.string(),
      EndTime: z.string(),
      Type: z.string(),
      Area: z.string(),
      /** Seconds, as text. */
      DataInterval: z.string(),
      /** Values are bytes, or bits per second on average, as text. */
      UsageDataPerInterval: z.object({ DataModule: z.array(z.object({ TimeStamp: z.string(), Value: z.string() })) }),
    }),
  errors: {
    ...throttling,
    OperationDenied: { status: 403, message: 'Your account does not open CDN service yet.' },
    ...stateErrors,
    IllegalOperation: { status: 403, message: 'Illegal domain, operation is not permitted.' },
    ...notFound,
    InvalidParameterProduct: { status: 400, message: 'Invalid Parameter Product.', faultOnly: 'There is no such parameter.' },
    InvalidParameterArea: { status: 400, message: 'Invalid Parameter Area.' },
    InvalidParameterField: { status: 400, message: 'Invalid Parameter Field.' },
    ...timeErrors,
    InvalidParameterInterval: { status: 400, message: 'Invalid Parameter Interval.' },
  },
  run({ input, account, fail }) {
    const { DomainName, StartTime, EndTime, Type, Area, Field, Interval } = input
    checkRange(input, MAX_DAYS, fail)
    const domains = DomainName?.map((name) => domainNamed(account, name, fail)) ?? account.playDomains.all()
    const codes = ['IllegalOperation', 'InvalidDomain.Offline', 'ServiceBusy', 'InvalidDomain.Configure_failed'] as const
    // Of all domains together, those that are not played through have no traffic.
    if (DomainName) for (const domain of domains) checkState(domain, codes, fail)
    const possible = intervalsFor((EndTime - StartTime) / DAY)
    const DataInterval = possible.find((each) => each === Interval) ?? (possible[0] as string)
    const interval = Number(DataInterval)
    const counted = Type === 'dynamic' ? [] : domains.filter(({ scope }) => (scope === 'overseas') === (Area === 'OverSeas'))
    const range = { from: StartTime, to: EndTime }
    const slices = account.traffic.sum(
      range,
      interval,
      counted.map(({ name }) => name),
    )
    return {
      DomainName: (DomainName ?? []).join(','),
      StartTime: toUtcSeconds(StartTime),
      EndTime: toUtcSeconds(EndTime),
      Type,
      Area,
      DataInterval,
      UsageDataPerInterval: {
        DataModule: slices.map(({ at, bytes }) => ({
          TimeStamp: toUtcSeconds(at),
          Value: String(Field === 'traf' ? bytes : (bytes * 8) / interval),
        })),
      },
    }
  },
})
