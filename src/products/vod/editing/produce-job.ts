/** The job behind ProduceEditingProjectVideo: puts media together to the source file of a video. */

import type { Account } from '../../../account/types.js'
import type { Job, JobError } from '../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../jobs/kind.js'
import { type MediaFacts, mediaFactsSchema } from '../../../media/probe.js'
import type { StoredObject } from '../../../oss/object.js'
import { videoFaultParams } from '../shared/lifecycle/fault-params.js'
import { storeMade, whyNotStored } from '../shared/lifecycle/made.js'
import { receivedAgain } from '../shared/media/files.js'
import { updateVideo } from '../shared/media/medium.js'
import { newId } from '../shared/media/new-id.js'
import type { Video } from '../shared/media/video.js'
import { recipientOf } from '../shared/notification/recipient.js'
import { produceMediaComplete } from './events.js'
import type { Production } from './production.js'
import { updateProject } from './project.js'
import { BAD_CONTENT, bytesOf, factsOf } from './result.js'

export const produceJob: JobKind = {
  name: 'vod.ProduceEditingProjectVideo',
  stages: [
    { name: 'Queuing', duration: '1s' },
    { name: 'Producing', duration: '5s' },
  ],
  timeout: '24h',
  attempts: 1,
  failure: BAD_CONTENT,
  result: mediaFactsSchema,
  faultParams: {
    VideoId: videoFaultParams.VideoId,
    ProjectId: of(({ projectId }) => projectId),
    Title: of(({ projectId }, { vod }) => vod.editingProjects.get(projectId)?.title),
    TemplateGroupId: videoFaultParams.TemplateGroupId,
    StorageLocation: videoFaultParams.StorageLocation,
    AppId: videoFaultParams.AppId,
  },
  async work(account, { id }): Promise<Outcome> {
    const production = account.vod.productions.get(id)
    const video = production && account.vod.videos.get(production.videoId)
    if (production === undefined || video === undefined) return { failed: GONE }
    const failed = whyNotStored(account, video.storageLocation, bytesOf(account, production)?.size)
    return failed ? { failed } : factsOf(account, production)
  },
  ended: finish,
}

/** What is known of the production that a job is for. */
function of<Value>(value: (production: Production, account: Account) => Value) {
  return (account: Account, { id }: Job): Value | undefined => {
    const production = account.vod.productions.get(id)
    return production && value(production, account)
  }
}

/** Starts a production: the project is being produced until its job, or a later one of the same project, ends. */
export async function startProduction(account: Account, production: Omit<Production, 'jobId' | 'createdAt'>): Promise<void> {
  const { videoId, projectId } = production
  const jobId = newId(account)
  updateProject(account, projectId, (draft) => {
    draft.status = 'Producing'
    draft.productionId = jobId
  })
  account.vod.productions.put({ ...production, jobId, createdAt: account.clock.now() })
  await account.jobs.start(produceJob, jobId, { videoId })
}

const GONE: JobError = { code: 'InvalidVideo.NotFound', message: 'The video does not exist.' }

async function finish(account: Account, job: Job): Promise<void> {
  const { vod } = account
  const production = vod.productions.get(job.id)
  if (production === undefined) return
  vod.productions.delete(job.id)
  const video = vod.videos.get(production.videoId)
  const bytes = bytesOf(account, production)
  const problem = video === undefined ? GONE : problemOf(account, job, video, bytes)
  if (vod.editingProjects.get(production.projectId)?.productionId === job.id)
    updateProject(account, production.projectId, (draft) => {
      draft.status = problem ? 'ProduceFailed' : 'Produced'
    })
  // A video that was deleted meanwhile has nobody to be told of it.
  if (video === undefined) return
  if (problem) fail(account, production, video, problem)
  else await succeed(account, production, video, job.result as MediaFacts, bytes)
}

/** Why nothing has come of a job; one that a test has succeed may still have no place for its file. */
function problemOf(account: Account, { ending, error = BAD_CONTENT }: Job, video: Video, bytes: StoredObject | undefined) {
  return ending === 'succeeded' ? whyNotStored(account, video.storageLocation, bytes?.size) : error
}

function fail(account: Account, { projectId: ProjectId }: Production, { videoId }: Video, { code, message }: JobError): void {
  const video = updateVideo(account, videoId, (draft) => {
    draft.status = 'ProduceFail'
  })
  if (video === undefined) return
  account.events.notify(
    produceMediaComplete,
    { Status: 'fail', MediaId: videoId, ProjectId, ErrorCode: code, ErrorMessage: message },
    recipientOf(video),
  )
}

/** Once its file is stored, the video has arrived like any other, and takes its course. */
async function succeed(
  account: Account,
  production: Production,
  video: Video,
  facts: MediaFacts,
  bytes: StoredObject | undefined,
): Promise<void> {
  const { videoId } = video
  account.events.notify(produceMediaComplete, { Status: 'success', MediaId: videoId, ProjectId: production.projectId }, recipientOf(video))
  await storeMade(account, video, facts, bytes && receivedAgain(account, bytes))
}
