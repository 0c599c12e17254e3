import { defineVideoService } from '../common/errors.js'

/** Video understanding (视频理解). */
export const videorecog = defineVideoService('videorecog', 'DetectVideoShot')
