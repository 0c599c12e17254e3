/** Analysis of a source file: what it is, and what is to be done with it. Every upload is analysed. */

import type { Account } from '../../../../account/types.js'
import type { Job, JobError } from '../../../../jobs/job.js'
import { type JobKind, type Outcome, outside } from '../../../../jobs/kind.js'
import { type MediaFacts, mediaFactsSchema, takesLong } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { kilobitsPerSecond } from '../media/bitrate.js'
import { objectOf } from '../media/files.js'
import { updateVideo } from '../media/medium.js'
import { newId } from '../media/new-id.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { workflowOf } from '../storage/storages.js'
import { startWorkflow } from '../workflows/engine.js'
import { videoAnalysisComplete } from './events.js'
import { examine, sourceAsset } from './examine.js'
import { videoFaultParams } from './fault-params.js'
import { auditAutomatically } from './media-audit.js'
import { planOf } from './plan.js'
import { startSnapshots } from './snapshots.js'
import { playSource } from './source-stream.js'
import { startTranscoding } from './transcoding.js'

/** What the service says of a file that it cannot read (developer guide, VideoAnalysisComplete). */
const BAD_CONTENT: JobError = { code: 'InvalidParameter.ResourceContentBad', message: 'The resource operated InputFile is bad' }

/** What there is to say of a file that was deleted before it was read. */
const GONE: JobError = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

/** Defects of a declared file that show when it is read. */
const unreadable: ReadonlySet<unknown> = new Set(['cannot be decoded', 'is empty', 'shows something else'])

export const analysis: JobKind = {
  name: 'vod.CreateUploadVideo',
  stages: [
    {
      name: 'Analyzing',
      duration: '1s',
      outside: outside<MediaFacts | undefined>({
        begin(account, job) {
          const subject = subjectOf(account, job)
          // What takes no time is found out in the turn, so that it comes before whatever comes next.
          if (subject?.object === undefined || subject.video.facts || !takesLong(subject.object) || problemOf(account, subject))
            return undefined
          return examine(account, subject.video, subject.object)
        },
        async work(account, job, facts) {
          const subject = subjectOf(account, job)
          if (subject === undefined) return { result: null }
          const { video, object } = subject
          if (object === undefined) return { failed: GONE }
          return problemOf(account, subject) ?? { result: video.facts ?? facts ?? (await examine(account, video, object)) }
        },
      }),
    },
  ],
  timeout: '1h',
  attempts: 1,
  failure: BAD_CONTENT,
  result: mediaFactsSchema,
  faultParams: videoFaultParams,
  async ended(account, job) {
    const subject = subjectOf(account, job)
    if (subject === undefined) return
    const facts = job.ending === 'succeeded' ? (job.result as MediaFacts) : undefined
    const { code, message } = job.error ?? BAD_CONTENT
    const error = facts ? undefined : { code, message }
    const video = updateVideo(account, subject.video.videoId, (draft) => {
      // What is known of a file that is gone stays, and it is not damaged: there may be another.
      draft.facts = subject.object ? facts : draft.facts
      draft.damage = subject.object && error
      if (facts) draft.mediaType = facts.picture ? 'video' : 'audio'
    })
    if (video === undefined) return
    tell(account, video, error)
    const { playsSource } = planOf(account, video)
    if (facts && playsSource && subject.object && subject.video.facts === undefined) playSource(account, video, subject.object, facts)
    await startPlan(account, video)
    if (facts?.picture) await startSnapshots(account, video)
    if (facts) await auditAutomatically(account, video)
  },
}

/** Starts what is to be done with a video that has just been analysed. */
async function startPlan(account: Account, video: Video): Promise<void> {
  if (video.workflowId !== undefined) {
    const workflow = workflowOf(account, video.workflowId)
    if (workflow) await startWorkflow(account, video, workflow)
    return
  }
  const { group } = planOf(account, video)
  if (group) await startTranscoding(account, video, group, 'Auto')
}

/** Starts the analysis of a file that has just arrived. */
export async function startAnalysis(account: Account, { videoId, analysisId }: Video, { etag }: StoredObject): Promise<void> {
  const { jobs, vod } = account
  // What the file before this one was is of no use any more.
  if (analysisId !== undefined) jobs.cancel(analysisId)
  const { id } = await jobs.start(analysis, newId(account), { videoId, etag })
  vod.videos.update(videoId, (draft) => {
    draft.analysisId = id
  })
}

interface Subject {
  video: Video
  /** Left out if it was deleted. */
  object?: StoredObject
}

/** What comes of a file whose bytes need not be read. */
function problemOf(account: Account, { video, object }: Subject): Outcome | undefined {
  const defect = sourceAsset(account, video)?.defect
  if (defect === 'never finishes') return 'endless'
  if (object?.size === 0) return { failed: { ...BAD_CONTENT, reason: 'the file is empty' } }
  return unreadable.has(defect) ? { failed: { ...BAD_CONTENT, reason: `the file has the defect "${defect}"` } } : undefined
}

/** What a job is about, unless the video is gone or another file has taken the place of its own. */
function subjectOf(account: Account, { input }: Job): Subject | undefined {
  const video = account.vod.videos.get(input.videoId as string)
  if (video === undefined) return undefined
  const object = objectOf(account, video.file)
  if (object === undefined) return { video }
  return object.etag === input.etag ? { video, object } : undefined
}

function tell({ events }: Account, video: Video, error: Video['damage']): void {
  const { videoId: VideoId, size = 0, facts } = video
  if (error) {
    const { code: ErrorCode, message: ErrorMessage } = error
    events.notify(videoAnalysisComplete, { Status: 'fail', VideoId, ErrorCode, ErrorMessage }, recipientOf(video))
  } else if (facts) {
    const { duration: Duration, picture } = facts
    const Bitrate = kilobitsPerSecond(size, Duration)
    const { width: Width, height: Height, fps: Fps } = picture ?? {}
    const shown = picture && { Width, Height, Fps }
    events.notify(videoAnalysisComplete, { Status: 'success', VideoId, Size: size, Duration, Bitrate, ...shown }, recipientOf(video))
  }
}
