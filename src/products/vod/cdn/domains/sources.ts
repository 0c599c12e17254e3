/** Origins of domains: what the parameter Sources says (manual 13.2.1). */

import { isIP } from 'node:net'
import { z } from 'zod'
import { json } from '../../../../params/structures.js'
import type { Origin } from '../../shared/domains/domain.js'
import { HOST_NAME } from '../../shared/storage/settings.js'

/** Origins that a domain may have. The manual sets no limit. */
const MAX_ORIGINS = 20

/** Host of a bucket. */
const BUCKET_HOST = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\.oss-[a-z0-9-]+\.aliyuncs\.com$/

const types = ['ipaddr', 'domain', 'oss'] as const

/** The ways in which an origin can be wrong. The Actions have codes of their own for them. */
export type OriginFault = 'sources' | 'type' | 'content' | 'mismatch' | 'priority'

/** Origins as a call gives them; what is wrong with one is found later, because it has other codes. */
export const sources = (code: string) =>
  json(z.array(z.looseObject({})).min(1).max(MAX_ORIGINS), {
    maxLength: 16_384,
    maxItems: MAX_ORIGINS,
    codes: { format: code, value: code, length: code, malformed: code },
  })

/** Reads origins, or tells what is wrong with the first that is. */
export function readSources(given: readonly Record<string, unknown>[]): { origins: Origin[] } | { fault: OriginFault; reason: string } {
  const origins: Origin[] = []
  for (const [index, each] of given.entries()) {
    const read = readOrigin(each)
    if ('fault' in read) return { fault: read.fault, reason: `at ${index}.${read.reason}` }
    origins.push(read)
  }
  return { origins }
}

function readOrigin({ type, content, port, priority }: Record<string, unknown>): Origin | { fault: OriginFault; reason: string } {
  if (!types.includes(type as Origin['type'])) return { fault: 'type', reason: `type: is none of ${types.join(', ')}` }
  const host = typeof content === 'string' ? content.toLowerCase() : ''
  if (isIP(host) === 0 && !HOST_NAME.test(host))
    return { fault: 'content', reason: 'content: is neither an IP address nor the name of a host' }
  if (!fits(type as Origin['type'], host)) return { fault: 'mismatch', reason: `content: is not what type ${type} stands for` }
  const number = wholeNumberOf(port ?? 80)
  if (number === undefined || number < 1 || number > 65_535) return { fault: 'sources', reason: 'port: is not a port' }
  const rank = wholeNumberOf(priority ?? 20)
  if (rank !== 20 && rank !== 30) return { fault: 'priority', reason: 'priority: is neither 20 nor 30' }
  return { type: type as Origin['type'], content: host, port: number, priority: rank === 20 ? '20' : '30' }
}

/** A number that comes as one, or as its digits; `undefined` of anything else. */
const wholeNumberOf = (given: unknown): number | undefined =>
  Number.isInteger(given) ? (given as number) : typeof given === 'string' && /^\d{1,5}$/.test(given) ? Number(given) : undefined

const fits = (type: Origin['type'], host: string): boolean =>
  type === 'ipaddr' ? isIP(host) !== 0 : type === 'oss' ? BUCKET_HOST.test(host) : isIP(host) === 0

/** Where an origin belongs to the service itself, nothing is to be reviewed (manual 13.2.1). */
export const needsReview = (origins: readonly Origin[]): boolean => origins.some(({ content }) => !content.endsWith('.aliyuncs.com'))
