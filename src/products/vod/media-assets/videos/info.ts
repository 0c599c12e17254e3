/** A video or audio as GetVideoInfo, GetVideoInfos and GetVideoList answer it. */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { coverOf } from '../../playback/cover.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { snapshotFiles } from '../../shared/media/snapshot-set.js'
import type { Video } from '../../shared/media/video.js'
import { cateFields } from '../categories/tree.js'

/** What the three of them have in common; what is not known is left out. */
export const videoInfo = z.object({
  VideoId: z.string(),
  Title: z.string(),
  Description: z.string().optional(),
  /** Separated by commas. */
  Tags: z.string().optional(),
  Status: z.string(),
  /** Bytes of the source file. */
  Size: z.number().optional(),
  /** Seconds. */
  Duration: z.number().optional(),
  CoverURL: z.string().optional(),
  CateId: z.number().optional(),
  CateName: z.string().optional(),
  StorageLocation: z.string(),
  AppId: z.string(),
  /** Not in the manual's tables, but in the SDKs'. */
  UserData: z.string().optional(),
  CreationTime: z.string(),
  ModificationTime: z.string(),
})

/** See {@link videoInfo}. */
export function infoOf(account: Account, video: Video): z.input<typeof videoInfo> {
  const { facts, tags, userData } = video
  return {
    VideoId: video.videoId,
    Title: video.title,
    Description: video.description,
    Tags: joinTags(tags),
    Status: video.status,
    Size: video.size,
    Duration: facts?.duration,
    CoverURL: coverOf(account, video, { domain: defaultDomain(account) }),
    ...cateFields(account, video.cateId),
    StorageLocation: video.storageLocation,
    AppId: video.appId,
    UserData: userData?.text,
    CreationTime: toUtcSeconds(video.createdAt),
    ModificationTime: toUtcSeconds(video.modifiedAt),
  }
}

/** Tags as answers have them. */
export const joinTags = (tags: readonly string[]): string | undefined => (tags.length > 0 ? tags.join(',') : undefined)

/** Snapshots of one type that are answered with a video; ListSnapshots has all of them. */
export const MAX_SNAPSHOTS = 20

/** Addresses of the pictures that were last taken of a video, sprites aside. */
export function snapshotUrls(account: Account, { snapshots }: Video): string[] {
  const set = snapshots.findLast(({ type }) => type === 'CoverSnapshot' || type === 'NormalSnapshot')
  const domain = defaultDomain(account)
  return set ? snapshotFiles(set, MAX_SNAPSHOTS).map((file) => playUrl(account, file, { domain })) : []
}
