/** Uploads of auxiliary media (VOD manual 5.4). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { objectUrl } from '../../../oss/urls.js'
import { long, oneOf } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { plainUrl } from '../shared/addresses/addresses.js'
import { businessTypes, MAX_CATEGORIES } from '../shared/media/attached-media.js'
import { extensionOf } from '../shared/media/extensions.js'
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

const extensions = [...new Set(Object.values(businessTypes).flat())]

export const createUploadAttachedMedia = vod.action('CreateUploadAttachedMedia', {
  summary: 'Creates a watermark, subtitle or material, and issues the address and the credential for uploading it.',
  source: 'VOD manual 5.4',
  limit: perSecond(100),
  input: () => ({
    BusinessType: oneOf(['watermark', 'subtitle', 'material']),
    MediaExt: extension(extensions).optional(),
    Title: words({ maxBytes: 128 }).optional(),
    FileName: fileName().optional(),
    FileSize: long({ min: 0 }).optional(),
    Tags: tags().optional(),
    StorageLocation: storageLocation().optional(),
    Description: words({ maxBytes: 1024 }).optional(),
    UserData: userData().optional(),
    CateIds: csv(long(), { maxItems: MAX_CATEGORIES }).optional(),
    AppId: appId(),
  }),
  output: () =>
    z.object({
      FileURL: z.string(),
      UploadAddress: z.string(),
      MediaId: z.string(),
      MediaURL: z.string(),
      UploadAuth: z.string(),
    }),
  errors: { ...wordErrors, ...storageErrors },
  async run({ input, account, fail }) {
    const { BusinessType, MediaExt, FileName } = input
    const allowed: readonly string[] = businessTypes[BusinessType]
    // Without MediaExt the name of the file says it, and without a name the commonest of its type.
    const [param, ext] =
      MediaExt === undefined && FileName !== undefined ? ['FileName', extensionOf(FileName)] : ['MediaExt', MediaExt ?? allowed[0]]
    if (ext === undefined || !allowed.includes(ext))
      return fail('InvalidParameter', {
        param,
        reason: `has the extension "${ext ?? ''}"; of a ${BusinessType} it is one of ${allowed.join(', ')}`,
      })
    const storage = storageOf(account, input.StorageLocation, fail)
    const { bucket, location } = storage
    checkQuota(account, account.vod.attachedMedia, fail)
    const now = account.clock.now()
    const file = { bucket, key: `${BusinessType}/${newId(account).toUpperCase()}-6-2.${ext}` }
    const { mediaId } = account.vod.attachedMedia.put({
      mediaId: newId(account),
      businessType: BusinessType,
      title: input.Title,
      description: input.Description,
      tags: input.Tags ?? [],
      cateIds: [...new Set(input.CateIds)],
      status: 'Uploading',
      fileName: FileName,
      declaredSize: input.FileSize,
      file,
      storageLocation: location,
      appId: input.AppId,
      userData: input.UserData,
      createdAt: now,
      modifiedAt: now,
    })
    openStorage(account, storage)
    return { ...uploadTicket(account, file), MediaId: mediaId, FileURL: objectUrl(account, file), MediaURL: plainUrl(account, file) }
  },
})
