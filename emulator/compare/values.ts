/** The values of a recorded request as the emulator is sent them: its own ids in the place of the upstream's, and what stands in for removed values. */

import { sensitivityOf } from '../redact/names.js'
import { isPlaceholder } from '../redact/placeholders.js'
import { jsonIn } from './kinds.js'
import type { Roles } from './roles.js'

/** The value of a parameter: an id, several of them, JSON with ids in it, also in Base64. `name`: of the parameter, or of the member of JSON. */
export function translateValue(roles: Roles, value: string, name: string): string {
  const whole = roles.ours(value)
  if (whole !== undefined) return whole
  if (isPlaceholder(value)) return sensitivityOf(name) === 'account' ? roles.accountId : standIn(value)
  const url = roles.url(value)
  if (url !== undefined) return url
  const inside = jsonIn(value)
  if (inside !== undefined) {
    const translated = JSON.stringify(inside, (member, each: unknown) => translateMember(roles, each, member))
    return /^[{[]/.test(value) ? translated : Buffer.from(translated).toString('base64')
  }
  const parts = value.split(',')
  return parts.length > 1 ? parts.map((part) => roles.ours(part) ?? roles.translate(part)).join(',') : roles.translate(value)
}

function translateMember(roles: Roles, value: unknown, name: string): unknown {
  if (typeof value === 'string') return translateValue(roles, value, name)
  const ours = typeof value === 'number' ? roles.ours(String(value)) : undefined
  return ours === undefined ? value : Number(ours)
}

/** What is sent for a secret that was removed, the same for the same: letters of both cases and digits, which secrets that are set may have to hold. */
const standIn = (placeholder: string): string => `Removed${placeholder.replace(/\D/g, '').padStart(8, '0')}`
