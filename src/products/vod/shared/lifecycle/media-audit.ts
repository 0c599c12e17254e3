/** Automated reviews of videos and images: jobs that find in a medium what a test has declared of its file, and nothing otherwise. */

import type { Account } from '../../../../account/types.js'
import type { AssetFacts } from '../../../../assets/asset.js'
import { type Findings, findingsSchema } from '../../../../assets/findings.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../../jobs/kind.js'
import { objectUrl } from '../../../../oss/urls.js'
import { plainUrl } from '../addresses/addresses.js'
import { aiMediaAuditComplete } from '../audit/events.js'
import { type AuditSubject, hasSucceeded, type MediaAudit } from '../audit/media-audit.js'
import { keepPictures, resultOf } from '../audit/result-of.js'
import { decide } from '../audit/verdict.js'
import { objectOf } from '../media/files.js'
import type { Image } from '../media/image.js'
import { newId } from '../media/new-id.js'
import type { UserData } from '../media/user-data.js'
import type { Video } from '../media/video.js'
import { type Recipient, recipientOf } from '../notification/recipient.js'
import { forgetOldest } from '../service/forget-oldest.js'
import { countAISeconds } from '../statistics/ai-seconds.js'
import { type AITemplate, defaultAITemplateOf } from '../templates/ai-template.js'
import { stepEnded } from '../workflows/engine.js'
import { sourceAsset } from './examine.js'
import { videoFaultParams } from './fault-params.js'

const GONE = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }
const NOT_IN_TIME = { code: 'JobTimeout', message: 'The job was not finished within the time allowed.' }

/** What jobs of both kinds have in common. */
const common = {
  stages: [
    { name: 'init', duration: '1s' },
    { name: 'processing', duration: '4s' },
  ],
  timeout: '24h',
  attempts: 3,
  result: findingsSchema,
} as const satisfies Partial<JobKind>

const ofAudit =
  <Value>(value: (audit: MediaAudit) => Value) =>
  ({ vod }: Account, { id }: Job): Value | undefined => {
    const audit = vod.mediaAudits.get(id)
    return audit && value(audit)
  }

const auditFaultParams = { MediaId: ofAudit(({ mediaId }) => mediaId), TemplateId: ofAudit(({ templateId }) => templateId) }

/** Reviews of videos and audios. */
export const mediaAudit: JobKind = {
  ...common,
  name: 'vod.SubmitAIMediaAuditJob',
  faultParams: { ...videoFaultParams, ...auditFaultParams },
  work(account, job) {
    const video = videoOf(account, job)
    if (video === undefined) return { failed: GONE }
    return outcomeOf(sourceAsset(account, video), (asset) => videoFindings(account, video, asset))
  },
  async ended(account, job) {
    const video = videoOf(account, job)
    const audit = await putDown(account, job, video && subjectOfVideo(account, video))
    await followUp(account, job, audit)
  },
}

/** What follows from the review of a video: its status, the event, and the next step of its workflow. */
async function followUp(account: Account, job: Job, audit: MediaAudit | undefined): Promise<void> {
  const told = account.vod.videos.get(job.input.videoId as string)
  const suggestion = audit && hasSucceeded(audit) ? resultOf(account, audit).Suggestion : undefined
  if (told && suggestion !== undefined) countAISeconds(account, told, 'AIVideoCensor')
  if (audit && told) {
    if (suggestion === 'pass') decide(account, told.videoId, { status: 'Normal', by: 'machine' })
    if (suggestion === 'block' && audit.config.AuditAutoBlock === 'yes') decide(account, told.videoId, { status: 'Blocked', by: 'machine' })
    tell(account, audit, told)
  }
  await stepEnded(account, job.id, suggestion === undefined ? 'fail' : suggestion === 'block' ? 'blocked' : 'passed')
}

/** Reviews of images, which have no status that would follow from them. */
export const imageAudit: JobKind = {
  ...common,
  name: 'vod.SubmitAIImageAuditJob',
  faultParams: auditFaultParams,
  work(account, job) {
    const image = imageOf(account, job)
    if (image === undefined) return { failed: GONE }
    return outcomeOf(account.assetOf(objectUrl(account, image.file)), (asset) => findingsIn(asset, 0))
  },
  async ended(account, job) {
    const image = imageOf(account, job)
    const audit = await putDown(account, job, image && { imageUrl: plainUrl(account, image.file), sound: false })
    const told = account.vod.images.get(job.input.imageId as string)
    if (audit && told) tell(account, audit, told)
  },
}

/** What a review is started with. */
export interface AuditOrder {
  template: AITemplate
  userData?: UserData | undefined
}

/** Starts the review of a video whose source is there; answers the id of the job. */
export const startVideoAudit = (account: Account, { videoId, file }: Video, order: AuditOrder): Promise<string> =>
  start(account, mediaAudit, videoId, { videoId, etag: objectOf(account, file)?.etag ?? '' }, order)

/** Starts the review of an image whose file is there; answers the id of the job. */
export const startImageAudit = (account: Account, { imageId, file }: Image, order: AuditOrder): Promise<string> =>
  start(account, imageAudit, imageId, { imageId, etag: objectOf(account, file)?.etag ?? '' }, order)

/** Has a video reviewed that has just been analysed, where the settings say so. */
export async function auditAutomatically(account: Account, video: Video): Promise<void> {
  const template = defaultAITemplateOf(account, 'AIMediaAudit')
  if (account.settings.values.vod.review?.automatic && template)
    await startVideoAudit(account, video, { template, userData: video.userData })
}

async function start(account: Account, kind: JobKind, mediaId: string, input: Job['input'], order: AuditOrder): Promise<string> {
  const { vod, clock, jobs } = account
  const { template, userData } = order
  if (template.audit === undefined) throw new Error(`the template ${template.templateId} is not one for reviews`)
  const { jobId } = vod.mediaAudits.put({
    jobId: newId(account),
    mediaId,
    templateId: template.templateId,
    config: template.audit,
    userData,
    createdAt: clock.now(),
  })
  forgetOldest(vod.mediaAudits)
  await jobs.start(kind, jobId, input)
  return jobId
}

/** The video of a job, unless another file has taken the place of its own. */
function videoOf(account: Account, { input: { videoId, etag } }: Job): Video | undefined {
  const video = account.vod.videos.get(videoId as string)
  return video?.facts && objectOf(account, video.file)?.etag === etag ? video : undefined
}

function imageOf(account: Account, { input: { imageId, etag } }: Job): Image | undefined {
  const image = account.vod.images.get(imageId as string)
  return image && objectOf(account, image.file)?.etag === etag ? image : undefined
}

function outcomeOf(asset: AssetFacts | undefined, find: (asset: AssetFacts | undefined) => Findings): Outcome {
  const defect = asset?.defect
  if (defect === 'never finishes') return 'endless'
  if (defect === 'fails every time') return { retry: { code: 'InternalError', message: `The file has the defect "${defect}".` } }
  return { result: find(asset) }
}

/** What there is to be found in a file. One that is unsafe, and nothing else is said of, shows what it should not in its middle. */
function findingsIn(asset: AssetFacts | undefined, duration: number): Findings {
  if (asset?.findings) return asset.findings
  if (asset?.defect !== 'is unsafe') return {}
  return { video: [{ scene: 'porn', at: Math.floor(duration / 2) }], image: [{ scene: 'porn' }] }
}

/** A cover that the uploader has chosen is a file of its own; one that was taken from the video shows what that shows. */
function videoFindings(account: Account, { facts, coverUrl }: Video, asset: AssetFacts | undefined): Findings {
  const findings = findingsIn(asset, facts?.duration ?? 0)
  if (coverUrl === undefined) return findings
  const { image = [] } = findingsIn(URL.canParse(coverUrl) ? account.assetOf(coverUrl) : undefined, 0)
  return { ...findings, image }
}

function subjectOfVideo(account: Account, { title, coverUrl, cover, facts }: Video): AuditSubject {
  const imageUrl = coverUrl ?? (cover && plainUrl(account, cover))
  return { title, imageUrl, pictures: facts?.picture && facts.duration, sound: facts?.sound !== undefined }
}

/** Puts down how a job has ended, and keeps the pictures of its result. A result of what is gone is none. */
async function putDown(
  account: Account,
  { id, ending, error, result }: Job,
  subject: AuditSubject | undefined,
): Promise<MediaAudit | undefined> {
  const found = ending === 'succeeded' && subject !== undefined ? { subject, findings: findingsSchema.parse(result) } : undefined
  const { code, message } = error ?? (ending === 'succeeded' ? GONE : NOT_IN_TIME)
  const audit = account.vod.mediaAudits.update(id, (draft) => {
    draft.completedAt = account.clock.now()
    draft.result = found
    if (found === undefined) draft.error = { code, message }
  })
  if (audit && hasSucceeded(audit)) await keepPictures(account, audit)
  return audit
}

/** Tells what has come of a review; who submitted it may have said whom. */
function tell(account: Account, audit: MediaAudit, { appId }: Pick<Recipient, 'appId'>): void {
  const { jobId: JobId, mediaId: MediaId, userData, error } = audit
  const recipient = recipientOf({ appId, userData })
  if (hasSucceeded(audit))
    account.events.notify(aiMediaAuditComplete, { Status: 'success', JobId, MediaId, Data: resultOf(account, audit) }, recipient)
  else if (error) {
    const { code: Code, message: Message } = error
    account.events.notify(aiMediaAuditComplete, { Status: 'fail', JobId, MediaId, Code, Message }, recipient)
  }
}
