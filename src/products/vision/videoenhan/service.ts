import { defineVideoService } from '../common/errors.js'

/** Video production (视频生产). */
export const videoenhan = defineVideoService('videoenhan', 'AbstractEcommerceVideo')
