/** What nobody can know of a recorded request: what its ids mean that nothing has handed out, and what was removed from it. */

import { readCall } from '../../src/rpc/read.js'
import { isSignatureParam } from '../../src/rpc/resign.js'
import type { EventOf } from '../record/format.js'
import { sensitivityOf } from '../redact/names.js'
import { isPlaceholder, placeholdersIn } from '../redact/placeholders.js'
import { recordedCall } from './request.js'
import type { Roles } from './roles.js'

/** Parameters with ids that nothing has been learned of: they were there before the recording began. */
export function unknownIds(event: EventOf<'call'>, roles: Roles): string[] {
  const { params } = readCall(recordedCall(event))
  return [...params].flatMap(([name, value]) => {
    const isId = /(?:Ids?|VideoIds|MediaIds|ResourceIds)$/.test(name) && !/(?:AccessKey|Region|Owner)Id$/.test(name)
    const unknown = value
      .split(',')
      .filter((each) => each.length >= 6 && /\d/.test(each) && !isPlaceholder(each) && roles.ours(each) === undefined)
    return isId && unknown.length > 0 ? [name] : []
  })
}

/**
 * Parameters that hold what was removed and the upstream has not handed out, such as the private key of a certificate, but for those of the signature: on
 * what it was, the answer may depend. The id of an account is known to be the caller's own where the call was not refused.
 */
export function removedParams(event: EventOf<'call'>, roles: Roles, isRefused: boolean): string[] {
  const { params } = readCall(recordedCall(event))
  return [...params]
    .filter(
      ([name, value]) =>
        !isSignatureParam(name) &&
        (isRefused || sensitivityOf(name) !== 'account') &&
        placeholdersIn(value).some((each) => roles.ours(each) === undefined),
    )
    .map(([name]) => name)
}
