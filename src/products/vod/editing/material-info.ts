/** A medium as GetEditingProjectMaterials answers it. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { toUtcSeconds } from '../../../base/times.js'
import { cateFields } from '../media-assets/categories/tree.js'
import { spritesOf } from '../media-assets/search/video.js'
import { joinTags, snapshotUrls } from '../media-assets/videos/info.js'
import type { Medium } from '../shared/media/medium.js'
import { materialTypeOf } from './material.js'
import { mediumCover } from './project-info.js'

/** What is not known is left out, as are SpriteConfig and Source, of which the manual does not say what they are. */
export const materialInfo = z.object({
  MaterialId: z.string(),
  /** Of a subtitle or a package there is none. */
  MaterialType: z.string().optional(),
  Title: z.string().optional(),
  Description: z.string().optional(),
  /** Separated by commas. */
  Tags: z.string().optional(),
  /** Of the medium itself: the manual lists the states of projects here, which say nothing of a medium. */
  Status: z.string(),
  /** Bytes of the source file. */
  Size: z.number().optional(),
  /** Seconds. */
  Duration: z.number().optional(),
  CoverURL: z.string().optional(),
  CateId: z.number().optional(),
  CateName: z.string().optional(),
  // As the table has times; its example has them without T and Z.
  CreationTime: z.string(),
  ModifiedTime: z.string(),
  Snapshots: z.object({ Snapshot: z.array(z.string()) }),
  Sprites: z.object({ Sprite: z.array(z.string()) }),
})

/** See {@link materialInfo}. */
export function materialInfoOf(account: Account, medium: Medium): z.input<typeof materialInfo> {
  const { id, record, cateId } = describe(medium)
  const video = 'video' in medium ? medium.video : undefined
  return {
    MaterialId: id,
    MaterialType: materialTypeOf(medium),
    Title: record.title,
    Description: record.description,
    Tags: joinTags(record.tags),
    Status: record.status,
    Size: record.size,
    Duration: video?.facts?.duration,
    CoverURL: mediumCover(account, id),
    ...cateFields(account, cateId),
    CreationTime: toUtcSeconds(record.createdAt),
    ModifiedTime: toUtcSeconds(record.modifiedAt),
    Snapshots: { Snapshot: video ? snapshotUrls(account, video) : [] },
    Sprites: { Sprite: video ? spritesOf(account, video) : [] },
  }
}

/** What media of all kinds have, with the id and the category, which differ. Of several categories the first counts. */
function describe(medium: Medium) {
  if ('video' in medium) return { id: medium.video.videoId, record: medium.video, cateId: medium.video.cateId }
  if ('image' in medium) return { id: medium.image.imageId, record: medium.image, cateId: medium.image.cateId }
  return { id: medium.attached.mediaId, record: medium.attached, cateId: medium.attached.cateIds[0] }
}
