/** Addresses under which a server is reached: what of a Host header can be believed. */

import { isIP } from 'node:net'
import { z } from 'zod'

/** Base of the URLs that answers hold, without a slash at its end. */
export const publicUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine((url) => !/[?#]/.test(url), 'has no query and no fragment')
  .transform((url) => url.replace(/(?<!\/)\/+$/, ''))

/** Characters of the longest host: a name has 253 at most. */
const LONGEST_HOST = 260

/** The name in a Host header, in lower case and without the port; `undefined` if it is not a name or an address. */
export const hostname = (host: string): string | undefined =>
  host.length > LONGEST_HOST ? undefined : /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase()

/** True for a name that nobody can register, or make lead elsewhere than it always does: an address, or one that has its meaning in a network alone. */
export const isNobodyElses = (name: string): boolean =>
  isIP(name.replace(/^\[|\]$/g, '')) !== 0 || !name.includes('.') || name.endsWith('.localhost') || name === 'host.docker.internal'
