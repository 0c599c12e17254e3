/** How values are parsed by schemas, of which most are used a few times in a process, and some with every call. */

import type { z } from 'zod'

/** So often is a schema used as it is: to compile it, which zod would do with the first use, takes as long as some hundreds. */
const USES_BEFORE_COMPILING = 16

const AS_IT_IS = { jitless: true }

/** Of schemas that are not compiled yet. */
const uses = new WeakMap<z.ZodType, number>()

/** What to parse with by this schema, this time. */
export function parseOptions(schema: z.ZodType): typeof AS_IT_IS | undefined {
  const before = uses.get(schema) ?? 0
  if (before === USES_BEFORE_COMPILING) return undefined
  uses.set(schema, before + 1)
  return AS_IT_IS
}
