/** The error table: every documented pair of an Action and a code, and what is known of how it comes about. */

import type { Catalogue } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { Result } from '../run/run.js'

/** A documented error of an Action. */
export interface ErrorPair {
  /** `<service>.<Action>`, or the name of a service for what all of its Actions have in common. */
  action: string
  code: string
  /** `provoked`: a case led to it; `fault`: only an injected fault does; `open`: no case leads to it yet. */
  by: 'provoked' | 'fault' | 'open'
  /** Why only a fault leads to it. */
  why?: string
}

/** Every row of the Actions' own error tables, in the order of the manuals, and then those of the tables that are the services'. */
export function errorTable({ manual, commonErrors }: Facts, { byId, services }: Catalogue, results: readonly Result[]): ErrorPair[] {
  const met = results.flatMap(({ action, code, fault }) => (code !== undefined && fault === undefined ? [[action, code] as const] : []))
  const pairs = new Set(met.flatMap(([action, code]) => [`${action} ${code}`, `${action.split('.', 1)[0]} ${code}`]))
  const pairOf = (action: string, code: string, why: string | undefined): ErrorPair => {
    if (isMet(pairs, action, code)) return { action, code, by: 'provoked' }
    return why === undefined ? { action, code, by: 'open' } : { action, code, by: 'fault', why }
  }
  return [
    ...[...manual].flatMap(([action, { errors }]) =>
      Object.keys(errors).map((code) => pairOf(action, code, byId.get(action)?.errors[code]?.faultOnly)),
    ),
    ...[...commonErrors].flatMap(([service, errors]) =>
      Object.keys(errors).map((code) => pairOf(service, code, services.get(service)?.errors[code]?.faultOnly)),
    ),
  ]
}

/** Whether there is such a pair. A placeholder in a code stands for the name of any parameter. */
function isMet(pairs: ReadonlySet<string>, action: string, code: string): boolean {
  if (!code.includes('%s')) return pairs.has(`${action} ${code}`)
  const [before = '', after = ''] = code.split('%s')
  return [...pairs].some((pair) => pair.startsWith(`${action} ${before}`) && pair.endsWith(after))
}
