/** Access keys that always lead to one error: `<AccessKeyId>.<code>`, with the secret of `<AccessKeyId>`. */

import type { FindKey, KeyOwner } from '../identity/key-directory.js'
import type { FaultMatch } from './faults.js'

/** Ids and codes are much shorter. */
const LONGEST = 256

/**
 * The owner of `<AccessKeyId>.<code>`. Ids of STS sessions hold a dot themselves, and so do codes: the longest id that there is counts.
 * Only for ids that are not a key's whole id.
 */
export function findMagicKey(accessKeyId: string, findKey: FindKey): KeyOwner | undefined {
  if (accessKeyId.length > LONGEST || accessKeyId.endsWith('.')) return undefined
  for (let dot = accessKeyId.lastIndexOf('.'); dot > 0; dot = accessKeyId.lastIndexOf('.', dot - 1)) {
    const owner = findKey(accessKeyId.slice(0, dot))
    if (owner) return { ...owner, key: { ...owner.key, forcedError: accessKeyId.slice(dot + 1) } }
  }
  return undefined
}

const NEVER = new AbortController().signal

/** What meets a call whose access key, or a request whose object's name, demands an error. */
export const forcedMatch = (code: string): FaultMatch => {
  const id = `magic:${code}`
  return { ids: [id], latency: 0, effect: { id, effect: { error: { code } } }, ended: NEVER }
}
