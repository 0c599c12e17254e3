import { defineService } from '../action.js'
import { videoService } from '../vision/errors.js'

/** Video understanding (视频理解). */
export const videorecog = defineService({ name: 'videorecog', ...videoService })
