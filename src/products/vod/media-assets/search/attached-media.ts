/** Auxiliary media as they are searched (VOD manual 17.6, "AttachedMedia"). */

import type { Account } from '../../../../account/types.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import type { AttachedMedia } from '../../shared/media/attached-media.js'
import { originalName } from '../../shared/media/file.js'
import { categoryOf } from '../categories/tree.js'
import { joinTags } from '../videos/info.js'
import { answered, field } from './field.js'
import type { SearchType } from './search-type.js'
import { times } from './times.js'

/** A category of a medium; an id that is none of a category is left out. */
function categoryInfo(account: Account, id: number) {
  const category = categoryOf(account, id)
  if (category === undefined) return []
  const { parentId: ParentId, name: CateName, cateId: CateId, level: Level } = category
  return [{ ParentId, CateName, CateId, Level }]
}

export const attached: SearchType<AttachedMedia> = {
  name: 'attached',
  member: 'AttachedMedia',
  traversable: false,
  collection: ({ vod }) => vod.attachedMedia,
  keyOf: ({ mediaId }) => mediaId,
  basic: ['MediaId', 'CreationTime'],
  fields: {
    MediaId: field('String', ['exact'], ({ mediaId }) => mediaId, { index: 'key' }),
    AppId: field('String', ['multiple'], ({ appId }) => appId),
    // Answered as Categories.
    CateId: { type: 'Long', queries: ['exact'], value: ({ cateIds }) => cateIds, index: 'category' },
    Categories: answered(({ cateIds }, account) => cateIds.flatMap((cateId) => categoryInfo(account, cateId))),
    StorageLocation: field('String', ['exact', 'multiple'], ({ storageLocation }) => storageLocation),
    FileName: field('String', ['fuzzy', 'multiple'], originalName),
    Title: field('String', ['fuzzy', 'multiple'], ({ title }) => title),
    Tags: field('String', ['fuzzy', 'multiple'], ({ tags }) => joinTags(tags)),
    Description: field('String', ['fuzzy', 'multiple'], ({ description }) => description),
    Status: field('String', ['multiple'], ({ status }) => status, { index: 'status' }),
    ...times,
    URL: answered(({ file }, account) => playUrl(account, file, { domain: defaultDomain(account) })),
    BusinessType: field('String', ['exact'], ({ businessType }) => businessType, { index: 'businessType' }),
  },
}
