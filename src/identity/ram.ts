/** Who calls: the account itself, RAM users and roles inside it, and STS sessions of roles. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { Clock } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { Wildcard } from '../patterns/wildcard.js'
import type { Collection } from '../state/collection.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'

/** Which Actions an identity may call: patterns such as `live:Get*`, `live:*`, `*`. What is denied is denied whatever is allowed. */
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

/** Where access keys are registered, so that a call's key leads to its account. */
export interface KeyRegistry {
  add: (key: AccessKey) => void
  remove: (accessKeyId: string) => void
  /** True if the access key leads somewhere. */
  has: (accessKeyId: string) => boolean
}

/** An STS session lasts from 15 minutes to 12 hours. */
export const SESSION_SECONDS = { least: 900, most: 43_200, usual: 3600 } as const

/** STS sessions kept per account, and sessions that services have issued kept per role; beyond that the oldest are forgotten. */
const MAX_SESSIONS = 1000

/** RAM users, roles and keys of a user. RAM has less by far; here they bound memory. */
const MAX_USERS = 10_000
const MAX_ROLES = 10_000
const MAX_KEYS = 100

const keyPairSchema = z.strictObject({ accessKeyId: z.string(), accessKeySecret: z.string() })

const permissionsSchema = z.strictObject({
  allow: z.array(z.string()).readonly().optional(),
  deny: z.array(z.string()).readonly().optional(),
})

/** A RAM user: what it may do, and its keys, oldest first. */
const userSchema = permissionsSchema.extend({ keys: z.array(keyPairSchema).readonly() })

const lifeSchema = z.strictObject({ accessKeySecret: z.string(), securityToken: z.string(), expiresAt: timestampSchema })

/** An STS session of a role, by its access key. */
const sessionSchema = lifeSchema.extend({ role: z.string() })

/** A session that a service has issued. */
const issuedSchema = lifeSchema.extend({
  accessKeyId: z.string(),
  role: z.string(),
  arn: z.string(),
  allow: z.array(z.string()).readonly(),
  object: z.strictObject({ bucket: z.string(), key: z.string() }).optional(),
  resource: z.string().optional(),
})

type KeyPair = z.output<typeof keyPairSchema>

type Life = z.output<typeof lifeSchema>

type Session = z.output<typeof sessionSchema>

type Issued = z.output<typeof issuedSchema>

const tables = {
  users: { name: 'ram.users', schema: userSchema },
  roles: { name: 'ram.roles', schema: permissionsSchema },
  sessions: { name: 'ram.sessions', schema: sessionSchema },
  disabled: { name: 'ram.disabled', schema: z.literal(true) },
}

const issuedRecords = {
  name: 'ram.issued',
  schema: issuedSchema,
  keyOf: ({ accessKeyId }: Issued) => accessKeyId,
  indexes: { role: ({ role }: Issued) => role },
}

/** The identities of one account. */
export class Ram {
  readonly root: Identity
  readonly #users: Table<z.output<typeof userSchema>>
  readonly #roles: Table<Permissions>
  readonly #sessions: Table<Session>
  /** Apart from the others, because some are short and many. */
  readonly #issued: Collection<typeof issuedSchema, 'role'>
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
    private readonly directory: KeyRegistry,
  ) {
    this.#users = state.table(tables.users)
    this.#roles = state.table(tables.roles)
    this.#sessions = state.table(tables.sessions)
    this.#issued = state.collection(issuedRecords)
    this.#disabled = state.table(tables.disabled)
    state.onRestore(() => this.#revive())
    this.root = { kind: 'root', name: 'root', arn: `acs:ram::${accountId}:root`, may: () => true }
  }

  /** Registers an access key of the account itself. */
  addRootKey(accessKeyId: string, accessKeySecret: string): AccessKey {
    return this.#register({ accessKeyId, accessKeySecret, active: true, identity: this.root })
  }

  /** Creates a RAM user, or changes what an existing one may do. Throws a `RangeError` for text that is none, and if there are too many users. */
  putUser(name: string, permissions: Permissions): Identity {
    refuseBrokenText({ name, ...permissions })
    if (this.#users.size >= MAX_USERS && !this.#users.has(name)) throw new RangeError(`an account may have ${MAX_USERS} RAM users`)
    this.#users.set(name, { ...permissionsOf(permissions), keys: this.#users.get(name)?.keys ?? [] })
    return this.#identify('user', name, permissions)
  }

  /** Creates a RAM role, or changes what an existing one may do. Throws as {@link putUser} does. */
  putRole(name: string, permissions: Permissions): Identity {
    refuseBrokenText({ name, ...permissions })
    if (this.#roles.size >= MAX_ROLES && !this.#roles.has(name)) throw new RangeError(`an account may have ${MAX_ROLES} RAM roles`)
    this.#roles.set(name, permissionsOf(permissions))
    return this.#identify('role', name, permissions)
  }

  /** Gives a RAM user a new access key. Throws a `RangeError` if there is no such user, or if it has too many. */
  createAccessKey(userName: string): AccessKey {
    const user = this.#users.get(userName)
    if (!user) throw new RangeError(`There is no RAM user "${userName}".`)
    if (user.keys.length >= MAX_KEYS) throw new RangeError(`a RAM user may have ${MAX_KEYS} access keys`)
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
    const [accessKeyId, life] = this.#newSession(durationSeconds)
    const session = { ...life, role: roleName }
    this.#sessions.set(accessKeyId, session)
    if (this.#sessions.size > MAX_SESSIONS) {
      const [oldest] = this.#sessions.keys()
      this.#forget(oldest as string)
      this.#sessions.delete(oldest as string)
    }
    return this.#registerSession(accessKeyId, session, this.#identities.get(`role/${roleName}`) as Identity)
  }

  /** Starts a session of a service's own, for `seconds` of the account's clock: it is of use for what is granted, and for nothing else. */
  issue(grant: Grant, seconds: number): SessionKey {
    const [accessKeyId, life] = this.#newSession(seconds)
    const issued = this.#issued.put({ accessKeyId, ...life, ...grant })
    const by = { role: grant.role }
    if (this.#issued.countBy('role', grant.role) > MAX_SESSIONS)
      for (const oldest of this.#issued.list({ by, take: 1 }).rows) {
        this.#forget(oldest.accessKeyId)
        this.#issued.delete(oldest.accessKeyId)
      }
    return this.#registerIssued(issued)
  }

  #newSession(seconds: number): [accessKeyId: string, life: Life] {
    const accessKeyId = this.#newId(() => `STS.${this.ids.alphanumeric(25)}`)
    return [
      accessKeyId,
      {
        accessKeySecret: this.ids.alphanumeric(44),
        securityToken: `CAIS${this.ids.alphanumeric(128)}`,
        expiresAt: this.clock.now() + seconds * 1000,
      },
    ]
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
    for (const [accessKeyId, session] of [...this.#sessions.pairs()]) {
      const identity = this.#identities.get(`role/${session.role}`)
      if (identity && !this.directory.has(accessKeyId)) this.#registerSession(accessKeyId, session, identity)
      else this.#sessions.delete(accessKeyId)
    }
    for (const issued of this.#issued.list().rows) {
      if (this.directory.has(issued.accessKeyId)) this.#issued.delete(issued.accessKeyId)
      else this.#registerIssued(issued)
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

  #registerSession(accessKeyId: string, { accessKeySecret, securityToken, expiresAt }: Life, identity: Identity): SessionKey {
    return this.#register({ accessKeyId, accessKeySecret, active: true, identity, securityToken, expiresAt })
  }

  #registerIssued({ role, arn, allow, object, resource, ...session }: Issued): SessionKey {
    const identity: Identity = { kind: 'role', name: role, arn: `acs:ram::${this.accountId}:${arn}`, may: compilePermissions({ allow }) }
    return this.#register({ ...session, active: true, identity, ...(object && { object }), ...(resource !== undefined && { resource }) })
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

/** RAM's patterns know one wildcard, and no letter case. */
function compilePermissions({ allow = [], deny = [] }: Permissions): (action: string) => boolean {
  const compile = (pattern: string): Wildcard => new Wildcard(pattern.toLowerCase())
  const allowed = allow.map(compile)
  const denied = deny.map(compile)
  return (action) => {
    const name = action.toLowerCase()
    return allowed.some((pattern) => pattern.test(name)) && !denied.some((pattern) => pattern.test(name))
  }
}

export const ramPart = definePart({
  name: 'ram',
  upgrades: {
    // Sessions that services had issued did not say what for; they were short, and are over.
    1({ tables }) {
      const sessions = tables['ram.sessions']?.filter(([, session]) => (session as { role?: string }).role !== undefined)
      if (sessions !== undefined) tables['ram.sessions'] = sessions
      delete tables['ram.playSessions']
    },
  },
  create(account) {
    const { accountId, clock, cloud, identity, state } = account
    const { keys } = cloud
    const ram = new Ram(state, accountId, state.ids('ids.ram', new Ids(identity.keySeed)), clock, {
      add: (key) => keys.add(account, key),
      remove: (accessKeyId) => keys.remove(accessKeyId),
      has: (accessKeyId) => keys.has(accessKeyId),
    })
    for (const { accessKeyId, accessKeySecret } of identity.rootKeys) ram.addRootKey(accessKeyId, accessKeySecret)
    return ram
  },
  dispose: ({ ram }) => ram.dispose(),
})
