/** Auxiliary media as they are searched (VOD manual 17.6, "AttachedMedia"). */

import { playUrl } from '../../shared/addresses/addresses.js'
import type { AttachedMedia } from '../../shared/media/attached-media.js'
import { answered, categoryNames, field } from './field.js'
import type { SearchType } from './search-type.js'
import { times } from './times.js'

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
    Categories: categoryNames,
    StorageLocation: field('String', ['exact', 'multiple'], ({ storageLocation }) => storageLocation),
    FileName: field('String', ['fuzzy', 'multiple'], ({ fileName, file }) => fileName ?? file.key.slice(file.key.lastIndexOf('/') + 1)),
    Title: field('String', ['fuzzy', 'multiple'], ({ title }) => title),
    Tags: field('String', ['fuzzy', 'multiple'], ({ tags }) => (tags.length === 0 ? undefined : tags.join(','))),
    Description: field('String', ['fuzzy', 'multiple'], ({ description }) => description),
    Status: field('String', ['multiple'], ({ status }) => status, { index: 'status' }),
    ...times,
    URL: answered(({ file }, account) => playUrl(account, file, { domain: account.settings.values.vod.domains?.[0] })),
    BusinessType: field('String', ['exact'], ({ businessType }) => businessType, { index: 'businessType' }),
  },
}
