import { defineVideoService, SAMPLE_VIDEOS } from '../common/errors.js'

/** Video segmentation (视频分割). */
export const videoseg = defineVideoService('videoseg', 'GetAsyncJobResult', SAMPLE_VIDEOS)
