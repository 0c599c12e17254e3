/** Snapshot jobs: covers after every upload, of which the middle one is shown unless the uploader has chosen another; and whatever else is asked for. */

import type { Account } from '../../../../account/types.js'
import { asJson } from '../../../../base/json.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { plainUrl } from '../addresses/addresses.js'
import type { File } from '../media/file.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import { deleteSnapshots, type SnapshotSet, snapshotFile } from '../media/snapshot-set.js'
import type { UserData } from '../media/user-data.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { layoutOf } from '../snapshots/layout.js'
import { takeSnapshots } from '../snapshots/take.js'
import type { SnapshotTemplateConfig } from '../templates/snapshot-config.js'
import { NO_TRANSCODE } from '../templates/template-group.js'
import { stepEnded } from '../workflows/engine.js'
import { snapshotComplete } from './events.js'
import { videoFaultParams } from './fault-params.js'
import { type PictureFacts, sourcePicture } from './source-picture.js'
import { storing } from './storing.js'

/** At most this many covers, one per key frame. */
const MAX_COVERS = 8

/** Seconds between two key frames, as encoders commonly have it. */
const KEY_FRAME_SECONDS = 10

const NOT_IN_TIME = { code: 'InternalError', message: 'The snapshots were not taken in time.' }

/** Snapshots that somebody has asked for. */
export interface SnapshotRequest {
  config: SnapshotTemplateConfig
  /** The template that they are taken by, if they are. */
  templateId?: string | undefined
  /** Who is told, and what; default: as the uploader has said. */
  userData?: UserData | undefined
}

interface Input {
  videoId: string
  /** Without it, covers are taken. */
  request?: SnapshotRequest
}

const inputOf = ({ input }: Job): Input => input as unknown as Input

export const snapshots: JobKind = {
  name: 'vod.SubmitSnapshotJob',
  stages: [{ name: 'Processing', duration: '2s' }],
  timeout: '1h',
  attempts: 1,
  faultParams: { ...videoFaultParams, SnapshotTemplateId: (_account, job) => inputOf(job).request?.templateId },
  async work(account, job): Promise<Outcome> {
    const { videoId, request } = inputOf(job)
    const video = account.vod.videos.get(videoId)
    if (video === undefined) return { result: null }
    const source = await sourcePicture(account, video)
    if ('failed' in source) return source
    const config = request?.config ?? coverConfig(source.facts)
    const layout = layoutOf(config, source.facts)
    if ('code' in layout) return { failed: layout }
    const type = request ? config.SnapshotType : 'CoverSnapshot'
    const subject = { jobId: job.id, video, duration: source.facts.duration }
    return storing(async () => ({ result: await takeSnapshots(account, subject, type, layout) }))
  },
  ended: (account, job) => finish(account, job),
}

/** One for each key frame, but not too many. */
function coverConfig({ duration }: PictureFacts): SnapshotTemplateConfig {
  const Count = Math.min(MAX_COVERS, Math.floor(duration / KEY_FRAME_SECONDS) + 1)
  return { SnapshotType: 'NormalSnapshot', SnapshotConfig: { Count, Interval: 0, SpecifiedOffsetTime: 0 } }
}

/** Has snapshots taken of a video; without a request, covers. Answers the id of the job. */
export async function startSnapshots(account: Account, { videoId }: Video, request?: SnapshotRequest): Promise<string> {
  const input: Input = { videoId, ...(request && { request }) }
  const { id } = await account.jobs.start(snapshots, newId(account), asJson(input) as Job['input'])
  return id
}

async function finish(account: Account, job: Job): Promise<void> {
  keep(account, job)
  await stepEnded(account, job.id, job.ending === 'succeeded' ? 'success' : 'fail')
}

function keep(account: Account, job: Job): void {
  const { videoId } = inputOf(job)
  const sets = job.ending === 'succeeded' ? (job.result as unknown as SnapshotSet[] | null) : []
  // The video is gone, and nothing was taken.
  if (sets === null) return
  const dropped: SnapshotSet[] = []
  const video = updateVideo(account, videoId, (draft) => {
    // Of each type, the latest are kept; a sprite takes the place of what the one before was made of, too.
    const replaces = new Set(sets.flatMap(({ type }) => (type === 'SpriteSnapshot' ? [type, 'SpriteOriginSnapshot'] : [type])))
    dropped.push(...draft.snapshots.filter(({ type }) => replaces.has(type)))
    draft.snapshots = [...draft.snapshots.filter(({ type }) => !replaces.has(type)), ...sets]
    const covers = sets.find(({ type }) => type === 'CoverSnapshot')
    if (covers) draft.cover = middleOf(covers)
  })
  deleteSnapshots(account, dropped)
  if (video) tell(account, video, job, sets)
}

const middleOf = (set: SnapshotSet): File => snapshotFile(set, Math.ceil(set.count / 2))

function tell(account: Account, video: Video, job: Job, sets: readonly SnapshotSet[]): void {
  const { videoId: VideoId, appId, coverUrl, cover } = video
  const { request } = inputOf(job)
  // Of an upload that is not transcoded, manual and guide have no event but those of the upload and of the analysis.
  if (request === undefined && video.workflowId === undefined && video.templateGroupId === NO_TRANSCODE) return
  const recipient = recipientOf({ appId, userData: request?.userData ?? video.userData })
  const subject = { VideoId, ...(request && { SubType: 'SpecifiedTime' as const }) }
  if (job.ending !== 'succeeded') {
    const { code: ErrorCode, message: ErrorMessage } = job.error ?? NOT_IN_TIME
    account.events.notify(snapshotComplete, { ...subject, Status: 'fail', ErrorCode, ErrorMessage }, recipient)
    return
  }
  const CoverUrl = coverUrl ?? (cover && plainUrl(account, cover))
  const SnapshotInfos = sets.flatMap((set) => infoOf(account, set) ?? [])
  account.events.notify(snapshotComplete, { ...subject, Status: 'success', ...(CoverUrl && { CoverUrl }), SnapshotInfos }, recipient)
}

/** A set as the event describes it, which knows nothing of what sprites are made of. */
function infoOf(account: Account, { type, bucket, pattern, count, jobId }: SnapshotSet) {
  if (type === 'SpriteOriginSnapshot') return undefined
  // The braces of the pattern are part of it, and stay.
  const SnapshotRegular = decodeURIComponent(plainUrl(account, { bucket, key: pattern }))
  return { Status: 'success' as const, SnapshotType: type, SnapshotCount: count, SnapshotFormat: pattern, SnapshotRegular, JobId: jobId }
}
