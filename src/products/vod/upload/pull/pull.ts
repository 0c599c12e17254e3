/** The job behind UploadMediaByURL: fetches a file and makes a video of it. */

import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import { ApiError } from '../../../../base/errors.js'
import { sampleSize } from '../../../../bytes/samples.js'
import type { Job, JobError } from '../../../../jobs/job.js'
import { type JobKind, type Outcome, type Outside, outside } from '../../../../jobs/kind.js'
import type { File } from '../../shared/media/file.js'
import { objectOf, storeAgain, storeBytes, storeReceived, storeSample } from '../../shared/media/files.js'
import { createVideo, sourceFile } from '../../shared/media/new-video.js'
import { recipientOf } from '../../shared/notification/recipient.js'
import { findStorage } from '../../shared/storage/storages.js'
import { uploadByURLComplete } from './events.js'
import { discardSource, findSource, type ResolvedSource, type Source } from './source.js'
import type { UploadJob, uploadJobStatuses } from './upload-job.js'

/** What the service says of a URL that it gets no file from (developer guide, UploadByURLComplete). */
const URL_INVALID: JobError = { code: 'URLInvalidError', message: 'download video failed by the url, please check it' }

/** What the service says of a bucket whose owner does not let it in (manual 5.9). */
const ACCESS_DENIED: JobError = { code: 'AccessDenied', message: "Access denied by authorizer's policy." }

export const pull: JobKind = {
  name: 'vod.UploadMediaByURL',
  stages: [
    { name: 'PENDING', duration: '1s' },
    { name: 'PROCESSING', duration: '1s' },
    {
      name: 'DOWNLOADING',
      duration: '2s',
      outside: downloading((account, { id }, source) => {
        account.vodPulls.set(id, source)
        return undefined
      }),
    },
    { name: 'DOWNLOAD_SUCCESS', duration: '1s' },
    { name: 'UPLOADING', duration: '1s', outside: downloading(store) },
    { name: 'UPLOAD_SUCCESS', duration: '1s' },
  ],
  timeout: '24h',
  attempts: 1,
  // Once the file is stored, there is nothing left that could fail.
  failsIn: ['DOWNLOADING', 'PENDING', 'PROCESSING', 'UPLOADING'],
  failure: URL_INVALID,
  faultParams: {
    UploadURLs: of(({ sourceUrl }) => sourceUrl),
    Title: of(({ title }) => title),
    TemplateGroupId: of(({ templateGroupId }) => templateGroupId),
    WorkflowId: of(({ workflowId }) => workflowId),
    StorageLocation: of(({ storageLocation }) => storageLocation),
    AppId: of(({ appId }) => appId),
  },
  work: (account, { id }) => ({ result: account.vod.uploadJobs.get(id)?.videoId ?? null }),
  ended: finish,
}

/** What is known of the upload that a job is for. */
function of<Value>(value: (upload: UploadJob) => Value) {
  return ({ vod }: Account, { id }: Job): Value | undefined => {
    const upload = vod.uploadJobs.get(id)
    return upload && value(upload)
  }
}

/** Has the file fetched that is behind the URL of an upload, and `work` done with it. It does not outlive the process: where it is missing, it is fetched again. */
function downloading(work: (account: Account, job: Job, source: Source) => Outcome | undefined | Promise<Outcome | undefined>): Outside {
  return outside<ResolvedSource>({
    begin(account, { id }, signal) {
      const upload = account.vod.uploadJobs.get(id)
      const source = account.vodPulls.get(id)
      if (source !== undefined || upload === undefined) return source ?? { problem: 'is not known' }
      return findSource(account, upload.sourceUrl, upload.extension, signal)
    },
    work(account, job, source) {
      if (source === 'endless') return 'endless'
      if ('problem' in source) return { failed: { ...URL_INVALID, reason: `the URL ${source.problem}` } }
      return work(account, job, source)
    },
    discard: discardSource,
  })
}

async function store(account: Account, { id }: Job, source: Source): Promise<Outcome | undefined> {
  const { vod } = account
  account.vodPulls.set(id, source)
  const upload = vod.uploadJobs.get(id)
  const storage = upload && findStorage(account, upload.storageLocation)
  if (upload === undefined || storage === undefined)
    return { failed: { code: 'InvalidStorage.NotFound', message: 'The StorageLocation does not exist.' } }
  if (!storage.authorised) return { failed: { ...ACCESS_DENIED, reason: `the settings say that VOD may not change ${storage.location}` } }
  if ('object' in source && objectOf(account, source.object) !== source.object)
    return { failed: { ...URL_INVALID, reason: 'the object behind the URL was deleted or replaced meanwhile' } }
  const file = sourceFile(account, storage, upload.extension)
  const video = createVideo(account, storage, file, {
    title: upload.title,
    description: upload.description,
    tags: upload.tags,
    cateId: upload.cateId,
    coverUrl: upload.coverUrl,
    fileName: new URL(upload.sourceUrl).pathname,
    declaredSize: upload.declaredSize,
    sourceUrl: upload.sourceUrl,
    templateGroupId: upload.templateGroupId,
    workflowId: upload.workflowId,
    userData: upload.userData,
    appId: upload.appId,
  })
  if (video === undefined) return { failed: { code: 'AddVideoFailed', message: 'Adding video has failed due to some unknown error.' } }
  try {
    const { size } = await storeSource(account, source, file)
    vod.uploadJobs.update(id, (draft) => {
      draft.videoId = video.videoId
      draft.size = size
    })
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // The storage is full, say.
    vod.videos.delete(video.videoId)
    return { failed: { code: error.code, message: error.message, ...(error.reason !== undefined && { reason: error.reason }) } }
  }
}

/** Once it is stored, the file has arrived like any other, and the video takes its course. */
async function storeSource(account: Account, source: Source, file: File): Promise<{ size: number }> {
  // What was fetched takes its room already; what shares the bytes of others takes none, and is to fit in all the same.
  if ('received' in source) return storeReceived(account, source.received, file)
  const { storage } = account.oss
  if ('object' in source) {
    storage.checkRoom(source.object.size)
    return storeAgain(account, source.object, file)
  }
  if ('empty' in source) return storeBytes(account, file, new Uint8Array())
  storage.checkRoom(sampleSize(source.sample))
  return storeSample(account, file, source.sample)
}

function finish(account: Account, { id, ending, stage, error }: Job): void {
  const { vod, vodPulls, events, clock } = account
  const source = vodPulls.get(id)
  if (source) discardSource(source)
  vodPulls.delete(id)
  const failed = ending !== 'succeeded'
  const { code, message } = error ?? URL_INVALID
  const upload = vod.uploadJobs.update(id, (draft) => {
    draft.completedAt = clock.now()
    if (!failed) return
    draft.error = { code, message }
    draft.failedAs = stage === 'UPLOADING' ? 'UPLOAD_FAIL' : 'DOWNLOAD_FAIL'
  })
  if (upload === undefined) return
  const common = { JobId: id, SourceURL: upload.sourceUrl }
  if (failed) events.notify(uploadByURLComplete, { ...common, Status: 'fail', ErrorCode: code, ErrorMessage: message }, recipientOf(upload))
  else
    events.notify(
      uploadByURLComplete,
      { ...common, Status: 'success', VideoId: upload.videoId ?? '', Size: upload.size ?? 0 },
      recipientOf(upload),
    )
}

/** State of an upload job, as the service writes it. */
export function statusOf({ jobs }: Account, { jobId, failedAs, completedAt }: UploadJob): (typeof uploadJobStatuses)[number] {
  if (failedAs) return failedAs
  return completedAt === undefined ? ((jobs.get(jobId)?.stage ?? 'PENDING') as (typeof uploadJobStatuses)[number]) : 'SUCCESS'
}

/** What upload jobs have found behind their URLs, by job. Not part of the account's state. */
export const pullsPart = definePart({ name: 'vodPulls', create: () => new Map() })
