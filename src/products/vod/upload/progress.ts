/** How far uploads have got, and what they leave behind (VOD manual 5.9, 5.10). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { itemsNamed } from '../../../actions/xml-form.js'
import { toUtcSeconds } from '../../../base/times.js'
import { oneOf } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { deleteFragments, objectOf, uploadedSoFar } from '../shared/media/files.js'
import type { Video } from '../shared/media/video.js'
import { vod } from '../shared/service/service.js'
import { findStorage } from '../shared/storage/storages.js'
import { id } from './params.js'
import { uploaderOf } from './uploader.js'

export const deleteMultipartUpload = vod.action('DeleteMultipartUpload', {
  summary: 'Deletes the fragments that unfinished uploads of a video or audio have left; they would go after seven days.',
  source: 'VOD manual 5.9',
  limit: perSecond(10),
  input: () => ({ MediaId: id(), MediaType: oneOf(['video']) }),
  output: () => z.object({}),
  errors: {
    InvalidParameter: { status: 400, message: 'The specified parameter "{param}" is invalid.' },
    'InvalidMultipartUpload.NotFound': { status: 400, message: 'The multipart upload not exist.' },
    'InvalidVideo.NotFound': { status: 400, message: 'The video does not exist.' },
    'InvalidFile.NotFound': { status: 400, message: 'The file does not exist.' },
    'InvalidStorage.NotFound': { status: 400, message: "can't find storage." },
    AccessDenied: { status: 400, message: "Access denied by authorizer's policy." },
  },
  run({ input: { MediaId }, account, fail }) {
    const video =
      account.vod.videos.get(MediaId) ??
      fail('InvalidVideo.NotFound', { param: 'MediaId', reason: 'is not the id of a video of this account' })
    const { storageLocation, file, uploadedAt } = video
    const storage =
      findStorage(account, storageLocation) ??
      fail('InvalidStorage.NotFound', {
        param: 'MediaId',
        reason: `is a video in ${storageLocation}, which is not among the account's storages any more`,
      })
    if (!storage.authorised)
      fail('AccessDenied', { param: 'MediaId', reason: `is a video in ${storageLocation}, which the settings say that VOD may not change` })
    if (uploadedAt !== undefined && objectOf(account, file) === undefined)
      fail('InvalidFile.NotFound', { param: 'MediaId', reason: `is a video whose file has been deleted from ${storageLocation}` })
    if (deleteFragments(account, file) === 0)
      fail('InvalidMultipartUpload.NotFound', { param: 'MediaId', reason: 'is a video without unfinished uploads in parts' })
    return {}
  },
})

/** An upload that is stuck can be resumed, so there are but these two. */
const UPLOAD_STATUS = { running: 'UPLOADING', done: 'UPLOAD_SUCCESS' } as const

/** At most this many media are asked for at once. */
const MAX_MEDIA = 20

export const getUploadDetails = vod.action('GetUploadDetails', {
  summary: 'Tells how far the uploads of up to 20 videos and audios have got.',
  source: 'VOD manual 5.10',
  limit: perSecond(100),
  input: () => ({
    MediaIds: csv(id(), { maxItems: MAX_MEDIA, codes: { length: 'LimitExceeded.MediaIds' } }),
    MediaType: oneOf(['video']).optional(),
  }),
  output: () =>
    z.object({
      /** Media that the caller may not see. */
      ForbiddenMediaIds: inAnyOrder(z.array(z.string())),
      NonExistMediaIds: inAnyOrder(z.array(z.string())),
      UploadDetails: inAnyOrder(
        itemsNamed(
          'UploadDetail',
          z.object({
            MediaId: z.string(),
            Title: z.string(),
            /** Status of the medium. */
            Status: z.string(),
            /** State of its upload. */
            UploadStatus: z.enum([UPLOAD_STATUS.running, UPLOAD_STATUS.done]),
            /** Bytes that have arrived. */
            UploadSize: z.number(),
            /** Bytes in all, as far as anybody has said. */
            FileSize: z.number().optional(),
            UploadRatio: z.number().optional(),
            CreationTime: z.string(),
            ModificationTime: z.string(),
            CompletionTime: z.string().optional(),
            /** Kind of the upload client, where it is one of the service's own. */
            UploadSource: z.string().optional(),
            /** Browser or platform of the client. */
            DeviceModel: z.string().optional(),
            UploadIP: z.string().optional(),
          }),
        ),
      ),
    }),
  errors: { 'LimitExceeded.MediaIds': { status: 400, message: 'The input parameter "MediaIds" Exceed the limit.' } },
  run({ input, account }) {
    const mediaIds = [...new Set(input.MediaIds)]
    const { videos } = account.vod
    const missing = mediaIds.filter((mediaId) => videos.get(mediaId) === undefined)
    return {
      ForbiddenMediaIds: missing.filter((mediaId) => videos.hides(mediaId)),
      NonExistMediaIds: missing.filter((mediaId) => !videos.hides(mediaId)),
      UploadDetails: mediaIds.flatMap((mediaId) => {
        const video = videos.get(mediaId)
        return video ? [detailsOf(account, video)] : []
      }),
    }
  },
})

function detailsOf(account: Account, video: Video) {
  const { videoId, title, status, size, declaredSize, uploadedAt, createdAt, modifiedAt } = video
  const arrived = size ?? uploadedSoFar(account, video.file)
  const all = size ?? declaredSize
  return {
    MediaId: videoId,
    Title: title,
    Status: status,
    UploadStatus: uploadedAt === undefined ? UPLOAD_STATUS.running : UPLOAD_STATUS.done,
    UploadSize: arrived,
    ...(all !== undefined && { FileSize: all, UploadRatio: all === 0 ? 1 : Math.min(1, Math.round((arrived / all) * 1000) / 1000) }),
    CreationTime: toUtcSeconds(createdAt),
    ModificationTime: toUtcSeconds(modifiedAt),
    ...(uploadedAt !== undefined && { CompletionTime: toUtcSeconds(uploadedAt) }),
    ...uploaderOf(account, video.file),
  }
}
