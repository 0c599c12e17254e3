/** What to call a recorded call. */

import type { Cloud } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { serviceOfHost } from '../../src/rpc/find.js'
import { readCall } from '../../src/rpc/read.js'
import { bytesOf, type EventOf } from '../record/format.js'

const MAX_CHARACTERS = 120

/** `vod.GetPlayInfo`; of a request to OSS, method and path. */
export function nameOf({ catalogue }: Cloud, { body, ...call }: EventOf<'call'>): string {
  const { method, host, path } = call
  if (isObjectCall(call)) return `${method} ${path}`.slice(0, MAX_CHARACTERS)
  const { action, version } = readCall({ ...call, body: body && !('file' in body) ? bytesOf(body) : new Uint8Array() })
  const at = serviceOfHost(catalogue, host)?.service
  const [first, ...others] = (catalogue.byName.get(action ?? '') ?? []).filter(
    ({ service }) => service.version === version && (at === undefined || at === service.name),
  )
  // Services that share a Version share Actions, too.
  return (first && others.length === 0 ? first.id : (action ?? `${method} without an Action`)).slice(0, MAX_CHARACTERS)
}
