/** Routes: RAM users, roles, STS sessions and access keys of an account. */

import { z } from 'zod'
import { declareRoutes, timeSchema } from './route.js'

const nameSchema = z.string().regex(/^[\w.@-]{1,64}$/, 'is a name of 1 to 64 letters, digits or one of . _ - @')
const patternsSchema = z.array(z.string().regex(/^[\w:*-]{1,128}$/, 'is a pattern such as vod:Get*')).max(100)
const principalSchema = z.strictObject({
  name: nameSchema,
  allow: patternsSchema.optional().describe('Which Actions it may call. Default: none.'),
  deny: patternsSchema.optional().describe('Which Actions it may not call, whatever is allowed.'),
})
const sessionSchema = z.strictObject({
  role: nameSchema,
  durationSeconds: z.int().optional().describe('From 900 to 43,200. Default 3600.'),
})
const keySchema = z.strictObject({ accessKeyId: z.string(), active: z.boolean() })

export const identityRoutes = declareRoutes({
  'POST /ram/users': {
    chapter: 'identities',
    id: 'putRamUser',
    summary: 'Creates a RAM user with a key pair, or changes what an existing one may do.',
    body: principalSchema,
    status: 201,
    answer: z.strictObject({ arn: z.string(), accessKeyId: z.string(), accessKeySecret: z.string() }),
    example: { body: { name: 'alice', allow: ['vod:Get*'] } },
  },
  'POST /ram/roles': {
    chapter: 'identities',
    id: 'putRamRole',
    summary: 'Creates a RAM role, or changes what an existing one may do.',
    body: principalSchema,
    status: 201,
    answer: z.strictObject({ arn: z.string() }),
    example: { body: { name: 'worker', allow: ['*'] } },
  },
  'POST /sts/sessions': {
    chapter: 'identities',
    id: 'assumeRole',
    summary: "Starts an STS session of a role, and answers as STS's AssumeRole does.",
    body: sessionSchema,
    status: 201,
    answer: z.strictObject({
      AssumedRoleUser: z.strictObject({ Arn: z.string() }),
      Credentials: z.strictObject({
        AccessKeyId: z.string(),
        AccessKeySecret: z.string(),
        SecurityToken: z.string(),
        Expiration: timeSchema,
      }),
    }),
    example: { body: { role: 'worker', durationSeconds: 900 } },
  },
  'PUT /access-keys': {
    chapter: 'identities',
    id: 'setKeyActive',
    summary: 'Enables or disables an access key of the account, its users or its sessions.',
    body: keySchema,
    answer: keySchema,
    example: { body: { accessKeyId: 'testAccessKeyId', active: true } },
  },
})
