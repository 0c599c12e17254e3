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
  /** Of a session that a service has issued for one object of OSS, or for those with one prefix: which. */
  object?: GrantedObject
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

/** The object of OSS that a session is for. */
export interface GrantedObject extends ObjectName {
  /** What further objects begin with that it is for, if there are any; of an empty text, every object of the bucket. */
  prefix?: string | undefined
}

/** The temporary key pair of an STS session. */
export type SessionKey = AccessKey & Required<Pick<AccessKey, 'securityToken' | 'expiresAt'>>

/** What a service hands out of a session that it has issued. */
export type Credential = Pick<SessionKey, 'accessKeyId' | 'accessKeySecret' | 'securityToken' | 'expiresAt'>

/** What a service issues a session for: it may do this, and nothing else. */
export interface Grant {
  /** Name of the role that the service takes for it. */
  role: string
  /** What the session's ARN has behind the account's id: `assumed-role/aliyunuploadrole/upload`. */
  arn: string
  /** Patterns of what it may do, such as `oss:PutObject`. */
  allow: readonly string[]
  /** What of OSS it is for. */
  object?: GrantedObject
  /** The id of the one resource that it is for. */
  resource?: string
}
