/** Whose a record is: the app that decides who may see and change it. Each kind of records of VOD says so. */

import type { Account } from '../../../../account/types.js'

/** How records of one kind belong to apps. */
export interface AppRule<Row> {
  /** Id of the app that a record belongs to; `undefined`: what it belonged to is gone, and it is the administrators' alone. */
  appOf: (row: Row, vod: Account['vod']) => string | undefined
  /** True: anybody may look it up and use it, and only who may change things of its app may change it. */
  usedByAll?: true
}

/** The record names its app. */
export const ownApp: AppRule<{ appId: string }> = { appOf: ({ appId }) => appId }

/** The record is the settings of an app for processing, which has no bounds between apps so far (VOD manual 15.1): other apps may be set up with it. */
export const ownAppUsedByAll: AppRule<{ appId: string }> = { ...ownApp, usedByAll: true }

/** The record is about a video, and goes with it. */
export const appOfVideo: AppRule<{ videoId: string }> = { appOf: ({ videoId }, vod) => vod.videos.get(videoId)?.appId }

/** The record is about a video that there may not be yet, or not any more, and goes with it; without one, it names the app. */
export const appOfVideoOrOwn: AppRule<{ appId: string; videoId?: string | undefined }> = {
  appOf: ({ appId, videoId }, vod) => (videoId === undefined ? undefined : vod.videos.get(videoId)?.appId) ?? appId,
}

/** The record is about a video or an image, and goes with it. */
export const appOfMedium: AppRule<{ mediaId: string }> = {
  appOf: ({ mediaId }, vod) => (vod.videos.get(mediaId) ?? vod.images.get(mediaId))?.appId,
}

/** The record is the whole account's, and says nothing of an app. */
export const ofNoApp = null
