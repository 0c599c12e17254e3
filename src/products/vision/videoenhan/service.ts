import { defineVideoService, SAMPLE_VIDEOS } from '../common/errors.js'

/** Video production (视频生产). */
export const videoenhan = defineVideoService('videoenhan', 'AbstractEcommerceVideo', SAMPLE_VIDEOS)
