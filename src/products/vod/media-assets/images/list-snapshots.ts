/** Snapshots of a video (VOD manual 7.4.4). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { integerText, oneOf } from '../../../../params/scalars.js'
import { OSS_SECONDS, plainUrl, playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { snapshotFile, snapshotTypes } from '../../shared/media/snapshot-set.js'
import type { videoStatuses } from '../../shared/media/video.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { videoErrors, videoNamed } from '../common/errors.js'

/** Only of videos in one of these. */
const STATUSES: readonly (typeof videoStatuses)[number][] = ['UploadSucc', 'Normal', 'Checking', 'Blocked']

/** An address is valid for at least this many seconds. */
const MIN_SECONDS = 3600

export const listSnapshots = vod.action('ListSnapshots', {
  summary: 'Lists the pictures that were last taken of a video, of one type, a page at a time.',
  source: 'VOD manual 7.4.4',
  limit: perSecond(30),
  input: () => ({
    VideoId: id(),
    SnapshotType: oneOf(snapshotTypes).default('CoverSnapshot'),
    /** Seconds; less than an hour counts as an hour. */
    AuthTimeout: integerText().default(MIN_SECONDS),
    PageSize: integerText({ min: 1, max: 100 }).default(20),
    PageNo: integerText({ min: 1 }).default(1),
  }),
  output: () =>
    z.object({
      MediaSnapshot: z.object({
        JobId: z.string(),
        CreationTime: z.string(),
        /** Address of all of them, with `{SnapshotCount}` for a number of five digits. */
        Regular: z.string(),
        Total: z.number(),
        Snapshots: z.object({ Snapshot: z.array(z.object({ Index: z.number(), Url: z.string() })) }),
      }),
    }),
  errors: {
    ...videoErrors,
    NoSuchResource: { status: 404, message: 'The specified resource %s does not exist.' },
    'Forbidden.IllegalStatus': { status: 400, message: 'Status of the video is illegal.' },
  },
  run({ input: { VideoId, SnapshotType, AuthTimeout, PageSize, PageNo }, account, fail }) {
    const video = videoNamed(account, VideoId, fail)
    const { status, snapshots } = video
    if (!STATUSES.includes(status))
      fail('Forbidden.IllegalStatus', { param: 'VideoId', reason: `is a video that is ${status}, and not one of ${STATUSES.join(', ')}` })
    const set =
      snapshots.findLast(({ type }) => type === SnapshotType) ??
      fail('NoSuchResource', {
        message: `The specified resource ${SnapshotType} does not exist.`,
        param: 'SnapshotType',
        reason: `is ${SnapshotType}, of which the video has none`,
      })
    const domain = defaultDomain(account)
    if (domain === undefined && AuthTimeout > OSS_SECONDS.most)
      fail('InvalidParameter', { param: 'AuthTimeout', reason: `is ${AuthTimeout}; of addresses of OSS it is at most ${OSS_SECONDS.most}` })
    const seconds = Math.max(AuthTimeout, MIN_SECONDS)
    const first = (PageNo - 1) * PageSize + 1
    const last = Math.min(first + PageSize - 1, set.count)
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
    return {
      MediaSnapshot: {
        JobId: set.jobId,
        CreationTime: toUtcSeconds(set.createdAt),
        // The braces of the pattern are part of it, and stay.
        Regular: decodeURIComponent(plainUrl(account, { bucket: set.bucket, key: set.pattern })),
        Total: set.count,
        Snapshots: {
          Snapshot: numbers.map((Index) => ({ Index, Url: playUrl(account, snapshotFile(set, Index), { domain, seconds }) })),
        },
      },
    }
  },
})
