/** Who calls: the account itself, RAM users and roles inside it, and STS sessions of roles. */

import type { Clock } from '../clock.js'
import type { Ids } from '../ids.js'

/** Which Actions an identity may call: patterns such as `vod:Get*`, `videoseg:*`, `*`. What is denied is denied whatever is allowed. */
export interface Permissions {
  allow?: readonly string[]
  deny?: readonly string[]
}

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
  /** Of an upload credential: the one object of OSS that it is for. */
  object?: ObjectName
  /** Of a playback credential: the one video that it is for. */
  videoId?: string
}

/** Name of an object of OSS. */
export interface ObjectName {
  bucket: string
  key: string
}

/** The temporary key pair of an STS session. */
export type SessionKey = AccessKey & Required<Pick<AccessKey, 'securityToken' | 'expiresAt'>>

/** Where access keys are registered, so that a call's key leads to its account. */
export interface KeyDirectory {
  add: (key: AccessKey) => void
  remove: (accessKeyId: string) => void
}

/** An STS session lasts from 15 minutes to 12 hours. */
export const SESSION_SECONDS = { least: 900, most: 43_200, usual: 3600 } as const

/** STS sessions kept per account; beyond that the oldest are forgotten. */
const MOST_SESSIONS = 1000

/** What an upload credential may do to its object (VOD manual 5.8): upload, in one piece or in parts, and verify what was uploaded. */
const UPLOAD_PERMISSIONS: Permissions = {
  allow: ['oss:PutObject', 'oss:GetObject', 'oss:AbortMultipartUpload', 'oss:ListParts', 'oss:ListMultipartUploads'],
}

/** A RAM user or role, and its keys. */
interface Principal {
  identity: Identity
  keys: AccessKey[]
}

/** The identities of one account. */
export class Ram {
  readonly root: Identity
  readonly #uploader: Identity
  readonly #player: Identity
  readonly #users = new Map<string, Principal>()
  readonly #roles = new Map<string, Principal>()
  readonly #keys = new Set<AccessKey>()
  readonly #sessions: AccessKey[] = []
  /** Apart from the others, because they are short and many. */
  readonly #playSessions: AccessKey[] = []

  constructor(
    private readonly accountId: string,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly directory: KeyDirectory,
  ) {
    this.root = { kind: 'root', name: 'root', arn: `acs:ram::${accountId}:root`, may: () => true }
    this.#uploader = {
      kind: 'role',
      name: 'AliyunVODUpload',
      arn: `acs:ram::${accountId}:assumed-role/aliyunvoduploadrole/vod`,
      may: compilePermissions(UPLOAD_PERMISSIONS),
    }
    this.#player = {
      kind: 'role',
      name: 'AliyunVODPlayAuth',
      arn: `acs:ram::${accountId}:assumed-role/aliyunvodplayauthrole/vod`,
      may: compilePermissions({ allow: ['vod:GetPlayInfo'] }),
    }
  }

  /** Registers an access key of the account itself. */
  addRootKey(accessKeyId: string, accessKeySecret: string): AccessKey {
    return this.#register({ accessKeyId, accessKeySecret, active: true, identity: this.root })
  }

  /** Creates a RAM user, or changes what an existing one may do. */
  putUser(name: string, permissions: Permissions): Identity {
    return this.#put(this.#users, 'user', name, permissions)
  }

  /** Creates a RAM role, or changes what an existing one may do. */
  putRole(name: string, permissions: Permissions): Identity {
    return this.#put(this.#roles, 'role', name, permissions)
  }

  /** Gives a RAM user a new access key. Throws a `RangeError` if there is no such user. */
  createAccessKey(userName: string): AccessKey {
    const user = this.#users.get(userName)
    if (!user) throw new RangeError(`There is no RAM user "${userName}".`)
    const key = this.#register({
      accessKeyId: `LTAI5t${this.ids.alphanumeric(18)}`,
      accessKeySecret: this.ids.alphanumeric(30),
      active: true,
      identity: user.identity,
    })
    user.keys.push(key)
    return key
  }

  /** The latest access key of a RAM user, if the user has one. */
  keyOf(userName: string): AccessKey | undefined {
    return this.#users.get(userName)?.keys.at(-1)
  }

  /** Enables or disables an access key of this account. Throws a `RangeError` if the account has no such key. */
  setActive(accessKeyId: string, active: boolean): void {
    for (const key of this.#keys) {
      if (key.accessKeyId === accessKeyId) {
        key.active = active
        return
      }
    }
    throw new RangeError(`The account has no access key "${accessKeyId}".`)
  }

  /** Starts an STS session of a role. Throws a `RangeError` if there is no such role or the length is not 900 to 43,200 seconds. */
  assumeRole(roleName: string, durationSeconds: number = SESSION_SECONDS.usual): SessionKey {
    const role = this.#roles.get(roleName)
    if (!role) throw new RangeError(`There is no RAM role "${roleName}".`)
    if (!(durationSeconds >= SESSION_SECONDS.least && durationSeconds <= SESSION_SECONDS.most))
      throw new RangeError(`An STS session lasts ${SESSION_SECONDS.least} to ${SESSION_SECONDS.most} seconds.`)
    return this.#startSession(role.identity, durationSeconds)
  }

  /** Issues a credential for uploading one object to OSS, of use for nothing else, for `seconds` of the account's clock. */
  uploadSession(object: ObjectName, seconds: number): SessionKey {
    return this.#startSession(this.#uploader, seconds, { object })
  }

  /** Issues a credential for playing one video, of use for nothing else, for `seconds` of the account's clock. */
  playSession(videoId: string, seconds: number): SessionKey {
    return this.#startSession(this.#player, seconds, { videoId }, this.#playSessions)
  }

  #startSession(
    identity: Identity,
    seconds: number,
    scope: Pick<AccessKey, 'object' | 'videoId'> = {},
    sessions: AccessKey[] = this.#sessions,
  ): SessionKey {
    const key = this.#register({
      accessKeyId: `STS.${this.ids.alphanumeric(25)}`,
      accessKeySecret: this.ids.alphanumeric(44),
      active: true,
      identity,
      securityToken: `CAIS${this.ids.alphanumeric(128)}`,
      expiresAt: this.clock.now() + seconds * 1000,
      ...scope,
    })
    sessions.push(key)
    if (sessions.length > MOST_SESSIONS) this.#forget(sessions.shift() as AccessKey)
    return key
  }

  /** All access keys, of the account, its users and its sessions. */
  get keys(): AccessKey[] {
    return [...this.#keys]
  }

  /** Forgets all keys. */
  dispose(): void {
    for (const key of this.#keys) this.#forget(key)
  }

  #put(principals: Map<string, Principal>, kind: 'user' | 'role', name: string, permissions: Permissions): Identity {
    const identity: Identity = { kind, name, arn: `acs:ram::${this.accountId}:${kind}/${name}`, may: compilePermissions(permissions) }
    const keys = principals.get(name)?.keys ?? []
    for (const key of keys) key.identity = identity
    for (const session of this.#sessions) if (session.identity.arn === identity.arn) session.identity = identity
    principals.set(name, { identity, keys })
    return identity
  }

  #register<Key extends AccessKey>(key: Key): Key {
    this.directory.add(key)
    this.#keys.add(key)
    return key
  }

  #forget(key: AccessKey): void {
    this.directory.remove(key.accessKeyId)
    this.#keys.delete(key)
  }
}

function compilePermissions({ allow = [], deny = [] }: Permissions): (action: string) => boolean {
  const allowed = allow.map(compilePattern)
  const denied = deny.map(compilePattern)
  return (action) => allowed.some((pattern) => pattern.test(action)) && !denied.some((pattern) => pattern.test(action))
}

/** RAM's patterns know one wildcard, and no letter case. */
function compilePattern(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i')
}
