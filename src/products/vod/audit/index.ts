/** Reviews, by people and by machines (VOD manual 10). */

import { aiMediaAuditComplete } from '../shared/audit/events.js'
import { defineChapter } from '../shared/chapter.js'
import { getMediaAuditAudioResultDetail, getMediaAuditResultDetail, getMediaAuditResultTimeline } from './details.js'
import { createAuditComplete } from './events.js'
import { createAudit, getAuditHistory } from './manual-audit.js'
import { auditRecords } from './records.js'
import { getAIMediaAuditJob, getMediaAuditResult } from './results.js'
import { listAuditSecurityIp, setAuditSecurityIp } from './security-ips.js'
import { auditStates } from './states.js'
import { reviewStep } from './step.js'
import { submitAIImageAuditJob, submitAIMediaAuditJob } from './submit.js'

export const audit = defineChapter({
  name: 'audit',
  actions: [
    setAuditSecurityIp,
    listAuditSecurityIp,
    submitAIMediaAuditJob,
    submitAIImageAuditJob,
    getAIMediaAuditJob,
    getMediaAuditResult,
    getMediaAuditResultDetail,
    getMediaAuditResultTimeline,
    getMediaAuditAudioResultDetail,
    createAudit,
    getAuditHistory,
  ],
  records: auditRecords,
  events: [createAuditComplete, aiMediaAuditComplete],
  states: auditStates,
  workflowSteps: [reviewStep],
})
