/** The policy of an upload by form: until when the form may be used, and what its fields must be (PostObject, appendix: Policy). */

import { z } from 'zod'
import { fromIso, toUtcSeconds } from '../base/times.js'
import { parseJson } from '../params/structures.js'
import { refuseObject } from './errors.js'

/** What a policy has checked of a form, and what remains to be checked once the file has arrived. */
export interface SizeLimits {
  least: number
  most: number
}

/** The fields that every policy checks by name, in lower case; `bucket` among them. */
type Fields = ReadonlyMap<string, string>

/** As many as a form may have fields, and more. */
const MAX_CONDITIONS = 500

const policySchema = z.object(
  {
    expiration: z.string({ error: 'Invalid "expiration" value.' }).transform((text, context) => {
      const instant = fromIso(text)
      if (instant === undefined) context.addIssue('Invalid "expiration" value.')
      return instant ?? z.NEVER
    }),
    conditions: z
      .array(z.unknown(), { error: 'Missing "conditions".' })
      .max(MAX_CONDITIONS, `There are more than ${MAX_CONDITIONS} "conditions".`),
  },
  { error: 'Invalid JSON.' },
)

const size = z.int().min(0)

const fieldName = z
  .string()
  .regex(/^\$./s)
  .transform((name) => name.slice(1))

/** Numbers are written like the text of a field. */
const value = z.union([z.string(), z.number().transform(String)])

/** Operator and operands, which are the name of a field and what it is held against, or two sizes. */
const conditionSchema = z.union([
  z.tuple([z.literal('content-length-range'), size, size]).refine(([, least, most]) => least <= most),
  z.tuple([z.enum(['eq', 'starts-with']), fieldName, value]),
  z.tuple([z.enum(['in', 'not-in']), fieldName, z.array(value)]),
])

type FieldCondition = Exclude<z.output<typeof conditionSchema>, ['content-length-range', number, number]>

const MAX_QUOTED = 200

const quoted = (json: unknown): string => JSON.stringify(json).slice(0, MAX_QUOTED)

const invalid = (problem: string): never =>
  refuseObject('InvalidPolicyDocument', { message: `Invalid Policy: ${problem}`, reason: `the policy is wrong: ${problem}` })

/** Checks the fields of a form against its policy, and returns the bounds of the file's size. `now` is the account's time. */
export function checkPolicy(encoded: string, fields: Fields, now: number): SizeLimits {
  const policy = policySchema.safeParse(parseJson(Buffer.from(encoded, 'base64').toString('utf8')))
  if (!policy.success) return invalid(policy.error.issues[0]?.message ?? '')
  const { expiration, conditions } = policy.data
  // All of it is read before any of it is held against the form.
  const read = conditions.flatMap(spellOut).map(readCondition)
  if (now >= expiration)
    refuseObject('AccessDenied', {
      message: 'Invalid according to Policy: Policy expired.',
      reason: `the policy expired at ${toUtcSeconds(expiration)}, and the account's clock says ${toUtcSeconds(now)}`,
    })
  const limits: SizeLimits = { least: 0, most: Number.POSITIVE_INFINITY }
  for (const condition of read) {
    if (condition[0] === 'content-length-range') {
      limits.least = Math.max(limits.least, condition[1])
      limits.most = Math.min(limits.most, condition[2])
      continue
    }
    const [operator, name, operand] = condition
    const field = fields.get(name.toLowerCase()) ?? ''
    if (!holds(condition, field))
      refuseObject('AccessDenied', {
        message: `Invalid according to Policy: Policy Condition failed: ${quoted([operator, `$${name}`, operand])}`,
        reason: `the field ${name.slice(0, MAX_QUOTED)} is ${quoted(field)}`,
      })
  }
  return limits
}

/** `{"bucket": "b"}` says the same as `["eq", "$bucket", "b"]`. */
function spellOut(condition: unknown): unknown[] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return [condition]
  return Object.entries(condition).map(([name, operand]) => ['eq', `$${name}`, operand])
}

function readCondition(condition: unknown): z.output<typeof conditionSchema> {
  const { success, data } = conditionSchema.safeParse(condition)
  return success ? data : invalid(`Invalid condition ${quoted(condition)}.`)
}

function holds([operator, , operand]: FieldCondition, field: string): boolean {
  switch (operator) {
    case 'eq':
      return field === operand
    case 'starts-with':
      return field.startsWith(operand)
    case 'in':
      return operand.includes(field)
    case 'not-in':
      return !operand.includes(field)
  }
}
