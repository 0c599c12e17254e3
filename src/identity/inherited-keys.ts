/** Key pairs that the users of a copy of an account have in place of those in its records: they follow from them, so that a copy costs nothing. */

import { Ids } from '../base/ids.js'

/** A pair of access keys in the record of a RAM user. */
export interface UserKey {
  accessKeyId: string
  accessKeySecret: string
  /** Of one that was made in a copy of an account: the first access key of that. */
  copy?: string | undefined
}

/** What ids of a copy's inherited keys begin with: the beginning of its own first key, which no other account has. */
export const prefixOf = (accessKeyId: string): string => accessKeyId.slice(0, 16)

/** The pair that stands in a copy for one in its records; `copy`: the first access key of the copy. */
export function inheritedPair(copy: string, { accessKeyId }: UserKey): UserKey {
  const ids = new Ids(`${copy}/${accessKeyId}`)
  return { accessKeyId: prefixOf(copy) + ids.alphanumeric(8), accessKeySecret: ids.alphanumeric(30) }
}
