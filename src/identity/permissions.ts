/** What identities may do. */

import { Wildcard } from '../patterns/wildcard.js'

/** Which Actions an identity may call: patterns such as `live:Get*`, `live:*`, `*`. What is denied is denied whatever is allowed. */
export interface Permissions {
  allow?: readonly string[]
  deny?: readonly string[]
}

/** Without what was left out, as JSON has it. */
export const permissionsOf = ({ allow, deny }: Permissions): Permissions => ({
  ...(allow && { allow: [...allow] }),
  ...(deny && { deny: [...deny] }),
})

/** Tells whether an Action may be called. RAM's patterns know one wildcard, and no letter case. Many keys are never used, so nothing is compiled before the first question. */
export function compilePermissions({ allow = [], deny = [] }: Permissions): (action: string) => boolean {
  const compile = (pattern: string): Wildcard => new Wildcard(pattern.toLowerCase())
  let compiled: { allowed: Wildcard[]; denied: Wildcard[] } | undefined
  return (action) => {
    compiled ??= { allowed: allow.map(compile), denied: deny.map(compile) }
    const { allowed, denied } = compiled
    const name = action.toLowerCase()
    return allowed.some((pattern) => pattern.test(name)) && !denied.some((pattern) => pattern.test(name))
  }
}
