/** RefreshMediaPlayUrls, GetMediaRefreshJobs: refreshing and preloading by media (VOD manual 13.5.5, 13.5.6). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { whenKnown } from '../../../../actions/promises.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { boolean, integer, oneOf } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { forbiddenAmong } from '../../media-assets/common/find.js'
import { chooseStreams } from '../../playback/streams.js'
import { plainUrl } from '../../shared/addresses/addresses.js'
import { appOfMedium } from '../../shared/apps/rule.js'
import { newId } from '../../shared/media/new-id.js'
import { definitions } from '../../shared/media/stream.js'
import { userData } from '../../shared/media/user-data-param.js'
import type { Video } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { stateErrors } from '../common/errors.js'
import { excessOf, readTargets, type TargetFault, targetErrors } from './targets.js'
import { startTasks } from './task.js'

/** Media that one call may name. */
const MAX_MEDIA = 20

/** Media of jobs that an account remembers; beyond that the oldest are forgotten. */
const MAX_RECORDS = 10_000

const filterSchema = z.object({
  Formats: z.string().optional(),
  Definitions: z.string().optional(),
  StreamType: z.string().optional(),
  ResultType: z.string(),
  SliceFlag: z.boolean(),
  SliceCount: z.int(),
})

const mediaRefreshSchema = z.object({
  /** Job and medium. */
  id: z.string(),
  jobId: z.string(),
  mediaId: z.string(),
  taskType: z.enum(['Refresh', 'Preload']),
  filter: filterSchema,
  status: z.enum(['success', 'fail']),
  urls: z.array(z.string()),
  /** One for each URL. */
  taskIds: z.array(z.string()),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  /** As it was given. */
  userData: z.string().optional(),
  createdAt: timestampSchema,
})

type MediaRefresh = z.output<typeof mediaRefreshSchema>

export const mediaRefreshRecords = {
  mediaRefreshes: {
    name: 'vod.mediaRefreshes',
    schema: mediaRefreshSchema,
    keyOf: ({ id }: MediaRefresh) => id,
    indexes: { job: ({ jobId }: MediaRefresh) => jobId },
    app: appOfMedium,
  },
}

/** What a medium can be refused for, in the words of the Actions that do the same by URL. */
const refusals: Readonly<Record<TargetFault['code'] | 'InvalidVideo.NoneStream', { message: string }>> = {
  ...stateErrors,
  ...targetErrors,
  'InvalidVideo.NoneStream': { message: 'The video has no stream to play for the request parameter.' },
}

export const refreshMediaPlayUrls = vod.action('RefreshMediaPlayUrls', {
  summary: 'Refreshes or preloads the addresses from which media are played.',
  source: 'VOD manual 13.5.5',
  limit: perSecond(50),
  input: () => ({
    MediaIds: csv(id(), { maxItems: MAX_MEDIA }),
    TaskType: oneOf(['Refresh', 'Preload']),
    Formats: csv(oneOf(['mp4', 'm3u8', 'mp3', 'flv', 'webm', 'ts'])).optional(),
    Definitions: csv(oneOf(definitions)).optional(),
    StreamType: csv(oneOf(['video', 'audio'])).optional(),
    ResultType: oneOf(['Single', 'Multiple']).default('Single'),
    /** Whether the segments that playlists name are meant, too. */
    SliceFlag: boolean().default(false),
    /** How many of them, of each playlist. */
    SliceCount: integer({ min: 1, max: 20 }).default(5),
    UserData: userData().optional(),
  }),
  output: () =>
    z.object({
      MediaRefreshJobId: z.string(),
      NonExistMediaIds: z.string(),
      /** Media of apps that the caller may not work with. */
      ForbiddenMediaIds: z.string(),
    }),
  async run({ input, account }) {
    const { MediaIds, TaskType, Formats, Definitions, StreamType, ResultType, SliceFlag, SliceCount, UserData } = input
    const { vod, clock } = account
    const filter = {
      Formats: Formats?.join(','),
      Definitions: Definitions?.join(','),
      StreamType: StreamType?.join(','),
      ResultType,
      SliceFlag,
      SliceCount,
    }
    const jobId = newId(account)
    const mediaIds = [...new Set(MediaIds)]
    for (const mediaId of mediaIds) {
      const video = vod.videos.get(mediaId)
      if (video === undefined) continue
      const { chosen } = chooseStreams(video.streams, {
        formats: Formats,
        definitions: Definitions,
        streamTypes: StreamType,
        resultType: ResultType,
        byPlayer: false,
      })
      const outcome = await submit(account, TaskType, urlsOf(account, chosen, SliceFlag ? SliceCount : 0))
      vod.mediaRefreshes.put({
        id: `${jobId} ${mediaId}`,
        jobId,
        mediaId,
        taskType: TaskType,
        filter,
        ...outcome,
        userData: UserData?.text,
        createdAt: clock.now(),
      })
    }
    vod.mediaRefreshes.forgetOldest(MAX_RECORDS, {})
    const notFound = mediaIds.filter((mediaId) => vod.videos.get(mediaId) === undefined)
    const { forbidden, missing } = forbiddenAmong(vod.videos, notFound)
    return { MediaRefreshJobId: jobId, NonExistMediaIds: missing.join(','), ForbiddenMediaIds: forbidden.join(',') }
  },
})

/** Addresses of streams, without what proves who may have them, each with those of its first segments. */
function urlsOf(account: Account, streams: Video['streams'], slices: number): string[] {
  // Without a domain there are no nodes.
  if (account.playDomains.choose() === undefined) return []
  const files = streams.flatMap(({ file, format, segments = [] }) =>
    format === 'm3u8' ? [file, ...segments.filter(({ key }) => key.endsWith('.ts')).slice(0, slices)] : [file],
  )
  return files.map((file) => underDomain(account, plainUrl(account, file)))
}

/** However the caller has reached the emulator, the nodes know a file by its domain. */
function underDomain({ cloud }: Account, url: string): string {
  const behind = cloud.addresses.behind(url)
  if (behind !== undefined) return `http:/${behind}`
  const { protocol, hostname, pathname } = new URL(url)
  return `${protocol}//${hostname}${pathname}`
}

type Submitted = Pick<MediaRefresh, 'status' | 'urls' | 'taskIds' | 'errorCode' | 'errorMessage'>

async function submit(account: Account, taskType: MediaRefresh['taskType'], urls: readonly string[]): Promise<Submitted> {
  const type = taskType === 'Preload' ? 'preload' : 'file'
  const failed = (code: keyof typeof refusals): Submitted => ({
    status: 'fail',
    urls: [],
    taskIds: [],
    errorCode: code,
    errorMessage: refusals[code].message,
  })
  if (account.playDomains.choose() === undefined) return failed('InvalidDomain.NotFound')
  if (urls.length === 0) return failed('InvalidVideo.NoneStream')
  const read = readTargets(account, type, urls)
  if ('fault' in read) return failed(read.fault.code)
  const excess = excessOf(account, type, read.targets)
  if (excess) return failed(excess.code)
  return { status: 'success', urls: [...urls], taskIds: await startTasks(account, type, read.targets) }
}

export const getMediaRefreshJobs = vod.action('GetMediaRefreshJobs', {
  summary: 'Tells which addresses RefreshMediaPlayUrls has handed in, and as which tasks.',
  source: 'VOD manual 13.5.6',
  limit: perSecond(50),
  input: () => ({ MediaRefreshJobId: id(), MediaId: id().optional() }),
  output: () =>
    z.object({
      MediaRefreshJobs: z.array(
        z.object({
          MediaRefreshJobId: z.string(),
          MediaId: z.string(),
          TaskType: z.string(),
          /** JSON. */
          FilterPolicy: z.string(),
          Status: z.string(),
          SuccessPlayUrls: z.string(),
          TaskIds: z.string(),
          ErrorCode: whenKnown(z.string()),
          ErrorMessage: whenKnown(z.string()),
          UserData: z.string().optional(),
          GmtCreate: z.string(),
          GmtModified: z.string(),
        }),
      ),
    }),
  run({ input: { MediaRefreshJobId, MediaId }, account }) {
    // No error is documented: of a job that does not exist, there is nothing to tell.
    const { rows } = account.vod.mediaRefreshes.list({
      by: { job: MediaRefreshJobId },
      where: ({ mediaId }) => MediaId === undefined || mediaId === MediaId,
    })
    return {
      MediaRefreshJobs: rows.map((row) => ({
        MediaRefreshJobId: row.jobId,
        MediaId: row.mediaId,
        TaskType: row.taskType,
        FilterPolicy: JSON.stringify(row.filter),
        Status: row.status,
        SuccessPlayUrls: row.urls.join(','),
        TaskIds: row.taskIds.join(','),
        ErrorCode: row.errorCode,
        ErrorMessage: row.errorMessage,
        UserData: row.userData,
        GmtCreate: toUtcSeconds(row.createdAt),
        GmtModified: toUtcSeconds(row.createdAt),
      })),
    }
  },
})
