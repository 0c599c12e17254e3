/** What several chapters share: media and their life, templates, storages. */

import { seedApps } from './apps/app.js'
import { defineChapter } from './chapter.js'
import { playDomainsPart } from './domains/play-domains.js'
import { analysis } from './lifecycle/analysis.js'
import * as lifecycle from './lifecycle/events.js'
import { onObjectComplete } from './lifecycle/object-complete.js'
import { snapshots } from './lifecycle/snapshots.js'
import { transcoding } from './lifecycle/transcoding.js'
import { workflowSteps } from './lifecycle/workflow-steps.js'
import { sharedRecords } from './records.js'
import { playsPart } from './statistics/plays.js'
import { onObjectSent } from './statistics/sent.js'
import { storageHistoryPart } from './statistics/storage-history.js'
import { openStorages, storagesOf } from './storage/storages.js'
import { seedTemplateGroups } from './templates/built-in.js'
import { trafficPart } from './traffic/traffic.js'
import { workflowTaskComplete } from './workflows/events.js'

export const shared = defineChapter({
  name: 'shared',
  records: sharedRecords,
  parts: [playDomainsPart, trafficPart, storageHistoryPart, playsPart],
  jobs: [analysis, transcoding, snapshots],
  events: [...Object.values(lifecycle), workflowTaskComplete],
  workflowSteps,
  connect(account) {
    account.oss.onComplete((object) => onObjectComplete(account, object))
    account.oss.onResize((bucket, by) => account.storageHistory.changed(bucket, by))
    account.oss.onSent((object, call, reply) => onObjectSent(account, object, call, reply))
    account.oss.isClosedToServices = (name) => storagesOf(account).some(({ bucket, authorised }) => bucket === name && !authorised)
    account.settings.onChange(() => openStorages(account))
  },
  open: openStorages,
  seed(account) {
    seedApps(account)
    seedTemplateGroups(account)
  },
})
