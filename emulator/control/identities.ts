/** RAM users, roles, STS sessions and access keys of an account. */

import { identityRoutes } from '../../src/control/identities.js'
import { toUtcSeconds } from '../../src/index.js'
import { type Control, serveRoutes } from './serve.js'

export const serveIdentities = (control: Control): void =>
  serveRoutes(control, identityRoutes, {
    'POST /ram/users': ({ account: { ram }, body: { name, ...permissions } }) => {
      const { arn } = ram.putUser(name, permissions)
      // A user gets a key pair with the first call; a further call changes what the user may do.
      const { accessKeyId, accessKeySecret } = ram.keyOf(name) ?? ram.createAccessKey(name)
      return { arn, accessKeyId, accessKeySecret }
    },
    'POST /ram/roles': ({ account: { ram }, body: { name, ...permissions } }) => ({ arn: ram.putRole(name, permissions).arn }),
    'POST /sts/sessions': ({ account: { ram }, body: { role, durationSeconds } }) => {
      const { accessKeyId, accessKeySecret, securityToken, expiresAt, identity } = ram.assumeRole(role, durationSeconds)
      return {
        AssumedRoleUser: { Arn: identity.arn },
        Credentials: {
          AccessKeyId: accessKeyId,
          AccessKeySecret: accessKeySecret,
          SecurityToken: securityToken,
          Expiration: toUtcSeconds(expiresAt),
        },
      }
    },
    'PUT /access-keys': ({ account: { ram }, body: { accessKeyId, active } }) => {
      ram.setActive(accessKeyId, active)
      return { accessKeyId, active }
    },
  })
