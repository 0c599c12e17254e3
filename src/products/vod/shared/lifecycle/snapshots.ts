/** Cover snapshots: pictures of a video that are taken after every upload; the middle one is its cover unless the uploader has chosen another. */

import type { Account } from '../../../../account/types.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { plainUrl } from '../addresses/addresses.js'
import type { File } from '../media/file.js'
import { storeSample } from '../media/files.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import type { SnapshotSet, Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { deleteFiles, filesOfSnapshots, snapshotFile } from './delete-files.js'
import { snapshotComplete } from './events.js'
import { videoFaultParams } from './fault-params.js'
import { storing } from './storing.js'

/** At most this many pictures, one per key frame. */
const MAX_COVERS = 8

/** Seconds between two key frames, as encoders commonly have it. */
const KEY_FRAME_SECONDS = 10

/** Sets of snapshots that a video keeps; beyond that the oldest go. */
const MAX_SETS = 20

export const covers: JobKind = {
  name: 'vod.SubmitSnapshotJob',
  stages: [{ name: 'Processing', duration: '2s' }],
  timeout: '1h',
  attempts: 1,
  faultParams: videoFaultParams,
  async work(account, job): Promise<Outcome> {
    const video = account.vod.videos.get(job.input.videoId as string)
    if (video === undefined) return { result: null }
    const count = Math.min(MAX_COVERS, Math.floor((video.facts?.duration ?? 0) / KEY_FRAME_SECONDS) + 1)
    const set: SnapshotSet = {
      jobId: job.id,
      type: 'CoverSnapshot',
      count,
      bucket: video.file.bucket,
      pattern: `${video.videoId}/covers/${newId(account)}-{SnapshotCount}.jpg`,
      createdAt: account.clock.now(),
    }
    return storing(async () => {
      for (let number = 1; number <= count; number++) await storeSample(account, snapshotFile(set, number), 'cover.jpg')
      return { result: set }
    })
  },
  ended: (account, job) => finish(account, job),
}

/** Has covers taken of a video with a picture. */
export async function startSnapshots(account: Account, { videoId }: Video): Promise<void> {
  await account.jobs.start(covers, newId(account), { videoId })
}

async function finish(account: Account, { input, result, error }: Job): Promise<void> {
  const videoId = input.videoId as string
  const set = (result ?? undefined) as SnapshotSet | undefined
  const dropped: SnapshotSet[] = []
  const video = updateVideo(account, videoId, (draft) => {
    if (set === undefined) return
    dropped.push(...draft.snapshots.slice(0, Math.max(0, draft.snapshots.length + 1 - MAX_SETS)))
    draft.snapshots = [...draft.snapshots.slice(dropped.length), set]
    draft.cover = middleOf(set)
  })
  deleteFiles(account, dropped.flatMap(filesOfSnapshots))
  if (video === undefined) return
  const { events } = account
  if (set === undefined) {
    const { code: ErrorCode, message: ErrorMessage } = error ?? { code: 'InternalError', message: 'The snapshots were not taken in time.' }
    events.notify(snapshotComplete, { Status: 'fail', VideoId: videoId, ErrorCode, ErrorMessage }, recipientOf(video))
    return
  }
  const { bucket, pattern: SnapshotFormat, count: SnapshotCount, jobId: JobId } = set
  // The braces of the pattern are part of it, and stay.
  const SnapshotRegular = decodeURIComponent(plainUrl(account, { bucket, key: SnapshotFormat }))
  events.notify(
    snapshotComplete,
    {
      Status: 'success',
      VideoId: videoId,
      CoverUrl: video.coverUrl ?? plainUrl(account, middleOf(set)),
      SnapshotInfos: [{ Status: 'success', SnapshotType: 'CoverSnapshot', SnapshotCount, SnapshotFormat, SnapshotRegular, JobId }],
    },
    recipientOf(video),
  )
}

const middleOf = (set: SnapshotSet): File => snapshotFile(set, Math.ceil(set.count / 2))
