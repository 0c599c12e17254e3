/** Cross-origin requests of browsers: every origin may ask everything, as in a bucket with one rule that allows all. Who asks still has to sign. */

import type { Call, Reply } from '../http/call.js'
import { refuseArgument } from './errors.js'
import { emptyReply } from './reply.js'

const METHODS = 'GET, PUT, POST, DELETE, HEAD'

/** What a page may read of an answer, beside the few headers that it always may: upload clients need ETags. */
const READABLE =
  'etag, content-length, content-range, content-md5, date, x-oss-request-id, x-oss-hash-crc64ecma, x-oss-next-append-position, x-oss-object-type, x-oss-server-time, x-emulator-reason, x-emulator-fault'

/** Names of headers, separated by commas. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/

/** Answers the question that a browser asks before it sends a request on behalf of a page (OSS: OptionObject). */
export function preflight({ headers }: Call): Reply {
  const required = ['origin', 'access-control-request-method'] as const
  for (const name of required) if (!headers[name]) refuseArgument(name, undefined, 'is not sent, and a preflight request needs it')
  const asked = headers['access-control-request-headers']
  if (asked && !HEADER_NAMES.test(asked)) refuseArgument('access-control-request-headers', asked, 'is not a list of header names')
  return emptyReply({
    'access-control-allow-methods': METHODS,
    ...(asked && { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
  })
}

/** What every answer to a page of another origin says. */
export const corsHeaders = ({ headers }: Call): Record<string, string> =>
  headers.origin ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': READABLE } : {}
