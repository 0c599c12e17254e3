/** What faults can tell the jobs of a video by: its parameters, as CreateUploadVideo and the like name them. */

import type { Account } from '../../../../account/types.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind } from '../../../../jobs/kind.js'
import type { Video } from '../media/video.js'

const of =
  <Value>(value: (video: Video) => Value) =>
  ({ vod }: Account, { input }: Job): Value | undefined => {
    const video = vod.videos.get(input.videoId as string)
    return video && value(video)
  }

export const videoFaultParams = {
  VideoId: of(({ videoId }) => videoId),
  Title: of(({ title }) => title),
  FileName: of(({ fileName }) => fileName),
  TemplateGroupId: of(({ templateGroupId }) => templateGroupId),
  WorkflowId: of(({ workflowId }) => workflowId),
  StorageLocation: of(({ storageLocation }) => storageLocation),
  AppId: of(({ appId }) => appId),
} satisfies JobKind['faultParams']
