/** Images as they are searched (VOD manual 17.6, "Image"). */

import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { originalName } from '../../shared/media/file.js'
import type { Image } from '../../shared/media/image.js'
import { cateFields } from '../categories/tree.js'
import { joinTags } from '../videos/info.js'
import { answered, field } from './field.js'
import type { SearchType } from './search-type.js'
import { times } from './times.js'

export const image: SearchType<Image> = {
  name: 'image',
  member: 'Image',
  traversable: false,
  collection: ({ vod }) => vod.images,
  keyOf: ({ imageId }) => imageId,
  basic: ['ImageId', 'CreationTime'],
  fields: {
    ImageId: field('String', ['exact'], ({ imageId }) => imageId, { index: 'key' }),
    AppId: field('String', ['multiple'], ({ appId }) => appId),
    CateId: field('Long', ['exact'], ({ cateId }) => cateId, { index: 'category' }),
    CateName: answered(({ cateId }, account) => cateFields(account, cateId).CateName),
    StorageLocation: field('String', ['exact', 'multiple'], ({ storageLocation }) => storageLocation),
    FileName: field('String', ['fuzzy', 'multiple'], originalName),
    Title: field('String', ['fuzzy', 'multiple'], ({ title }) => title),
    Tags: field('String', ['fuzzy', 'multiple'], ({ tags }) => joinTags(tags)),
    Description: field('String', ['fuzzy', 'multiple'], ({ description }) => description),
    Status: field('String', ['multiple'], ({ status }) => status, { index: 'status' }),
    ...times,
    URL: answered(({ file }, account) => playUrl(account, file, { domain: defaultDomain(account) })),
  },
}
