/** Files of image watermarks. */

import type { Account } from '../../../../account/types.js'
import type { Refusal } from '../../../../base/errors.js'
import { fileAt } from '../../shared/addresses/addresses.js'
import { deleteFiles } from '../../shared/lifecycle/delete-files.js'
import { businessTypes } from '../../shared/media/attached-media.js'
import { type File, filePath } from '../../shared/media/file.js'
import { isFileHidden } from '../../shared/media/file-owner.js'
import { objectOf } from '../../shared/media/files.js'
import { storagesOf } from '../../shared/storage/storages.js'
import type { Watermark } from '../../shared/templates/watermark.js'

type Fail = (code: 'InvalidParameter' | 'MissingParameter' | 'NoSuchResource', refusal: Refusal) => never

const param = 'FileUrl'

/** The file of a new image watermark: an image in one of the account's storages. */
export function imageFile(account: Account, address: string | undefined, fail: Fail): File {
  if (address === undefined) return fail('MissingParameter', { param, reason: 'is not given; a watermark of Type Image needs it' })
  const file = fileAt(account, new URL(address)) ?? fail('InvalidParameter', { param, reason: 'is not the address of a file in OSS' })
  if (!isImage(file))
    fail('InvalidParameter', {
      param,
      reason: `is not the address of an image: its extension is none of ${businessTypes.watermark.join(', ')}`,
    })
  const isStored = storagesOf(account).some(({ bucket }) => bucket === file.bucket) && objectOf(account, file) !== undefined
  return isStored ? file : fail('NoSuchResource', { param, reason: `leads to no file in a storage of the account: ${filePath(file)}` })
}

/** Extensions of moving images have to be in lower case (developer guide, watermarks). */
const isImage = ({ key }: File): boolean =>
  key.toLowerCase().endsWith('.png') || businessTypes.watermark.some((extension) => key.endsWith(`.${extension}`))

/** Deletes the image of a watermark that is gone, and the auxiliary medium that it is, unless another watermark has the same one. */
export function deleteFileOf(account: Account, { file }: Watermark): void {
  const { vod } = account
  // The image may have moved on to another app, which keeps it.
  if (file === undefined || isFileHidden(account, file) || vod.watermarks.countBy('path', filePath(file)) > 0) return
  // A bucket whose owner does not let VOD change it keeps the file.
  if (!storagesOf(account).some(({ bucket, authorised }) => bucket === file.bucket && authorised)) return
  deleteFiles(account, [file])
  const medium = vod.attachedMedia.getBy('path', filePath(file))
  if (medium) vod.attachedMedia.delete(medium.mediaId)
}
