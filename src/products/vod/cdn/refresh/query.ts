/** DescribeVodRefreshTasks, DescribeVodRefreshQuota (VOD manual 13.5.3, 13.5.4). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { integer, oneOf, text, utcTime } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { knownDomain, throttling } from '../common/errors.js'
import { DAILY_QUOTA, remaining } from './targets.js'
import { progressOf, taskTypes } from './task.js'

/** For how long tasks can be asked for. */
const KEPT = 3 * 86_400_000

export const describeVodRefreshTasks = vod.action('DescribeVodRefreshTasks', {
  summary: 'Tells how far tasks of refreshing and preloading are, the newest first; those of the last three days can be asked for.',
  source: 'VOD manual 13.5.3',
  limit: perSecond(50),
  input: () => ({
    TaskId: text({ pattern: /^\d{1,20}$/, codes: { value: 'InvalidTaskId.Malformed' } }).optional(),
    ObjectPath: text({ maxLength: 2048, ownLimit: true }).optional(),
    PageNumber: integer({ min: 1 }).default(1),
    ObjectType: oneOf(taskTypes).optional(),
    DomainName: knownDomain().optional(),
    Status: oneOf(['Complete', 'Refreshing', 'Failed']).optional(),
    PageSize: integer({ min: 1, max: 50 }).default(20),
    StartTime: utcTime().optional(),
    EndTime: utcTime().optional(),
  }),
  output: () =>
    z.object({
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
      Tasks: z.object({
        Task: z.array(
          z.object({
            TaskId: z.string(),
            ObjectPath: z.string(),
            ObjectType: z.string(),
            Status: z.string(),
            /** `100%` */
            Process: z.string(),
            /** Of a task that has failed. */
            Description: z.string().optional(),
            CreationTime: z.string(),
          }),
        ),
      }),
    }),
  errors: { ...throttling, 'InvalidTaskId.Malformed': { status: 400, message: 'Specified TaskId is malformed.' } },
  run({ input, account, fail }) {
    const { TaskId, ObjectPath, PageNumber, ObjectType, DomainName, Status, PageSize, StartTime, EndTime } = input
    if (ObjectType === undefined && (DomainName !== undefined || Status !== undefined))
      fail('MissingParameter', { param: 'ObjectType', reason: 'is needed beside DomainName or Status' })
    const from = Math.max(StartTime ?? 0, account.clock.now() - KEPT)
    const { total, rows } = account.vod.refreshTasks.list({
      by: { url: ObjectPath === undefined || /^https?:\/\//i.test(ObjectPath) ? ObjectPath : `http://${ObjectPath}` },
      where: (task) =>
        (TaskId === undefined || task.taskId === TaskId) &&
        (ObjectType === undefined || task.type === ObjectType) &&
        (DomainName === undefined || task.domain === DomainName.toLowerCase()) &&
        (Status === undefined || task.status === Status) &&
        task.createdAt >= from &&
        (EndTime === undefined || task.createdAt <= EndTime),
      descending: true,
      skip: (PageNumber - 1) * PageSize,
      take: PageSize,
    })
    return {
      PageNumber,
      PageSize,
      TotalCount: total,
      Tasks: {
        Task: rows.map((task) => ({
          TaskId: task.taskId,
          ObjectPath: task.url,
          ObjectType: task.type,
          Status: task.status,
          Process: `${progressOf(account, task)}%`,
          Description: task.description,
          CreationTime: toUtcSeconds(task.createdAt),
        })),
      },
    }
  },
})

/** Refreshes of storage that are allowed on a day: no Action makes any. */
const BLOCK_QUOTA = '500'

export const describeVodRefreshQuota = vod.action('DescribeVodRefreshQuota', {
  summary: 'Tells how many URLs and directories can be refreshed or preloaded on a day, and how many still today.',
  source: 'VOD manual 13.5.4',
  limit: perSecond(30),
  input: () => ({}),
  output: () =>
    z.object({
      UrlQuota: z.string(),
      UrlRemain: z.string(),
      DirQuota: z.string(),
      DirRemain: z.string(),
      PreloadQuota: z.string(),
      PreloadRemain: z.string(),
      BlockQuota: z.string(),
      /** As the service spells it. */
      blockRemain: z.string(),
    }),
  errors: throttling,
  run: ({ account }) => ({
    UrlQuota: String(DAILY_QUOTA.file),
    UrlRemain: String(remaining(account, 'file')),
    DirQuota: String(DAILY_QUOTA.directory),
    DirRemain: String(remaining(account, 'directory')),
    PreloadQuota: String(DAILY_QUOTA.preload),
    PreloadRemain: String(remaining(account, 'preload')),
    BlockQuota: BLOCK_QUOTA,
    blockRemain: BLOCK_QUOTA,
  }),
})
