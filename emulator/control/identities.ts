/** RAM users, roles, STS sessions and access keys of an account. */

import { z } from 'zod'
import { toUtcSeconds } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

const nameSchema = z.string().regex(/^[\w.@-]{1,64}$/, 'is a name of 1 to 64 letters, digits or one of . _ - @')
const patternsSchema = z.array(z.string().regex(/^[\w:*-]{1,128}$/, 'is a pattern such as vod:Get*')).max(100)
const principalSchema = z.strictObject({ name: nameSchema, allow: patternsSchema.optional(), deny: patternsSchema.optional() })
const sessionSchema = z.strictObject({ role: nameSchema, durationSeconds: z.int().optional() })
const keySchema = z.strictObject({ accessKeyId: z.string(), active: z.boolean() })

export function identityRoutes({ app, chosen }: Control): void {
  // A user gets a key pair with the first call; a further call changes what the user may do.
  app.post('/ram/users', (request, reply) => {
    const { name, ...permissions } = bodyOf(principalSchema, request)
    const { ram } = chosen(request)
    const { arn } = ram.putUser(name, permissions)
    const { accessKeyId, accessKeySecret } = ram.keyOf(name) ?? ram.createAccessKey(name)
    return reply.code(201).send({ arn, accessKeyId, accessKeySecret })
  })

  app.post('/ram/roles', (request, reply) => {
    const { name, ...permissions } = bodyOf(principalSchema, request)
    return reply.code(201).send({ arn: chosen(request).ram.putRole(name, permissions).arn })
  })

  // Answers as STS's AssumeRole does.
  app.post('/sts/sessions', (request, reply) => {
    const { role, durationSeconds } = bodyOf(sessionSchema, request)
    const { accessKeyId, accessKeySecret, securityToken, expiresAt, identity } = chosen(request).ram.assumeRole(role, durationSeconds)
    return reply.code(201).send({
      AssumedRoleUser: { Arn: identity.arn },
      Credentials: {
        AccessKeyId: accessKeyId,
        AccessKeySecret: accessKeySecret,
        SecurityToken: securityToken,
        Expiration: toUtcSeconds(expiresAt),
      },
    })
  })

  app.put('/access-keys', (request) => {
    const { accessKeyId, active } = bodyOf(keySchema, request)
    chosen(request).ram.setActive(accessKeyId, active)
    return { accessKeyId, active }
  })
}
