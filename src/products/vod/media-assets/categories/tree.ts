/** The trees of categories: who is above and below whom, and the media in them. */

import type { Account } from '../../../../account/types.js'
import { inSlices } from '../../../../base/slices.js'
import { wholeOf } from '../../shared/apps/seen.js'
import { type Category, type CategoryType, ROOT, siblingsKey } from './category.js'

/** A category of an account; what is left out, or is the root's id, is none. */
export const categoryOf = ({ vod }: Account, cateId: number | undefined): Category | undefined =>
  cateId === undefined ? undefined : vod.categories.get(String(cateId))

/** How many categories there are directly below one, or below the root of a tree. */
export const childCount = ({ vod }: Account, type: CategoryType, cateId: number): number =>
  vod.categories.countBy('siblings', siblingsKey({ type, parentId: cateId }))

/** Category of a medium as answers have it. The id need not be that of a category: nothing refuses others. */
export const cateFields = (account: Account, cateId: number | undefined): { CateId: number | undefined; CateName: string | undefined } => ({
  CateId: cateId,
  CateName: categoryOf(account, cateId)?.name,
})

/** An id that no category has: ten digits, as the service's are. */
export function newCategoryId(account: Account): number {
  for (;;) {
    const cateId = Number(account.ids.digits(10))
    if (categoryOf(account, cateId) === undefined) return cateId
  }
}

/** Media that are taken out of a category before others may go first. */
const MEDIA = 50

/** Deletes a category and all below it. Media that were in one of them are in none: no manual says what becomes of them. */
export async function deleteCategoryTree(account: Account, category: Category): Promise<void> {
  // Categories are the same for all apps.
  const { categories, videos, images, attachedMedia } = wholeOf(account).vod
  const deleted = [category]
  for (const { type, cateId } of deleted) {
    categories.delete(String(cateId))
    deleted.push(...categories.list({ by: { siblings: siblingsKey({ type, parentId: cateId }) } }).rows)
  }
  const ids = new Set(deleted.map(({ cateId }) => cateId))
  const by = { category: [...ids].map(String) }
  const uncategorise = (draft: { cateId?: number | undefined }): void => {
    draft.cateId = undefined
  }
  await forEach(videos.list({ by }).rows, ({ videoId }) => videos.update(videoId, uncategorise))
  await forEach(images.list({ by }).rows, ({ imageId }) => images.update(imageId, uncategorise))
  await forEach(attachedMedia.list({ by }).rows, ({ mediaId }) =>
    attachedMedia.update(mediaId, (draft) => {
      draft.cateIds = draft.cateIds.filter((each) => !ids.has(each))
    }),
  )
}

/** Does something with each medium; of a library that is large, it takes long. */
const forEach = <Row>(rows: readonly Row[], work: (row: Row) => void): Promise<void> =>
  inSlices(rows.length, MEDIA, (from, to) => {
    for (const row of rows.slice(from, to)) work(row)
  })

/** The first level of materials (user guide, category management). */
const MATERIALS = ['MV', 'Face stickers', 'Animations', 'Subtitles', 'Fonts']

/** Creates the categories that every account has, if they are not there. */
export function seedCategories({ clock, vod }: Account): void {
  for (const [index, name] of MATERIALS.entries()) {
    const cateId = 1_000_000_001 + index
    if (vod.categories.get(String(cateId)) === undefined)
      vod.categories.put({ cateId, type: 'material', name, parentId: ROOT, level: 0, createdAt: clock.startedAt })
  }
}
