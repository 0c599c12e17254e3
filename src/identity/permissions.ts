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

/** Tells whether an Action may be called. RAM's patterns know one wildcard, and no letter case. */
export function compilePermissions({ allow = [], deny = [] }: Permissions): (action: string) => boolean {
  const compile = (pattern: string): Wildcard => new Wildcard(pattern.toLowerCase())
  const allowed = allow.map(compile)
  const denied = deny.map(compile)
  return (action) => {
    const name = action.toLowerCase()
    return allowed.some((pattern) => pattern.test(name)) && !denied.some((pattern) => pattern.test(name))
  }
}
