/** Records of play domains, beside the domains themselves. */

import { certificateRecords } from './certificates/certificate.js'
import { logRecords } from './logs/access-log.js'
import { cacheRecords } from './playout/cache.js'
import { visitRecords } from './playout/visits.js'
import { mediaRefreshRecords } from './refresh/media.js'
import { refreshRecords } from './refresh/task.js'

export const cdnRecords = {
  ...certificateRecords,
  ...refreshRecords,
  ...mediaRefreshRecords,
  ...cacheRecords,
  ...visitRecords,
  ...logRecords,
}
