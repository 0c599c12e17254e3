/** What of RAM and STS is remembered. */

import { z } from 'zod'
import { timestampSchema } from '../base/time-schemas.js'

/** See `UserKey`. */
const userKeySchema = z.strictObject({ accessKeyId: z.string(), accessKeySecret: z.string(), copy: z.string().optional() })

const permissionsSchema = z.strictObject({
  allow: z.array(z.string()).readonly().optional(),
  deny: z.array(z.string()).readonly().optional(),
})

/** A RAM user: what it may do, and its keys, oldest first. */
const userSchema = permissionsSchema.extend({ keys: z.array(userKeySchema).readonly() })

const lifeSchema = z.strictObject({ accessKeySecret: z.string(), securityToken: z.string(), expiresAt: timestampSchema })

/** An STS session of a role, by its access key. */
const sessionSchema = lifeSchema.extend({ role: z.string() })

/** A session that a service has issued. */
export const issuedSchema = lifeSchema.extend({
  accessKeyId: z.string(),
  role: z.string(),
  arn: z.string(),
  allow: z.array(z.string()).readonly(),
  object: z.strictObject({ bucket: z.string(), key: z.string() }).optional(),
  resource: z.string().optional(),
})

/** A RAM user. */
export type User = z.output<typeof userSchema>

/** What all sessions have: secret, token and end. */
export type Life = z.output<typeof lifeSchema>

/** An STS session of a role. */
export type Session = z.output<typeof sessionSchema>

/** A session that a service has issued. */
export type Issued = z.output<typeof issuedSchema>

/** Users, roles and sessions of roles by name or access key, and the access keys that are disabled, as they are in the records. */
export const ramTables = {
  users: { name: 'ram.users', schema: userSchema, indexes: { key: ({ keys }: User) => keys.map(({ accessKeyId }) => accessKeyId) } },
  roles: { name: 'ram.roles', schema: permissionsSchema },
  sessions: { name: 'ram.sessions', schema: sessionSchema },
  disabled: { name: 'ram.disabled', schema: z.literal(true) },
}

/** Sessions that services have issued: apart from the others, because some are short and many. */
export const issuedRecords = {
  name: 'ram.issued',
  schema: issuedSchema,
  keyOf: ({ accessKeyId }: Issued) => accessKeyId,
  indexes: { role: ({ role }: Issued) => role },
}

/** Which copy of an account the users' keys are those of: its first access key; empty if they are none's. */
export const copySchema = z.string().max(100).default('')
