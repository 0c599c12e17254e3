/** What can be an upstream, and with which other options. Apart from the upstream itself, which is loaded with the proxy. */

import { z } from 'zod'
import { problemOf } from '../src/base/problem.js'

/** `real`, or the base of a URL, without a path. */
export const upstreamSchema = z
  .string()
  .max(1000)
  .refine((text) => text === 'real' || (/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text) && URL.canParse(text)), {
    error: 'is neither "real" nor the base of a URL, such as http://127.0.0.1:4020',
  })

/** Throws a `RangeError` if there can be no such upstream beside the other options. */
export function checkUpstream(upstream: string, { proxy, offline }: { proxy: number | undefined; offline: boolean | undefined }): void {
  const { error } = upstreamSchema.safeParse(upstream)
  if (error) throw new RangeError(`upstream: ${problemOf(error)}`)
  if (proxy === undefined) throw new RangeError('an upstream (--upstream) needs the proxy (--proxy <number>): it is what forwards to it')
  if (upstream === 'real' && offline)
    throw new RangeError(
      '--offline lets nothing out, and --upstream real has calls of the services go to the real cloud: leave out one of them',
    )
}
