/** DescribeVodDomainLog (VOD manual 13.6.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { long, utcTime } from '../../../../params/scalars.js'
import { signedObjectUrl } from '../../shared/addresses/addresses.js'
import { vod } from '../../shared/service/service.js'
import { domainNamed, knownDomain, notFound } from '../common/errors.js'
import { timeErrors } from '../common/time-range.js'
import { storeLogs } from './access-log.js'

const DAY = 86_400_000

/** How far from each other StartTime and EndTime may be. */
const MAX_DAYS = 366

/** How long the address of a file is valid. */
const PATH_SECONDS = 86_400

const start = () => utcTime({ codes: { format: 'InvalidStartTime.Malformed' } })
const end = () => utcTime({ codes: { format: 'InvalidEndTime.Malformed' } })

export const describeVodDomainLog = vod.action('DescribeVodDomainLog', {
  summary: 'Answers where the access logs of a domain can be downloaded: a file for each hour in which it was played through.',
  source: 'VOD manual 13.6.1',
  limit: perSecond(100),
  input: () => ({
    DomainName: knownDomain(),
    PageSize: long({ min: 1, max: 1000 }).default(300),
    PageNumber: long({ min: 1, max: 1_000_000 }).default(1),
    StartTime: start().optional(),
    EndTime: end().optional(),
  }),
  output: () =>
    z.object({
      DomainLogDetails: z.object({
        DomainLogDetail: z.array(
          z.object({
            DomainName: z.string(),
            /** Files on this page. */
            LogCount: z.number(),
            LogInfos: z.object({
              LogInfoDetail: z.array(
                z.object({
                  LogName: z.string(),
                  /** Without the scheme, and signed. */
                  LogPath: z.string(),
                  /** Bytes. */
                  LogSize: z.number(),
                  StartTime: z.string(),
                  EndTime: z.string(),
                }),
              ),
            }),
            PageInfos: z.object({ PageNumber: z.number(), PageSize: z.number(), Total: z.number() }),
          }),
        ),
      }),
    }),
  errors: { ...timeErrors, ...notFound },
  async run({ input: { DomainName, PageSize, PageNumber, StartTime, EndTime }, account, fail }) {
    const { name } = domainNamed(account, DomainName, fail)
    const now = account.clock.now()
    // No row of the table is for one of them alone, or for the wrong order: it is the row of the time that is at fault.
    if (StartTime === undefined && EndTime !== undefined)
      fail('InvalidStartTime.Malformed', { param: 'StartTime', reason: 'is missing beside EndTime' })
    if (EndTime === undefined && StartTime !== undefined)
      fail('InvalidEndTime.Malformed', { param: 'EndTime', reason: 'is missing beside StartTime' })
    const [from, until] = [StartTime ?? now - DAY, EndTime ?? now]
    if (until <= from) fail('InvalidEndTime.Malformed', { param: 'EndTime', reason: 'is not later than StartTime' })
    if (until - from > MAX_DAYS * DAY) fail('InvalidEndTime.Malformed', { param: 'EndTime', reason: 'is more than a year after StartTime' })
    await storeLogs(account, now)
    const { total, rows } = account.vod.logFiles.list({
      by: { domain: name },
      where: (file) => file.from < until && file.until > from,
      orderBy: (file) => file.from,
      skip: (PageNumber - 1) * PageSize,
      take: PageSize,
    })
    const files = rows.map((log) => ({
      LogName: log.name,
      LogPath: signedObjectUrl(account, log.file, PATH_SECONDS).replace(/^https?:\/\//, ''),
      LogSize: log.size,
      StartTime: toUtcSeconds(log.from),
      EndTime: toUtcSeconds(log.until),
    }))
    const detail = {
      DomainName: name,
      LogCount: files.length,
      LogInfos: { LogInfoDetail: files },
      PageInfos: { PageNumber, PageSize, Total: total },
    }
    return { DomainLogDetails: { DomainLogDetail: [detail] } }
  },
})
