/** What the tests of faults share: signed requests by fetch, which shows what SDKs hide. */

import { setImmediate as soon } from 'node:timers/promises'
import type { Account } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import type { Door } from '../doors/doors.js'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore } from '../support/sdk.js'

/** A call to SegmentVideoBody, by which one job is started. */
export function segment({ endpoint }: Door, { credentials: key }: Account, options: RequestInit = {}): Promise<Response> {
  const url = new URL(endpoint('videoseg'))
  const params = { VideoUrl: VIDEO_URL }
  const call = sign('rpc', { host: url.host, action: 'SegmentVideoBody', version: '2020-03-20', params, key, method: 'GET' })
  return fetch(`${url.origin}/?${call.query}`, options)
}

/** Milliseconds after which a client gives up that is not to wait for long: many times what a call takes here, however busy the machine is. */
export async function impatience({ cloud, endpoint }: Door): Promise<number> {
  const { credentials: key } = cloud.createAccount()
  const call = popCore({ url: endpoint('videoseg'), key, version: '2020-03-20' }, 'POST', 600_000)
  const began = performance.now()
  await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  return 150 + 20 * (performance.now() - began)
}

/** Resolves once the account has served so many calls: a client may have given up before. */
export async function served({ log }: Account, calls: number): Promise<void> {
  while (log.all().length < calls) await soon()
}

/** How many jobs were started. */
export const jobsOf = ({ jobs }: Account): number => jobs.records.list().rows.length
