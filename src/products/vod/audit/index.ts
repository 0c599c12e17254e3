/** Reviews, by people and by machines (VOD manual 10). */

import { defineChapter } from '../shared/chapter.js'
import { aiMediaAuditComplete, createAuditComplete } from './events.js'
import { auditRecords, listAuditSecurityIp, setAuditSecurityIp } from './security-ips.js'

export const audit = defineChapter({
  name: 'audit',
  actions: [setAuditSecurityIp, listAuditSecurityIp],
  records: auditRecords,
  events: [createAuditComplete, aiMediaAuditComplete],
})
