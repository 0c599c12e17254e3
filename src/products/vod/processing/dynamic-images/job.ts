/** The job that makes an animated image of a video. */

import type { Account } from '../../../../account/types.js'
import { asJson } from '../../../../base/json.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { animate } from '../../../../media/images/animation.js'
import { plainUrl } from '../../shared/addresses/addresses.js'
import { deleteFiles } from '../../shared/lifecycle/delete-files.js'
import { videoFaultParams } from '../../shared/lifecycle/fault-params.js'
import { sourcePicture } from '../../shared/lifecycle/source-picture.js'
import { storing } from '../../shared/lifecycle/storing.js'
import { countTranscoded } from '../../shared/lifecycle/transcoding.js'
import { type DynamicImage, dynamicImageSchema } from '../../shared/media/dynamic-image.js'
import type { File } from '../../shared/media/file.js'
import { storeBytes } from '../../shared/media/files.js'
import { updateVideo } from '../../shared/media/medium.js'
import { newId } from '../../shared/media/new-id.js'
import type { Video } from '../../shared/media/video.js'
import { recipientOf } from '../../shared/notification/recipient.js'
import { classOf } from '../../shared/streams/picture.js'
import type { DynamicImageOverride } from '../../shared/templates/dynamic-image-config.js'
import { stepEnded } from '../../shared/workflows/engine.js'
import { clipOf } from './clip.js'
import { dynamicImageComplete } from './events.js'

/** Animated images that a video keeps; beyond that the oldest go. */
const MAX_OF_A_VIDEO = 100

const NOT_IN_TIME = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

interface Input {
  videoId: string
  templateId: string
  /** What the template and the call ask for. */
  config: DynamicImageOverride
}

const inputOf = ({ input }: Job): Input => input as unknown as Input

export const dynamicImages: JobKind = {
  name: 'vod.SubmitDynamicImageJob',
  stages: [{ name: 'Processing', duration: '3s' }],
  timeout: '1h',
  attempts: 1,
  failure: { code: 'TranscodeFail', message: 'The transcoding failed.' },
  faultParams: { ...videoFaultParams, DynamicImageTemplateId: (_account, job) => inputOf(job).templateId },
  async work(account, job): Promise<Outcome> {
    const { videoId, config } = inputOf(job)
    const video = account.vod.videos.get(videoId)
    if (video === undefined) return { result: null }
    const source = await sourcePicture(account, video)
    if ('failed' in source) return source
    const clip = clipOf(config, source.facts)
    if ('code' in clip) return { failed: clip }
    const { format, width, height, fps, duration } = clip
    const dynamicImageId = newId(account)
    const file: File = { bucket: video.file.bucket, key: `${videoId}/image/dynamic/${dynamicImageId}.${format}` }
    return storing(async () => {
      const { size } = await storeBytes(account, file, await animate(clip))
      const facts = { format, file, size, width, height, fps, duration }
      return { result: { dynamicImageId, videoId, jobId: job.id, ...facts, createdAt: account.clock.now() } satisfies DynamicImage }
    })
  },
  ended: (account, job) => finish(account, job),
}

/** Has an animated image made of a video. Answers the id of the job. */
export async function startDynamicImage(
  account: Account,
  { videoId }: Video,
  templateId: string,
  config: DynamicImageOverride,
): Promise<string> {
  const input: Input = { videoId, templateId, config }
  const { id } = await account.jobs.start(dynamicImages, newId(account), asJson(input) as Job['input'])
  return id
}

async function finish(account: Account, job: Job): Promise<void> {
  tell(account, job)
  await stepEnded(account, job.id, job.ending === 'succeeded' ? 'success' : 'fail')
}

/** What has been made becomes one of the video's images, and it is told of it. */
function tell(account: Account, job: Job): void {
  const { vod, events } = account
  const { videoId, config } = inputOf(job)
  const video = vod.videos.get(videoId)
  if (video === undefined) return
  const subject = { VideoId: videoId, JobId: job.id }
  const recipient = recipientOf(video)
  if (job.ending !== 'succeeded') {
    const { code: ErrorCode, message: ErrorMessage } = job.error ?? NOT_IN_TIME
    events.notify(dynamicImageComplete, { ...subject, Status: 'fail', ErrorCode, ErrorMessage }, recipient)
    return
  }
  const image = keep(account, dynamicImageSchema.parse(job.result))
  // They are billed as transcoding is, by their size.
  countTranscoded(account, { bucket: image.file.bucket, specification: `H264.${classOf(image).name}`, duration: image.duration })
  if (config.SetDefaultCover === 'true')
    updateVideo(account, videoId, (draft) => {
      draft.cover = image.file
    })
  const { file, size: FileSize, width: Width, height: Height, fps: Fps } = image
  const DynamicImageJobInfo = { FileSize, FileURL: plainUrl(account, file), Fps, Height, JobId: job.id, Width }
  events.notify(dynamicImageComplete, { ...subject, Status: 'success', DynamicImageJobInfo }, recipient)
}

/** Adds an image to those of its video. */
function keep(account: Account, image: DynamicImage): DynamicImage {
  const { dynamicImages: images } = account.vod
  const { rows } = images.list({ by: { video: image.videoId } })
  for (const { dynamicImageId, file } of rows.slice(0, Math.max(0, rows.length + 1 - MAX_OF_A_VIDEO))) {
    deleteFiles(account, [file])
    images.delete(dynamicImageId)
  }
  return images.put(image)
}
