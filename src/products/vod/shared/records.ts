/** Records that several chapters work with. */

import { appRecords } from './apps/app.js'
import { appGrantRecords } from './apps/grant.js'
import { appOfVideo, ownApp } from './apps/rule.js'
import { mediaAuditRecords } from './audit/media-audit.js'
import { securityIpRecords } from './audit/security-ips.js'
import { type TranscodeTask, transcodeTaskIndexes, transcodeTaskSchema } from './lifecycle/transcode-task.js'
import { type AttachedMedia, attachedMediaSchema } from './media/attached-media.js'
import { type DynamicImage, dynamicImageSchema } from './media/dynamic-image.js'
import { type File, filePath } from './media/file.js'
import { type Image, imageSchema } from './media/image.js'
import { mediaSourceOf, type Video, videoSchema } from './media/video.js'
import { callbackRecords } from './notification/message-callback.js'
import { aiTemplateRecords } from './templates/ai-template.js'
import { templateRecords } from './templates/records.js'
import { type WorkflowRun, workflowRunSchema, workOf } from './workflows/run.js'

/** Finds a medium by its file. */
const pathOf = ({ file }: { file: File }): string => filePath(file)

/** Finds media by what has become of them. */
const statusOf = ({ status }: { status: string }): string => status

/** Finds media by their category. */
const categoryOf = ({ cateId }: { cateId?: number | undefined }): string | undefined => (cateId === undefined ? undefined : String(cateId))

/** Finds what is finished. */
export const stateOf = ({ completedAt }: { completedAt?: number | undefined }): 'finished' | undefined =>
  completedAt === undefined ? undefined : 'finished'

export const sharedRecords = {
  apps: appRecords,
  appGrants: appGrantRecords,
  videos: {
    name: 'vod.videos',
    schema: videoSchema,
    keyOf: ({ videoId }: Video) => videoId,
    app: ownApp,
    indexes: {
      path: pathOf,
      category: categoryOf,
      status: statusOf,
      storage: ({ storageLocation }: Video) => storageLocation,
      mediaType: ({ mediaType }: Video) => mediaType,
      mediaSource: mediaSourceOf,
    },
  },
  images: {
    name: 'vod.images',
    schema: imageSchema,
    keyOf: ({ imageId }: Image) => imageId,
    app: ownApp,
    indexes: { path: pathOf, category: categoryOf, status: statusOf },
  },
  attachedMedia: {
    name: 'vod.attachedMedia',
    schema: attachedMediaSchema,
    keyOf: ({ mediaId }: AttachedMedia) => mediaId,
    app: ownApp,
    indexes: {
      path: pathOf,
      category: ({ cateIds }: AttachedMedia) => cateIds.map(String),
      status: statusOf,
      businessType: ({ businessType }: AttachedMedia) => businessType,
    },
  },
  dynamicImages: {
    name: 'vod.dynamicImages',
    schema: dynamicImageSchema,
    keyOf: ({ dynamicImageId }: DynamicImage) => dynamicImageId,
    app: appOfVideo,
    indexes: { video: ({ videoId }: DynamicImage) => videoId },
  },
  ...templateRecords,
  aiTemplates: aiTemplateRecords,
  mediaAudits: mediaAuditRecords,
  securityIps: securityIpRecords,
  transcodeTasks: {
    name: 'vod.transcodeTasks',
    schema: transcodeTaskSchema,
    keyOf: ({ taskId }: TranscodeTask) => taskId,
    app: appOfVideo,
    indexes: { state: stateOf, ...transcodeTaskIndexes },
  },
  workflowRuns: {
    name: 'vod.workflowRuns',
    schema: workflowRunSchema,
    keyOf: ({ runId }: WorkflowRun) => runId,
    app: appOfVideo,
    indexes: { state: stateOf, work: workOf },
  },
  /** What SetMessageCallback has set, by app. */
  callbacks: callbackRecords,
}
