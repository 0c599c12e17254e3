/** The record of a video or audio, before its file is there. */

import type { Account } from '../../../../account/types.js'
import type { Storage } from '../storage/settings.js'
import { maxMediaOf } from '../storage/storages.js'
import { extensionOf, mediaTypeOf } from './extensions.js'
import type { File } from './file.js'
import { newId } from './new-id.js'
import type { Video } from './video.js'

/** What is said of a video when it is created. */
export type NewVideo = Pick<
  Video,
  | 'title'
  | 'description'
  | 'tags'
  | 'cateId'
  | 'coverUrl'
  | 'fileName'
  | 'declaredSize'
  | 'sourceUrl'
  | 'appId'
  | 'templateGroupId'
  | 'workflowId'
  | 'userData'
> &
  Partial<Pick<Video, 'mediaSource' | 'liveRecording'>>

/** The file of a video that the service finds a name for. */
export function sourceFile({ ids }: Account, { bucket }: Storage, extension: string): File {
  const name = ids.hex()
  const stem = `${name.slice(0, 8)}-${name.slice(8, 19)}`
  return { bucket, key: `sv/${stem}/${stem}.${extension}` }
}

/** Creates a video; `undefined` if the account holds as many as it may. */
export function createVideo(account: Account, storage: Storage, file: File, video: NewVideo): Video | undefined {
  const { vod, clock } = account
  if (vod.videos.count >= maxMediaOf(account)) return undefined
  const now = clock.now()
  // Each by its name: of an object that others were spread into the engine makes a copy member by member.
  return vod.videos.put({
    videoId: newId(account),
    title: video.title,
    description: video.description,
    tags: video.tags,
    cateId: video.cateId,
    status: 'Uploading',
    mediaType: mediaTypeOf(extensionOf(file.key)) ?? 'video',
    coverUrl: video.coverUrl,
    fileName: video.fileName,
    declaredSize: video.declaredSize,
    mediaSource: video.mediaSource,
    liveRecording: video.liveRecording,
    sourceUrl: video.sourceUrl,
    file,
    sourceStatus: 'Uploading',
    storageLocation: storage.location,
    appId: video.appId,
    templateGroupId: video.templateGroupId,
    workflowId: video.workflowId,
    userData: video.userData,
    streams: [],
    snapshots: [],
    createdAt: now,
    modifiedAt: now,
  } satisfies Record<keyof NewVideo, unknown> & Partial<Video>)
}
