/** Records of media assets, beside the media themselves. */

import { ofNoApp } from '../shared/apps/rule.js'
import { type Category, categorySchema, siblingsKey } from './categories/category.js'

export const mediaAssetsRecords = {
  categories: {
    name: 'vod.categories',
    schema: categorySchema,
    keyOf: ({ cateId }: Category) => String(cateId),
    app: ofNoApp,
    indexes: { siblings: siblingsKey },
  },
}
