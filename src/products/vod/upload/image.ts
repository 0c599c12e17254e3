/** Uploads of images (VOD manual 5.3). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { objectUrl } from '../../../oss/urls.js'
import { long, oneOf } from '../../../params/scalars.js'
import { plainUrl } from '../shared/addresses/addresses.js'
import { newId } from '../shared/media/new-id.js'
import { userData } from '../shared/media/user-data-param.js'
import { appId } from '../shared/service/app-id.js'
import { vod } from '../shared/service/service.js'
import { openStorage } from '../shared/storage/storages.js'
import { uploadTicket } from './credentials.js'
import { storageOf } from './destination.js'
import { storageErrors, wordErrors } from './errors.js'
import { extension, fileName, storageLocation, tags, words } from './params.js'
import { checkQuota } from './quota.js'

export const createUploadImage = vod.action('CreateUploadImage', {
  summary: 'Creates an image, and issues the address and the credential for uploading it.',
  source: 'VOD manual 5.3',
  limit: perSecond(100),
  input: () => ({
    ImageType: oneOf(['default', 'cover']),
    ImageExt: extension(['png', 'jpg', 'jpeg', 'gif']).default('png'),
    /** Not in the manual's table, but in the SDKs'. */
    OriginalFileName: fileName().optional(),
    Title: words({ maxLength: 128 }).optional(),
    Tags: tags().optional(),
    StorageLocation: storageLocation().optional(),
    CateId: long().optional(),
    UserData: userData().optional(),
    Description: words({ maxLength: 1024 }).optional(),
    AppId: appId(),
  }),
  output: () =>
    z.object({
      FileURL: z.string(),
      UploadAddress: z.string(),
      ImageURL: z.string(),
      ImageId: z.string(),
      UploadAuth: z.string(),
    }),
  errors: { ...wordErrors, ...storageErrors },
  async run({ input, account, fail }) {
    const { ImageType, ImageExt } = input
    const storage = storageOf(account, input.StorageLocation, fail)
    const { bucket, location } = storage
    checkQuota(account, account.vod.images, fail)
    const now = account.clock.now()
    const file = { bucket, key: `image/${ImageType}/${newId(account).toUpperCase()}-6-2.${ImageExt}` }
    const { imageId } = account.vod.images.put({
      imageId: newId(account),
      title: input.Title,
      description: input.Description,
      tags: input.Tags ?? [],
      cateId: input.CateId,
      imageType: ImageType,
      status: 'Uploading',
      fileName: input.OriginalFileName,
      file,
      storageLocation: location,
      appId: input.AppId,
      userData: input.UserData,
      createdAt: now,
      modifiedAt: now,
    })
    openStorage(account, storage)
    return { ...uploadTicket(account, file), ImageId: imageId, FileURL: objectUrl(account, file), ImageURL: plainUrl(account, file) }
  },
})
