/** How often one address may ask a domain: rules of tmd_signature (manual 13.4.1). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { ofNoApp } from '../../shared/apps/rule.js'
import { argsOf, type Domain, type FunctionArgs } from '../../shared/domains/domain.js'
import { lists } from './access.js'

/** Addresses of which visits are counted, by rule; beyond that the oldest are forgotten. */
const MAX_VISITORS = 1000

const visitorSchema = z.object({
  /** Domain, since when it is there, id of the rule, and address. */
  id: z.string(),
  /** When the present period began. */
  since: timestampSchema,
  visits: z.int(),
  blockedUntil: timestampSchema.optional(),
})

type Visitor = z.output<typeof visitorSchema>

export const visitRecords = {
  visitors: { name: 'vod.visitors', schema: visitorSchema, keyOf: ({ id }: Visitor) => id, app: ofNoApp },
}

/** Counts a visit; answers why it is one too many, in the words of the server. */
export function countVisit(account: Account, domain: Domain, path: string, address = 'unknown'): string | undefined {
  const exempt = argsOf(domain, 'ip_white_list_set')
  if (exempt && lists(exempt, address)) return undefined
  const exceeded = domain.configs.flatMap(({ configId, functionName, inForce: rule }) =>
    functionName === 'tmd_signature' &&
    rule &&
    isFor(rule, path) &&
    !admits(account, rule, `${domain.name} ${domain.createdAt} ${configId} ${address}`)
      ? [rule]
      : [],
  )
  const [first] = exceeded
  if (first === undefined) return undefined
  return first.action === '1' ? `human verification by rule ${first.name}` : `denied by rule ${first.name}`
}

const isFor = ({ path: pattern = '', pathType }: FunctionArgs, path: string): boolean =>
  pathType === '1' ? path === pattern : path.startsWith(pattern)

function admits({ clock, vod }: Account, rule: FunctionArgs, id: string): boolean {
  const now = clock.now()
  const former = vod.visitors.get(id)
  if (former?.blockedUntil !== undefined && former.blockedUntil > now) return false
  const isOver = former === undefined || former.blockedUntil !== undefined || now - former.since >= Number(rule.interval) * 1000
  const visitor: Visitor = isOver ? { id, since: now, visits: 1 } : { ...former, visits: former.visits + 1 }
  const isTooMany = visitor.visits > Number(rule.count)
  vod.visitors.put(isTooMany ? { ...visitor, blockedUntil: now + Number(rule.ttl) * 1000 } : visitor)
  vod.visitors.forgetOldest(MAX_VISITORS, {})
  return !isTooMany
}
