/** What an answer of somebody else's says of a refusal, in JSON or in XML, whole or not. */

import { ApiError } from '../../src/base/errors.js'

/** Characters of a code or a message that are read. */
const LONGEST = 500

/** A field of an answer, where it stands first. */
export const fieldIn = (text: string, name: 'Code' | 'Message' | 'RequestId'): string | undefined =>
  new RegExp(`"${name}"\\s{0,10}:\\s{0,10}"((?:[^"\\\\]|\\\\.){0,${LONGEST}})|<${name}>([^<]{0,${LONGEST}})`)
    .exec(text)
    ?.slice(1)
    .find(Boolean)

/** The refusal that an answer with this status is; `undefined` if it is none. */
export const refusalIn = (status: number, text = ''): ApiError | undefined =>
  status < 400 ? undefined : new ApiError(fieldIn(text, 'Code') ?? String(status), { status, message: fieldIn(text, 'Message') ?? '' })
