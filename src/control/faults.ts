/** Routes: faults of an account. */

import { z } from 'zod'
import { listOf } from '../base/json.js'
import { shaped, withShape } from '../base/shape.js'
import { faultInputSchema, faultSchema } from '../faults/fault.js'
import type { FaultState } from '../faults/faults.js'
import { declareRoutes } from './route.js'

/** Faults that one call can set. */
const MAX_FAULTS = 1000

/** A fault that is set, and how often it has struck. */
export const faultStateSchema = shaped<FaultState>(
  faultSchema
    .safeExtend({
      id: z.string(),
      matched: z.int().describe('How often something matched it.'),
      applied: z.int().describe('How often it happened.'),
    })
    .meta({ id: 'FaultState' }),
)

const one = faultInputSchema
const several = listOf(faultInputSchema, MAX_FAULTS)

/** One fault, or several: what is wrong is told of the one that was meant. */
const oneOrSeveral = withShape(
  z.unknown().transform((written, context) => {
    const { data, error } = Array.isArray(written) ? several.safeParse(written) : one.safeParse(written)
    for (const issue of error?.issues ?? []) context.issues.push(issue as z.core.$ZodRawIssue)
    return error ? z.NEVER : (data as z.output<typeof one> | z.output<typeof several>)
  }),
  z.union([faultSchema, z.array(faultSchema).max(MAX_FAULTS)]),
)

const faultsSchema = z.array(faultStateSchema)

export const faultRoutes = declareRoutes({
  'GET /faults': {
    chapter: 'faults',
    id: 'listFaults',
    summary: 'The faults that are set, in the order in which they were.',
    answer: faultsSchema,
    pagedBy: 'id',
  },
  'POST /faults': {
    chapter: 'faults',
    id: 'addFaults',
    summary: 'Sets one fault, or several: all of them, or none if one of them cannot be.',
    body: oneOrSeveral,
    status: 201,
    answer: z.union([faultStateSchema, faultsSchema]),
    example: { body: { service: 'vod', action: 'GetPlayInfo', error: 'Throttling.User', times: 2 } },
  },
  'DELETE /faults': { chapter: 'faults', id: 'clearFaults', summary: 'Takes all faults back.', answer: faultsSchema },
  'DELETE /faults/{id}': {
    chapter: 'faults',
    id: 'removeFault',
    summary: 'Takes one fault back, and answers those that are left.',
    params: z.object({ id: z.string() }),
    answer: faultsSchema,
  },
})
