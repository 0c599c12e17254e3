/** Auxiliary media (VOD manual 7.5). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { jsonList } from '../../../../params/structures.js'
import { type PlayUrlOptions, playUrl } from '../../shared/addresses/addresses.js'
import { addressOptions, addressParams } from '../../shared/addresses/output-type.js'
import { deleteFiles } from '../../shared/lifecycle/delete-files.js'
import { type AttachedMedia, MAX_CATEGORIES } from '../../shared/media/attached-media.js'
import { deleteFragments } from '../../shared/media/files.js'
import { vod } from '../../shared/service/service.js'
import { wholeNumber } from '../../upload/metadata.js'
import { categoryInfo, infoOf as categoryInfoOf } from '../categories/category.js'
import { categoryOf } from '../categories/tree.js'
import { change, changeAll, changedId, changeWords, MAX_CHANGES, wordChanges } from '../common/changes.js'
import { accessTo } from '../common/deletion.js'
import { boundedIds, findAll } from '../common/find.js'
import { joinTags } from '../videos/info.js'

const attachedMediaInfo = z.object({
  MediaId: z.string(),
  Type: z.string(),
  Title: z.string().optional(),
  Description: z.string().optional(),
  /** Separated by commas. */
  Tags: z.string().optional(),
  Status: z.string(),
  URL: z.string(),
  Categories: inAnyOrder(z.array(categoryInfo.omit({ Type: true }))),
  StorageLocation: z.string(),
  AppId: z.string(),
  CreationTime: z.string(),
  ModificationTime: z.string(),
})

export const getAttachedMediaInfo = vod.action('GetAttachedMediaInfo', {
  summary: 'Answers the addresses of up to 20 auxiliary media, and what is said and known of them.',
  source: 'VOD manual 7.5.1',
  limit: perSecond(100),
  input: () => ({ MediaIds: boundedIds('ExceededMax'), ...addressParams }),
  output: () => z.object({ AttachedMediaList: inAnyOrder(z.array(attachedMediaInfo)), NonExistMediaIds: inAnyOrder(z.array(z.string())) }),
  errors: { ExceededMax: { status: 400, message: 'The input parameter "MediaIds" Exceed the limit.' } },
  run({ input, account, fail }) {
    const { MediaIds } = input
    const options = addressOptions(account, input, fail)
    const { found, missing } = findAll(account.vod.attachedMedia, MediaIds)
    return { AttachedMediaList: found.map((medium) => infoOf(account, medium, options)), NonExistMediaIds: missing }
  },
})

function infoOf(account: Account, medium: AttachedMedia, options: PlayUrlOptions): z.input<typeof attachedMediaInfo> {
  return {
    MediaId: medium.mediaId,
    Type: medium.businessType,
    Title: medium.title,
    Description: medium.description,
    Tags: joinTags(medium.tags),
    Status: medium.status,
    URL: playUrl(account, medium.file, options),
    Categories: medium.cateIds.flatMap((cateId) => {
      const category = categoryOf(account, cateId)
      if (category === undefined) return []
      const { Type: _, ...info } = categoryInfoOf(category)
      return [info]
    }),
    StorageLocation: medium.storageLocation,
    AppId: medium.appId,
    CreationTime: toUtcSeconds(medium.createdAt),
    ModificationTime: toUtcSeconds(medium.modifiedAt),
  }
}

/** Ids of categories, each once, separated by commas in one text; a single one may be a number. */
const cateIds = z
  .union([z.int().transform(String), z.string()])
  .transform((list) => (list.trim() === '' ? [] : list.split(',').map((each): string | number => each.trim())))
  .pipe(z.array(wholeNumber))
  .transform((ids) => [...new Set(ids)])
  .refine((ids) => ids.length <= MAX_CATEGORIES, `has more than ${MAX_CATEGORIES} ids`)

const attachedMediaChange = z.object({ MediaId: changedId(), ...wordChanges(), CateIds: change(cateIds) })

export const updateAttachedMediaInfos = vod.action('UpdateAttachedMediaInfos', {
  summary: 'Changes title, tags, description or categories of up to 20 auxiliary media; what is not given stays.',
  source: 'VOD manual 7.5.2',
  limit: perSecond(100),
  input: () => ({ UpdateContent: jsonList(attachedMediaChange, { maxItems: MAX_CHANGES }) }),
  output: () => z.object({ NonExistMediaIds: inAnyOrder(z.array(z.string())) }),
  run({ input: { UpdateContent }, account }) {
    const NonExistMediaIds = changeAll(
      UpdateContent,
      ({ MediaId }) => MediaId,
      ({ MediaId, CateIds, ...changes }) =>
        account.vod.attachedMedia.update(MediaId, (draft) => {
          changeWords(draft, changes)
          if (CateIds !== undefined) draft.cateIds = CateIds
          draft.modifiedAt = account.clock.now()
        }),
    )
    return { NonExistMediaIds }
  },
})

export const deleteAttachedMedia = vod.action('DeleteAttachedMedia', {
  summary: 'Deletes up to 20 auxiliary media with their files.',
  source: 'VOD manual 7.5.3',
  limit: perSecond(50),
  input: () => ({ MediaIds: boundedIds() }),
  output: () =>
    z.object({
      /** Whatever its name says, all that could not be deleted: also what VOD may not delete. */
      NonExistMediaIds: inAnyOrder(z.array(z.string())),
    }),
  run({ input: { MediaIds }, account }) {
    const { found, missing } = findAll(account.vod.attachedMedia, MediaIds)
    const kept: string[] = []
    for (const medium of found) {
      const { mediaId, file } = medium
      if (accessTo(account, medium) !== 'open') {
        kept.push(mediaId)
        continue
      }
      deleteFiles(account, [file])
      deleteFragments(account, file)
      account.vod.attachedMedia.delete(mediaId)
    }
    return { NonExistMediaIds: [...missing, ...kept] }
  },
})
