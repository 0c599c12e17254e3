/** Access keys, and who they belong to. */

/** Who an access key belongs to. */
export interface Identity {
  kind: 'root' | 'user' | 'role'
  name: string
  /** `acs:ram::1234567890123456:user/alice` */
  arn: string
  /** True if the identity may call the Action `service:Action`. */
  may: (action: string) => boolean
}

/** A pair of access keys, permanent or of an STS session. */
export interface AccessKey {
  accessKeyId: string
  accessKeySecret: string
  /** A disabled key is refused with `InvalidAccessKeyId.Inactive`. */
  active: boolean
  identity: Identity
  /** Of an STS session only. */
  securityToken?: string
  /** Milliseconds since 1970 on the account's clock; of an STS session only. */
  expiresAt?: number
  /** Of a session that a service has issued for one object of OSS: which. */
  object?: ObjectName
  /** Of a session that a service has issued for one resource of its own: the id of that. The service's Actions check it. */
  resource?: string
  /** Of a magic key: the code with which every call is refused that it signs. */
  forcedError?: string
}

/** Name of an object of OSS. */
export interface ObjectName {
  bucket: string
  key: string
}

/** The temporary key pair of an STS session. */
export type SessionKey = AccessKey & Required<Pick<AccessKey, 'securityToken' | 'expiresAt'>>

/** What a service issues a session for: it may do this, and nothing else. */
export interface Grant {
  /** Name of the role that the service takes for it. */
  role: string
  /** What the session's ARN has behind the account's id: `assumed-role/aliyunuploadrole/upload`. */
  arn: string
  /** Patterns of what it may do, such as `oss:PutObject`. */
  allow: readonly string[]
  /** The one object of OSS that it is for. */
  object?: ObjectName
  /** The id of the one resource that it is for. */
  resource?: string
}
