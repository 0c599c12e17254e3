import { defineVideoService } from '../common/errors.js'

/** Video segmentation (视频分割). */
export const videoseg = defineVideoService('videoseg', 'GetAsyncJobResult')
