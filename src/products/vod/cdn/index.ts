/** Domains through which media are played (VOD manual 13). */

import { defineChapter } from '../shared/chapter.js'
import * as certificates from './certificates/actions.js'
import * as configs from './configs/actions.js'
import { addVodDomain, updateVodDomain } from './domains/add.js'
import { describeVodDomainDetail, describeVodUserDomains } from './domains/query.js'
import * as switches from './domains/switch.js'
import * as logs from './logs/actions.js'
import * as owner from './owner/actions.js'
import { playRoute } from './playout/serve.js'
import { cdnRecords } from './records.js'
import * as refresh from './refresh/actions.js'
import { getMediaRefreshJobs, refreshMediaPlayUrls } from './refresh/media.js'
import * as refreshQueries from './refresh/query.js'
import { cdnStates } from './states.js'
import * as traffic from './traffic/actions.js'

export const cdn = defineChapter({
  name: 'cdn',
  actions: [
    addVodDomain,
    updateVodDomain,
    ...Object.values(switches),
    describeVodUserDomains,
    describeVodDomainDetail,
    ...Object.values(owner),
    ...Object.values(configs),
    ...Object.values(certificates),
    ...Object.values(refresh),
    ...Object.values(refreshQueries),
    refreshMediaPlayUrls,
    getMediaRefreshJobs,
    ...Object.values(logs),
    ...Object.values(traffic),
  ],
  records: cdnRecords,
  routes: [playRoute],
  states: cdnStates,
})
