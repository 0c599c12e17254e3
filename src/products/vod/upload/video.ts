/** Uploads of videos and audios by the caller (VOD manual 5.1, 5.2). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { long } from '../../../params/scalars.js'
import { url } from '../../../params/structures.js'
import { notifyBaseChange } from '../shared/lifecycle/base-change.js'
import { extensionOf } from '../shared/media/extensions.js'
import { createVideo, sourceFile } from '../shared/media/new-video.js'
import { userData } from '../shared/media/user-data-param.js'
import { appId } from '../shared/service/app-id.js'
import { vod } from '../shared/service/service.js'
import { findStorage, openStorage, storageNamed, storagesOf } from '../shared/storage/storages.js'
import { defaultTemplateGroupOf } from '../shared/templates/built-in.js'
import { uploadTicket } from './credentials.js'
import { checkProcessing, storageOf } from './destination.js'
import { processingErrors, storageErrors, wordErrors } from './errors.js'
import { id, mediaFileName, storageLocation, tags, words } from './params.js'

const ticket = z.object({ UploadAddress: z.string(), VideoId: z.string(), UploadAuth: z.string() })

export const createUploadVideo = vod.action('CreateUploadVideo', {
  summary: 'Creates a video or audio, and issues the address and the credential for uploading it.',
  source: 'VOD manual 5.1',
  limit: perSecond(120),
  accepts: ['ReferenceId', 'CoverType', 'EnableFirstFrameCover', 'GenerateThumbnail'],
  input: () => ({
    Title: words({ maxLength: 128 }),
    FileName: mediaFileName(),
    FileSize: long({ min: 0 }).optional(),
    Description: words({ maxLength: 1024 }).optional(),
    CoverURL: url().optional(),
    CateId: long().optional(),
    Tags: tags().optional(),
    UserData: userData().optional(),
    TemplateGroupId: id().optional(),
    WorkflowId: id().optional(),
    StorageLocation: storageLocation().optional(),
    AppId: appId(),
  }),
  output: () => ticket,
  errors: {
    'InvalidFileName.Extension': { status: 400, message: "The specified FileName's extension is illegal." },
    ...wordErrors,
    ...processingErrors,
    ...storageErrors,
    'Forbidden.InitFailed': {
      status: 403,
      message: 'Initialization of your account has failed while opening service.',
    },
    AddVideoFailed: { status: 503, message: 'Adding video has failed due to some unknown error.' },
  },
  run({ input, account, fail }) {
    const { FileName, CateId, AppId } = input
    // The bucket that comes with the service is made when that is opened.
    if (input.StorageLocation === undefined && storageNamed(account, undefined) === undefined)
      fail('Forbidden.InitFailed', {
        reason: `somebody else has the bucket ${storagesOf(account)[0].bucket}, which comes with the service`,
      })
    const storage = storageOf(account, input.StorageLocation, fail)
    checkProcessing(account, input, fail)
    const video = createVideo(account, storage, sourceFile(account, storage, extensionOf(FileName) as string), {
      title: input.Title,
      description: input.Description,
      tags: input.Tags ?? [],
      cateId: CateId,
      coverUrl: input.CoverURL,
      fileName: FileName,
      declaredSize: input.FileSize,
      userData: input.UserData,
      templateGroupId: input.TemplateGroupId ?? defaultTemplateGroupOf(account, AppId)?.templateGroupId,
      workflowId: input.WorkflowId,
      appId: AppId,
    })
    if (video === undefined)
      return fail('AddVideoFailed', { reason: `the account holds as many videos as the setting vod.maxMedia allows` })
    openStorage(account, storage)
    notifyBaseChange(account, undefined, video)
    const { UploadAddress, UploadAuth } = uploadTicket(account, video.file)
    return { UploadAddress, UploadAuth, VideoId: video.videoId }
  },
})

export const refreshUploadVideo = vod.action('RefreshUploadVideo', {
  summary: 'Issues a new credential for a video whose upload took too long, or whose file is to be replaced.',
  source: 'VOD manual 5.2',
  limit: perSecond(120),
  accepts: ['ReferenceId'],
  input: () => ({ VideoId: id() }),
  output: () => ticket,
  errors: {
    'InvalidVideo.Damaged': { status: 400, message: 'The video has been Damaged.' },
    'InvalidVideo.NotFound': { status: 404, message: 'The video not exist.' },
  },
  run({ input: { VideoId }, account, fail }) {
    const video =
      account.vod.videos.get(VideoId) ??
      fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video of this account' })
    const { damage, file, storageLocation } = video
    if (damage) fail('InvalidVideo.Damaged', { param: 'VideoId', reason: `is a video whose file could not be read: ${damage.message}` })
    // A bucket that was deleted is there again.
    findStorage(account, storageLocation)
    const { UploadAddress, UploadAuth } = uploadTicket(account, file)
    return { UploadAddress, UploadAuth, VideoId }
  },
})
