import { defineVideoService } from '../vision/errors.js'

const NO_LIMITS = 'The manual of this service has no limits for files.'

/** Video understanding (视频理解). */
export const videorecog = defineVideoService('videorecog', {
  'InvalidFile.Type': NO_LIMITS,
  'InvalidFile.Resolution': NO_LIMITS,
})
