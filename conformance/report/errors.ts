/** The error table: every documented pair of an Action and a code, and what is known of how it comes about. */

import type { Catalogue } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { Result } from '../run/run.js'

/** A documented error of an Action. */
export interface ErrorPair {
  /** `<service>.<Action>`. */
  action: string
  code: string
  /** `provoked`: a case led to it; `fault`: only an injected fault does; `open`: no case leads to it yet. */
  by: 'provoked' | 'fault' | 'open'
  /** Why only a fault leads to it. */
  why?: string
}

/** Every row of the Actions' own error tables, in the order of the manuals. */
export function errorTable({ manual }: Facts, { byId }: Catalogue, results: readonly Result[]): ErrorPair[] {
  const provoked = new Set(
    results.flatMap(({ action, code, fault }) => (code !== undefined && fault === undefined ? [`${action} ${code}`] : [])),
  )
  return [...manual].flatMap(([action, { errors }]) =>
    Object.keys(errors).map((code): ErrorPair => {
      // A placeholder stands for the code of each parameter.
      const written = code.replace('%s', '\\w+')
      const met =
        code === written ? provoked.has(`${action} ${code}`) : [...provoked].some((pair) => new RegExp(`^${action} ${written}$`).test(pair))
      const why = byId.get(action)?.errors[code]?.faultOnly
      if (met) return { action, code, by: 'provoked' }
      return why === undefined ? { action, code, by: 'open' } : { action, code, by: 'fault', why }
    }),
  )
}
