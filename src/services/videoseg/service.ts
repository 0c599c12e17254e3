import { defineService } from '../action.js'
import { videoService } from '../vision/errors.js'

/** Video segmentation (视频分割). */
export const videoseg = defineService({ name: 'videoseg', ...videoService })
