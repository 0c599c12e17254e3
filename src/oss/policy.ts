/** The policy of an upload by form: until when the form may be used, and what its fields must be (PostObject, appendix: Policy). */

import { fromIso, toUtcSeconds } from '../base/clock.js'
import { refuseObject } from './errors.js'

/** What a policy has checked of a form, and what remains to be checked once the file has arrived. */
export interface SizeLimits {
  least: number
  most: number
}

/** The fields that every policy checks by name, in lower case; `bucket` among them. */
type Fields = ReadonlyMap<string, string>

const invalid = (problem: string): never =>
  refuseObject('InvalidPolicyDocument', { message: `Invalid Policy: ${problem}`, reason: `the policy is wrong: ${problem}` })

/** Checks the fields of a form against its policy, and returns the bounds of the file's size. `now` is the account's time. */
export function checkPolicy(encoded: string, fields: Fields, now: number): SizeLimits {
  let policy: { expiration?: unknown; conditions?: unknown }
  try {
    policy = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  } catch {
    return invalid('Invalid JSON.')
  }
  if (typeof policy !== 'object' || policy === null) return invalid('Invalid JSON.')
  const expiresAt = typeof policy.expiration === 'string' ? fromIso(policy.expiration) : undefined
  if (expiresAt === undefined) return invalid('Invalid "expiration" value.')
  if (!Array.isArray(policy.conditions)) return invalid('Missing "conditions".')
  if (now >= expiresAt)
    refuseObject('AccessDenied', {
      message: 'Invalid according to Policy: Policy expired.',
      reason: `the policy expired at ${toUtcSeconds(expiresAt)}, and the account's clock says ${toUtcSeconds(now)}`,
    })
  const limits: SizeLimits = { least: 0, most: Number.POSITIVE_INFINITY }
  for (const condition of policy.conditions.flatMap(spellOut)) {
    const [operator, name, value, more] = condition
    if (operator === 'content-length-range') {
      if (!isSize(name) || !isSize(value) || value < name) return invalid('Invalid "content-length-range".')
      limits.least = Math.max(limits.least, name)
      limits.most = Math.min(limits.most, value)
    } else if (typeof name !== 'string' || !name.startsWith('$') || more !== undefined)
      return invalid(`Invalid condition ${JSON.stringify(condition)}.`)
    else if (!holds(operator, fields.get(name.slice(1).toLowerCase()) ?? '', value))
      refuseObject('AccessDenied', {
        message: `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`,
        reason: `the field ${name.slice(1)} is ${JSON.stringify(fields.get(name.slice(1).toLowerCase()) ?? '').slice(0, 200)}`,
      })
  }
  return limits
}

/** `{"bucket": "b"}` says the same as `["eq", "$bucket", "b"]`. */
function spellOut(condition: unknown): unknown[][] {
  if (Array.isArray(condition)) return [condition]
  if (typeof condition !== 'object' || condition === null) return invalid(`Invalid condition ${JSON.stringify(condition)}.`)
  return Object.entries(condition).map(([name, value]) => ['eq', `$${name}`, value])
}

function holds(operator: unknown, field: string, value: unknown): boolean {
  if (operator === 'eq') return field === String(value)
  if (operator === 'starts-with') return field.startsWith(String(value))
  if (operator === 'in') return Array.isArray(value) && value.includes(field)
  if (operator === 'not-in') return Array.isArray(value) && !value.includes(field)
  return invalid(`Unknown operator ${JSON.stringify(operator)}.`)
}

const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
