/** What is sent from buckets directly, without a domain before them. */

import type { Account } from '../../../../account/types.js'
import type { Call, Reply } from '../../../../http/call.js'
import type { StoredObject } from '../../../../oss/object.js'
import { storagesOf } from '../storage/storages.js'
import { countSent } from './play-requests.js'
import { BYTES_SENT } from './storage-history.js'

/** Called for every object that is sent: those of storages count as their traffic, and streams as plays. */
export function onObjectSent(account: Account, object: StoredObject, call: Call, reply: Reply): void {
  const { bucket } = object
  if (!storagesOf(account).some((storage) => storage.bucket === bucket)) return
  const { headers, body, stream } = reply
  const bytes = stream ? Number(headers['content-length']) : Buffer.byteLength(body)
  account.usage.meters.count(BYTES_SENT, { bucket }, bytes)
  countSent(account, { object, call, reply, bytes, address: call.clientAddress })
}
