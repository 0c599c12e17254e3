import { defineVideoService } from '../vision/errors.js'

/** Video segmentation (视频分割). */
export const videoseg = defineVideoService('videoseg')
