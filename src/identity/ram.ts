/** Who calls: the account itself, RAM users and roles inside it, and STS sessions of roles. */

import { z } from 'zod'
import type { Clock } from '../base/clock.js'
import type { Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'

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
  /** Of a magic key: the code with which every call is refused that it signs. */
  demands?: string
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
  /** True if the access key leads somewhere. */
  has: (accessKeyId: string) => boolean
}

/** An STS session lasts from 15 minutes to 12 hours. */
export const SESSION_SECONDS = { least: 900, most: 43_200, usual: 3600 } as const

/** STS sessions kept per account; beyond that the oldest are forgotten. */
const MOST_SESSIONS = 1000

/** What an upload credential may do to its object (VOD manual 5.8): upload, in one piece or in parts, and verify what was uploaded. */
const UPLOAD_PERMISSIONS: Permissions = {
  allow: ['oss:PutObject', 'oss:GetObject', 'oss:AbortMultipartUpload', 'oss:ListParts', 'oss:ListMultipartUploads'],
}

const keyPairSchema = z.strictObject({ accessKeyId: z.string(), accessKeySecret: z.string() })

const permissionsSchema = z.strictObject({
  allow: z.array(z.string()).readonly().optional(),
  deny: z.array(z.string()).readonly().optional(),
})

/** A RAM user: what it may do, and its keys, oldest first. */
const userSchema = permissionsSchema.extend({ keys: z.array(keyPairSchema).readonly() })

/** An STS session, by its access key: of a role, for uploading an object, or for playing a video. */
const sessionSchema = z.strictObject({
  accessKeySecret: z.string(),
  securityToken: z.string(),
  expiresAt: timestampSchema,
  role: z.string().optional(),
  object: z.strictObject({ bucket: z.string(), key: z.string() }).optional(),
  videoId: z.string().optional(),
})

type KeyPair = z.output<typeof keyPairSchema>

type Session = z.output<typeof sessionSchema>

const tables = {
  users: { name: 'ram.users', schema: userSchema },
  roles: { name: 'ram.roles', schema: permissionsSchema },
  sessions: { name: 'ram.sessions', schema: sessionSchema },
  playSessions: { name: 'ram.playSessions', schema: sessionSchema },
  disabled: { name: 'ram.disabled', schema: z.literal(true) },
}

/** The identities of one account. */
export class Ram {
  readonly root: Identity
  readonly #uploader: Identity
  readonly #player: Identity
  readonly #users: Table<z.output<typeof userSchema>>
  readonly #roles: Table<Permissions>
  readonly #sessions: Table<Session>
  /** Apart from the others, because they are short and many. */
  readonly #playSessions: Table<Session>
  /** Access keys that are disabled. */
  readonly #disabled: Table<true>
  /** What follows from all these: the keys by their ids, and users and roles by their ARNs. */
  readonly #keys = new Map<string, AccessKey>()
  readonly #identities = new Map<string, Identity>()

  constructor(
    state: State,
    private readonly accountId: string,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly directory: KeyDirectory,
  ) {
    this.#users = state.table(tables.users)
    this.#roles = state.table(tables.roles)
    this.#sessions = state.table(tables.sessions)
    this.#playSessions = state.table(tables.playSessions)
    this.#disabled = state.table(tables.disabled)
    state.onRevive(() => this.#revive())
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
    this.#users.set(name, { ...permissionsOf(permissions), keys: this.#users.get(name)?.keys ?? [] })
    return this.#identify('user', name, permissions)
  }

  /** Creates a RAM role, or changes what an existing one may do. */
  putRole(name: string, permissions: Permissions): Identity {
    this.#roles.set(name, permissionsOf(permissions))
    return this.#identify('role', name, permissions)
  }

  /** Gives a RAM user a new access key. Throws a `RangeError` if there is no such user. */
  createAccessKey(userName: string): AccessKey {
    const user = this.#users.get(userName)
    if (!user) throw new RangeError(`There is no RAM user "${userName}".`)
    const pair = this.#newPair()
    this.#users.set(userName, { ...user, keys: [...user.keys, pair] })
    return this.#register({ ...pair, active: true, identity: this.#identities.get(`user/${userName}`) as Identity })
  }

  /** The latest access key of a RAM user, if the user has one. */
  keyOf(userName: string): AccessKey | undefined {
    return this.#keys.get(this.#users.get(userName)?.keys.at(-1)?.accessKeyId ?? '')
  }

  /** The RAM users, and the latest access key of each that has one. */
  get users(): { name: string; key: AccessKey | undefined }[] {
    return Array.from(this.#users.keys(), (name) => ({ name, key: this.keyOf(name) }))
  }

  /** Enables or disables an access key of this account. Throws a `RangeError` if the account has no such key. */
  setActive(accessKeyId: string, active: boolean): void {
    const key = this.#keys.get(accessKeyId)
    if (!key) throw new RangeError(`The account has no access key "${accessKeyId}".`)
    key.active = active
    if (active) this.#disabled.delete(accessKeyId)
    else this.#disabled.set(accessKeyId, true)
  }

  /** Starts an STS session of a role. Throws a `RangeError` if there is no such role or the length is not 900 to 43,200 seconds. */
  assumeRole(roleName: string, durationSeconds: number = SESSION_SECONDS.usual): SessionKey {
    if (!this.#roles.has(roleName)) throw new RangeError(`There is no RAM role "${roleName}".`)
    if (!(durationSeconds >= SESSION_SECONDS.least && durationSeconds <= SESSION_SECONDS.most))
      throw new RangeError(`An STS session lasts ${SESSION_SECONDS.least} to ${SESSION_SECONDS.most} seconds.`)
    return this.#startSession(durationSeconds, { role: roleName })
  }

  /** Issues a credential for uploading one object to OSS, of use for nothing else, for `seconds` of the account's clock. */
  uploadSession({ bucket, key }: ObjectName, seconds: number): SessionKey {
    return this.#startSession(seconds, { object: { bucket, key } })
  }

  /** Issues a credential for playing one video, of use for nothing else, for `seconds` of the account's clock. */
  playSession(videoId: string, seconds: number): SessionKey {
    return this.#startSession(seconds, { videoId }, this.#playSessions)
  }

  #startSession(seconds: number, scope: Pick<Session, 'role' | 'object' | 'videoId'>, sessions = this.#sessions): SessionKey {
    const accessKeyId = this.#newId(() => `STS.${this.ids.alphanumeric(25)}`)
    const session = {
      accessKeySecret: this.ids.alphanumeric(44),
      securityToken: `CAIS${this.ids.alphanumeric(128)}`,
      expiresAt: this.clock.now() + seconds * 1000,
      ...scope,
    }
    sessions.set(accessKeyId, session)
    if (sessions.size > MOST_SESSIONS) {
      const [oldest] = sessions.keys()
      this.#forget(oldest as string)
      sessions.delete(oldest as string)
    }
    return this.#registerSession(accessKeyId, session)
  }

  /** All access keys, of the account, its users and its sessions. */
  get keys(): AccessKey[] {
    return [...this.#keys.values()]
  }

  /** Forgets all keys. */
  dispose(): void {
    for (const accessKeyId of this.#keys.keys()) this.directory.remove(accessKeyId)
    this.#keys.clear()
  }

  /** Compiles what was restored, and registers its keys. Of those that another account has, users get new ones, and sessions are over. */
  #revive(): void {
    for (const [name, role] of this.#roles.pairs()) this.#identify('role', name, role)
    for (const [name, user] of this.#users.pairs()) {
      const identity = this.#identify('user', name, user)
      const keys = user.keys.map((pair) => this.#own(pair))
      this.#users.set(name, { ...user, keys })
      for (const pair of keys) this.#register({ ...pair, active: true, identity })
    }
    for (const sessions of [this.#sessions, this.#playSessions]) {
      for (const [accessKeyId, session] of [...sessions.pairs()]) {
        if (this.directory.has(accessKeyId) || !this.#identityOf(session)) sessions.delete(accessKeyId)
        else this.#registerSession(accessKeyId, session)
      }
    }
    for (const accessKeyId of [...this.#disabled.keys()]) {
      const key = this.#keys.get(accessKeyId)
      if (key) key.active = false
      else this.#disabled.delete(accessKeyId)
    }
  }

  #identify(kind: 'user' | 'role', name: string, permissions: Permissions): Identity {
    const may = compilePermissions(permissions)
    const identity = this.#identities.get(`${kind}/${name}`)
    // Keys have the identity itself, and so may do from now on what it may.
    if (identity) return Object.assign(identity, { may })
    const created: Identity = { kind, name, arn: `acs:ram::${this.accountId}:${kind}/${name}`, may }
    this.#identities.set(`${kind}/${name}`, created)
    return created
  }

  /** Who has a session: the services for the sake of an object or a video, else a role. */
  #identityOf({ object, videoId, role }: Session): Identity | undefined {
    if (object) return this.#uploader
    return videoId === undefined ? this.#identities.get(`role/${role}`) : this.#player
  }

  /** A key pair as it was, or a new one for one that another account has: disabled, if that is. */
  #own(pair: KeyPair): KeyPair {
    if (!this.directory.has(pair.accessKeyId)) return pair
    const own = this.#newPair()
    if (this.#disabled.delete(pair.accessKeyId)) this.#disabled.set(own.accessKeyId, true)
    return own
  }

  #newPair(): KeyPair {
    return { accessKeyId: this.#newId(() => `LTAI5t${this.ids.alphanumeric(18)}`), accessKeySecret: this.ids.alphanumeric(30) }
  }

  /** A state from elsewhere may have the next ids already. */
  #newId(draw: () => string): string {
    let id = draw()
    while (this.directory.has(id)) id = draw()
    return id
  }

  #registerSession(accessKeyId: string, session: Session): SessionKey {
    const { accessKeySecret, securityToken, expiresAt, object, videoId } = session
    return this.#register({
      accessKeyId,
      accessKeySecret,
      active: true,
      identity: this.#identityOf(session) as Identity,
      securityToken,
      expiresAt,
      ...(object && { object }),
      ...(videoId !== undefined && { videoId }),
    })
  }

  #register<Key extends AccessKey>(key: Key): Key {
    this.directory.add(key)
    this.#keys.set(key.accessKeyId, key)
    return key
  }

  #forget(accessKeyId: string): void {
    this.directory.remove(accessKeyId)
    this.#keys.delete(accessKeyId)
    this.#disabled.delete(accessKeyId)
  }
}

/** Without what was left out, as JSON has it. */
const permissionsOf = ({ allow, deny }: Permissions): Permissions => ({
  ...(allow && { allow: [...allow] }),
  ...(deny && { deny: [...deny] }),
})

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
