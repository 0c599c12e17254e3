/** Images, and what is said of them (VOD manual 7.4.1, 7.4.2). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { jsonList } from '../../../../params/structures.js'
import { OSS_SECONDS, playUrl, signedObjectUrl } from '../../shared/addresses/addresses.js'
import { addressOptions, addressParams } from '../../shared/addresses/output-type.js'
import { originalName } from '../../shared/media/file.js'
import { vod } from '../../shared/service/service.js'
import { wholeNumber, words } from '../../upload/metadata.js'
import { id } from '../../upload/params.js'
import { cateFields } from '../categories/tree.js'
import { change, changeAll, changedId, changeWords, MAX_CHANGES, wordChanges } from '../common/changes.js'
import { resourceErrors } from '../common/errors.js'
import { joinTags } from '../videos/info.js'

export const getImageInfo = vod.action('GetImageInfo', {
  summary: 'Answers the address of an image, and what is said and known of it.',
  source: 'VOD manual 7.4.1',
  limit: perSecond(100),
  input: () => ({ ImageId: id(), ...addressParams }),
  output: () =>
    z.object({
      ImageInfo: z.object({
        ImageId: z.string(),
        Title: z.string().optional(),
        Description: z.string().optional(),
        /** Separated by commas. */
        Tags: z.string().optional(),
        /** What it was uploaded as. */
        ImageType: z.string(),
        Status: z.string(),
        URL: z.string(),
        CateId: z.number().optional(),
        CateName: z.string().optional(),
        StorageLocation: z.string(),
        AppId: z.string(),
        CreationTime: z.string(),
        Mezzanine: z.object({
          /** Address in OSS. */
          FileURL: z.string(),
          OriginalFileName: z.string(),
          /** Pixels. */
          Width: z.number().optional(),
          Height: z.number().optional(),
          /** Bytes, as text. */
          FileSize: z.string().optional(),
        }),
      }),
    }),
  errors: resourceErrors,
  run({ input, account, fail }) {
    const image =
      account.vod.images.get(input.ImageId) ??
      fail('NoSuchResource', { param: 'ImageId', reason: 'is not the id of an image of this account' })
    const { file, size } = image
    const options = addressOptions(account, input, fail)
    return {
      ImageInfo: {
        ImageId: image.imageId,
        Title: image.title,
        Description: image.description,
        Tags: joinTags(image.tags),
        ImageType: image.imageType,
        Status: image.status,
        URL: playUrl(account, file, options),
        ...cateFields(account, image.cateId),
        StorageLocation: image.storageLocation,
        AppId: image.appId,
        CreationTime: toUtcSeconds(image.createdAt),
        Mezzanine: {
          FileURL: signedObjectUrl(account, file, options.domain ? OSS_SECONDS.usual : (input.AuthTimeout ?? OSS_SECONDS.usual)),
          OriginalFileName: originalName(image),
          Width: image.width,
          Height: image.height,
          FileSize: size === undefined ? undefined : String(size),
        },
      },
    }
  },
})

const imageChange = z.object({ ImageId: changedId(), ...wordChanges(words), CateId: change(wholeNumber) })

export const updateImageInfos = vod.action('UpdateImageInfos', {
  summary: 'Changes title, tags, description or category of up to 20 images; what is not given stays.',
  source: 'VOD manual 7.4.2',
  limit: perSecond(50),
  input: () => ({ UpdateContent: jsonList(imageChange, { maxItems: MAX_CHANGES }) }),
  output: () => z.object({ NonExistImageIds: z.object({ ImageId: inAnyOrder(z.array(z.string())) }) }),
  run({ input: { UpdateContent }, account }) {
    const ImageId = changeAll(
      UpdateContent,
      ({ ImageId }) => ImageId,
      ({ ImageId, CateId, ...changes }) =>
        account.vod.images.update(ImageId, (draft) => {
          changeWords(draft, changes)
          if (CateId !== undefined) draft.cateId = CateId
          draft.modifiedAt = account.clock.now()
        }),
    )
    return { NonExistImageIds: { ImageId } }
  },
})
