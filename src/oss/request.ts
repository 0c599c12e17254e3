/** A call to OSS, read: what it is about, its query, and its headers. */

import type { Addresses } from '../http/addresses.js'
import type { Call } from '../http/call.js'
import { type Pairs, parsePairs } from '../http/encoding.js'
import { refuseObject } from './errors.js'
import { addressOf, type ObjectAddress } from './location.js'
import type { Body } from './storage.js'
import { piecesOf } from './storage.js'

/** A request to OSS. */
export interface OssRequest {
  call: Call
  /** `undefined` if the path cannot be read. */
  address: ObjectAddress | undefined
  pairs: Pairs
  /** Query parameters by name, decoded; of a name given twice, the first counts. */
  query: ReadonlyMap<string, string>
}

/** Reads a call. Never refuses: what it makes of a call is also what is said of a refused one. */
export function readRequest(call: Call, addresses: Addresses | undefined): OssRequest {
  const pairs = parsePairs(call.query)
  const query = new Map<string, string>()
  for (const [name, value] of pairs) if (!query.has(name)) query.set(name, value)
  return { call, address: addressOf(call, addresses), pairs, query }
}

/** The body, piece by piece where the door has not read it. */
export const bodyOf = ({ stream, body }: Call): Body => stream ?? body

/** The whole of a small body, such as an XML document. */
export async function readBody(call: Call, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of piecesOf(bodyOf(call))) {
    size += piece.byteLength
    if (size > most) refuseObject('EntityTooLarge', { reason: `this body may have at most ${most} bytes` })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
