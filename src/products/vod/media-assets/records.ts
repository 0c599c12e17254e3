/** Records of media assets, beside the media themselves. */

import { type Category, categorySchema, siblingsKey } from './categories/category.js'

export const mediaAssetsRecords = {
  categories: {
    name: 'vod.categories',
    schema: categorySchema,
    keyOf: ({ cateId }: Category) => String(cateId),
    indexes: { siblings: siblingsKey },
  },
}
