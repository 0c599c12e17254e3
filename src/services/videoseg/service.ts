import { defineVideoService } from '../vision/errors.js'

/** Video segmentation (视频分割). */
export const videoseg = defineVideoService('videoseg', {
  'InvalidParameter.Format': 'All parameters of this service are text.',
})
