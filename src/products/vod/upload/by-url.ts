/** Uploads that the service fetches itself (VOD manual 5.5 to 5.7). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perDay, perSecond } from '../../../actions/action.js'
import { inAnyOrder, whenKnown } from '../../../actions/promises.js'
import { itemsNamed } from '../../../actions/xml-form.js'
import { toUtcSeconds } from '../../../base/times.js'
import { csv, jsonList } from '../../../params/structures.js'
import { extensionOf, mediaTypeOf } from '../shared/media/extensions.js'
import { newId } from '../shared/media/new-id.js'
import { userData } from '../shared/media/user-data-param.js'
import { appId } from '../shared/service/app-id.js'
import { forgetOldest } from '../shared/service/forget-oldest.js'
import { regionOf } from '../shared/service/region.js'
import { vod } from '../shared/service/service.js'
import { refuseTooManyJobs } from '../shared/service/too-many-jobs.js'
import { defaultTemplateGroupOf } from '../shared/templates/built-in.js'
import { checkProcessing, storageOf } from './destination.js'
import { processingErrors, storageErrors } from './errors.js'
import { uploadMetadata } from './metadata.js'
import { addresses, decodeAddress, id, storageLocation } from './params.js'
import { pull, statusOf } from './pull/pull.js'
import type { UploadJob } from './pull/upload-job.js'

/** Regions in which files are fetched. */
const FETCHING_REGIONS = ['cn-shanghai', 'ap-southeast-1']

/** URLs of one call. */
const MAX_URLS = 20

export const uploadMediaByURL = vod.action('UploadMediaByURL', {
  summary: 'Has video and audio files fetched from public URLs.',
  source: 'VOD manual 5.5',
  limit: perDay(200_000),
  accepts: ['EnableFirstFrameCover', 'GenerateThumbnail', 'SessionId'],
  input: () => ({
    UploadURLs: addresses(MAX_URLS, { value: 'InvalidParameter.UploadURLs', url: 'InvalidParameter.UploadURLs' }),
    TemplateGroupId: id().optional(),
    StorageLocation: storageLocation().optional(),
    UploadMetadatas: jsonList(uploadMetadata, { minItems: 0, maxItems: MAX_URLS }).optional(),
    UserData: userData().optional(),
    AppId: appId(),
    WorkflowId: id().optional(),
  }),
  output: () => z.object({ UploadJobs: inAnyOrder(z.array(z.object({ JobId: z.string(), SourceURL: z.string() }))) }),
  errors: {
    'InvalidParameter.UploadURLs': { status: 400, message: 'The specified parameter UploadURLs is not valid.' },
    ...processingErrors,
    ...storageErrors,
  },
  job: pull,
  async run({ input, account, call, fail }) {
    const region = regionOf(call)
    if (region !== undefined && !FETCHING_REGIONS.includes(region))
      fail('UnsupportedOperation', { reason: `files are fetched in ${FETCHING_REGIONS.join(' and ')} only, not in ${region}` })
    const { UploadURLs, UploadMetadatas = [], UserData, AppId } = input
    const storage = storageOf(account, input.StorageLocation, fail)
    checkProcessing(account, input, fail)
    const files = UploadURLs.map((url) => {
      const metadata = UploadMetadatas.find(({ SourceURL }) => decodeAddress(SourceURL) === url)
      const extension = metadata?.FileExtension || extensionOf(new URL(url).pathname)
      if (mediaTypeOf(extension) === undefined)
        fail('InvalidParameter.UploadURLs', {
          param: 'UploadURLs',
          reason: `holds ${url}, whose extension is none of a video or audio; FileExtension in UploadMetadatas can say what it is`,
        })
      if (metadata) checkProcessing(account, metadata, fail)
      return { url, metadata, extension: extension as string }
    })
    refuseTooManyJobs(account, fail, files.length)

    const UploadJobs: { JobId: string; SourceURL: string }[] = []
    for (const { url, metadata, extension } of files) {
      const { jobId } = account.vod.uploadJobs.put({
        jobId: newId(account),
        sourceUrl: url,
        extension,
        title: metadata?.Title ?? titleOf(url),
        description: metadata?.Description,
        tags: metadata?.Tags ?? [],
        cateId: metadata?.CateId,
        coverUrl: metadata?.CoverURL,
        declaredSize: metadata?.FileSize,
        // What is said of one file counts more than what is said of all.
        ...processingOf(account, metadata?.WorkflowId || metadata?.TemplateGroupId ? metadata : input, AppId),
        storageLocation: storage.location,
        appId: AppId,
        userData: UserData,
        createdAt: account.clock.now(),
      })
      await account.jobs.start(pull, jobId, {})
      UploadJobs.push({ JobId: jobId, SourceURL: url })
    }
    forgetOldest(account.vod.uploadJobs)
    return { UploadJobs }
  },
})

interface Asked {
  TemplateGroupId?: string | undefined
  WorkflowId?: string | undefined
}

const processingOf = (account: Account, { TemplateGroupId, WorkflowId }: Asked, appId: string) => ({
  templateGroupId: TemplateGroupId ?? defaultTemplateGroupOf(account, appId)?.templateGroupId,
  workflowId: WorkflowId,
})

/** A file that nobody has given a title goes by its name. */
function titleOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(name).slice(0, 128)
  } catch {
    return name.slice(0, 128)
  }
}

/** Ids or URLs of one query. */
const MAX_KEYS = 10

const MAX_RECORDS = 100

/** The upload jobs of a query, and what of the query there is no job of. Ids count more than URLs. */
function findJobs(
  { vod: { uploadJobs } }: Account,
  ids: readonly string[] | undefined,
  urls: readonly string[] | undefined,
  missing: () => never,
): { found: UploadJob[]; NonExists: string[] } {
  if (ids !== undefined) {
    const distinct = [...new Set(ids)]
    const found = distinct.flatMap((jobId) => uploadJobs.get(jobId) ?? [])
    return { found, NonExists: distinct.filter((jobId) => uploadJobs.get(jobId) === undefined) }
  }
  const distinct = [...new Set(urls ?? missing())]
  const found = uploadJobs.list({ by: { sourceUrl: distinct }, descending: true }).rows
  return { found, NonExists: distinct.filter((url) => !found.some(({ sourceUrl }) => sourceUrl === url)) }
}

const jobIds = () => csv(id(), { maxItems: MAX_KEYS })

export const getURLUploadInfos = vod.action('GetURLUploadInfos', {
  summary: 'Tells the state of uploads by URL, newest first where a URL was uploaded several times.',
  source: 'VOD manual 5.6',
  limit: perSecond(100),
  input: () => ({ JobIds: jobIds().optional(), UploadURLs: addresses(MAX_KEYS).optional() }),
  output: () =>
    z.object({
      NonExists: inAnyOrder(z.array(z.string())),
      URLUploadInfoList: inAnyOrder(
        itemsNamed(
          'UrlUploadJobInfoDTO',
          z.object({
            JobId: z.string(),
            UploadURL: z.string(),
            /** State of the job. */
            Status: z.string(),
            /** The video that the file became. */
            MediaId: whenKnown(z.string()),
            /** Bytes. */
            FileSize: z.string().optional(),
            UserData: z.string().optional(),
            CreationTime: z.string(),
            CompleteTime: z.string().optional(),
            ErrorCode: whenKnown(z.string()),
            ErrorMessage: whenKnown(z.string()),
          }),
        ),
      ),
    }),
  run({ input: { JobIds, UploadURLs }, account, fail }) {
    const missing = () => fail('MissingParameter', { param: 'JobIds', reason: 'is not given, nor is UploadURLs; one of them is needed' })
    const { found, NonExists } = findJobs(account, JobIds, UploadURLs, missing)
    return { NonExists, URLUploadInfoList: found.slice(0, MAX_RECORDS).map((job) => infoOf(account, job)) }
  },
})

function infoOf(account: Account, job: UploadJob) {
  const { jobId, sourceUrl, videoId, size, declaredSize, userData: given, createdAt, completedAt, error } = job
  const bytes = size ?? declaredSize
  return {
    JobId: jobId,
    UploadURL: sourceUrl,
    Status: statusOf(account, job),
    MediaId: videoId,
    FileSize: bytes === undefined ? undefined : String(bytes),
    UserData: given?.text,
    CreationTime: toUtcSeconds(createdAt),
    CompleteTime: completedAt === undefined ? undefined : toUtcSeconds(completedAt),
    ErrorCode: error?.code,
    ErrorMessage: error?.message,
  }
}

export const cancelUrlUploadJobs = vod.action('CancelUrlUploadJobs', {
  summary: 'Cancels uploads by URL that still wait; those that have begun go on.',
  source: 'VOD manual 5.7',
  limit: perSecond(50),
  input: () => ({ JobIds: jobIds().optional(), UploadUrls: addresses(MAX_KEYS).optional() }),
  output: () => z.object({ CanceledJobs: inAnyOrder(z.array(z.string())), NonExists: inAnyOrder(z.array(z.string())) }),
  run({ input: { JobIds, UploadUrls }, account, fail }) {
    const missing = () => fail('MissingParameter', { param: 'JobIds', reason: 'is not given, nor is UploadUrls; one of them is needed' })
    const { found, NonExists } = findJobs(account, JobIds, UploadUrls, missing)
    const waiting = found.filter((job) => statusOf(account, job) === 'PENDING')
    for (const { jobId } of waiting) {
      account.jobs.cancel(jobId)
      // No state stands for a job that was cancelled: it is as if it had never been.
      account.vod.uploadJobs.delete(jobId)
    }
    return { CanceledJobs: waiting.map(({ jobId }) => jobId), NonExists }
  },
})
