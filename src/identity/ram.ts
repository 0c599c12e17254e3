/** Who calls: the account itself, RAM users and roles inside it, and STS sessions of roles. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { KeyPair } from '../account/types.js'
import type { Clock } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { Wildcard } from '../patterns/wildcard.js'
import type { Collection } from '../state/collection.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'
import { inheritedPair, type UserKey } from './inherited-keys.js'

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

/** Where access keys are registered, so that a call's key leads to its account. */
export interface KeyRegistry {
  add: (accessKeyId: string) => void
  remove: (accessKeyId: string) => void
  /** True if the access key leads somewhere. */
  has: (accessKeyId: string) => boolean
  /** Has the keys that the users of a copy of an account have inherited lead here. */
  addCopy: () => void
  removeCopy: () => void
}

/** An STS session lasts from 15 minutes to 12 hours. */
export const SESSION_SECONDS = { least: 900, most: 43_200, usual: 3600 } as const

/** RAM users, and roles, per account: five times as many as RAM allows at first. */
const MAX_USERS = 5000
const MAX_ROLES = 5000

/** Access keys of a RAM user; RAM allows two. */
const MAX_KEYS = 10

const tooMany = (what: string): RangeError => new RangeError(`An account has at most ${what}.`)

/** STS sessions kept per account, and sessions that services have issued kept per role; beyond that the oldest are forgotten. */
const MAX_SESSIONS = 1000

/** See {@link UserKey}. */
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
const issuedSchema = lifeSchema.extend({
  accessKeyId: z.string(),
  role: z.string(),
  arn: z.string(),
  allow: z.array(z.string()).readonly(),
  object: z.strictObject({ bucket: z.string(), key: z.string(), prefix: z.string().optional() }).optional(),
  resource: z.string().optional(),
})

type User = z.output<typeof userSchema>

type Life = z.output<typeof lifeSchema>

type Session = z.output<typeof sessionSchema>

type Issued = z.output<typeof issuedSchema>

const tables = {
  users: { name: 'ram.users', schema: userSchema, indexes: { key: ({ keys }: User) => keys.map(({ accessKeyId }) => accessKeyId) } },
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

/** Which copy of an account the users' keys are those of: its first access key; empty if they are none's. */
const copySchema = z.string().max(100).default('')

/** A key pair of a user. In a copy of an account it stands for the one in the record, which the account itself has. */
interface Held {
  user: string
  pair: UserKey
  /** The id in the record. */
  recorded: string
}

/** The identities of one account. Keys are put together when they are first asked for: copies of an account are asked for few of them. */
export class Ram {
  readonly root: Identity
  readonly #users: Table<User>
  readonly #roles: Table<Permissions>
  readonly #sessions: Table<Session>
  /** Apart from the others, because some are short and many. */
  readonly #issued: Collection<typeof issuedSchema, 'role'>
  /** Access keys that are disabled, as they are in the records. */
  readonly #disabled: Table<true>
  #copy = ''
  /** Keys that lead here. */
  readonly #registered = new Set<string>()
  /** What was asked for so far of what follows from all these: keys by their ids, users and roles, and the inherited keys by their ids. */
  readonly #keys = new Map<string, AccessKey>()
  readonly #identities = new Map<string, Identity>()
  #inherited: Map<string, Held> | undefined

  /** `own`: the first access key of the account itself. */
  constructor(
    state: State,
    private readonly account: { accountId: string; own: string },
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly directory: KeyRegistry,
  ) {
    this.#users = state.table(tables.users)
    this.#roles = state.table(tables.roles)
    this.#sessions = state.table(tables.sessions)
    this.#issued = state.collection(issuedRecords)
    this.#disabled = state.table(tables.disabled)
    state.cell(
      'ram.copy',
      copySchema,
      () => this.#copy,
      (copy) => {
        this.#copy = copy
      },
    )
    state.onRestore<string>(
      (captured) => this.#revive(captured),
      () => account.own,
    )
    this.root = { kind: 'root', name: 'root', arn: `acs:ram::${account.accountId}:root`, may: () => true }
  }

  /** Registers an access key of the account itself. */
  addRootKey(accessKeyId: string, accessKeySecret: string): AccessKey {
    const key: AccessKey = { accessKeyId, accessKeySecret, active: true, identity: this.root }
    this.#keys.set(accessKeyId, key)
    this.#register(accessKeyId)
    return key
  }

  /** The first access key of the account itself. */
  get rootKey(): AccessKey {
    return this.#keys.get(this.account.own) as AccessKey
  }

  /** Creates a RAM user, or changes what an existing one may do. Throws a `RangeError` for text that is none, and beyond 5000 users. */
  putUser(name: string, permissions: Permissions): Identity {
    refuseBrokenText({ name, ...permissions })
    const user = this.#users.get(name)
    if (user === undefined && this.#users.size >= MAX_USERS) throw tooMany(`${MAX_USERS} RAM users`)
    this.#users.set(name, { ...permissionsOf(permissions), keys: user?.keys ?? [] })
    return this.#identify('user', name, permissions)
  }

  /** Creates a RAM role, or changes what an existing one may do. Throws a `RangeError` for text that is none, and beyond 5000 roles. */
  putRole(name: string, permissions: Permissions): Identity {
    refuseBrokenText({ name, ...permissions })
    if (!this.#roles.has(name) && this.#roles.size >= MAX_ROLES) throw tooMany(`${MAX_ROLES} RAM roles`)
    this.#roles.set(name, permissionsOf(permissions))
    return this.#identify('role', name, permissions)
  }

  /** Gives a RAM user a new access key. Throws a `RangeError` if there is no such user, or if it has 10 keys. */
  createAccessKey(userName: string): AccessKey {
    const user = this.#users.get(userName)
    if (!user) throw new RangeError(`There is no RAM user "${userName}".`)
    if (user.keys.length >= MAX_KEYS) throw new RangeError(`A RAM user has at most ${MAX_KEYS} access keys.`)
    const pair = this.#newPair()
    this.#users.set(userName, { ...user, keys: [...user.keys, pair] })
    this.#register(pair.accessKeyId)
    return this.find(pair.accessKeyId) as AccessKey
  }

  /** An access key of the account, its users or its sessions. */
  find(accessKeyId: string): AccessKey | undefined {
    const known = this.#keys.get(accessKeyId)
    if (known) return known
    const key = this.#userKey(this.#heldBy(accessKeyId)) ?? this.#sessionKey(accessKeyId) ?? this.#issuedKey(accessKeyId)
    if (key) this.#keys.set(accessKeyId, key)
    return key
  }

  /** The latest access key of a RAM user, if the user has one. */
  keyOf(userName: string): AccessKey | undefined {
    const latest = this.#users.get(userName)?.keys.at(-1)
    if (latest === undefined) return undefined
    const held = this.#held(userName, latest)
    const known = this.#keys.get(held.pair.accessKeyId)
    if (known) return known
    const key = this.#userKey(held) as AccessKey
    this.#keys.set(key.accessKeyId, key)
    return key
  }

  /** The RAM users, and the latest access key of each that has one. */
  get users(): { name: string; key: KeyPair | undefined }[] {
    return Array.from(this.#users.pairs(), ([name, { keys }]) => {
      const latest = keys.at(-1)
      return { name, key: latest && this.#held(name, latest).pair }
    })
  }

  /** The key pairs of the account, its users and its sessions, in this order. */
  *pairs(): Generator<KeyPair> {
    for (const key of this.#keys.values()) if (key.identity === this.root) yield key
    for (const [name, { keys }] of this.#users.pairs()) for (const pair of keys) yield this.#held(name, pair).pair
    for (const [accessKeyId, { accessKeySecret }] of this.#sessions.pairs()) yield { accessKeyId, accessKeySecret }
    yield* this.#issued.list().rows
  }

  /** Enables or disables an access key of this account. Throws a `RangeError` if the account has no such key. */
  setActive(accessKeyId: string, active: boolean): void {
    const key = this.find(accessKeyId)
    if (!key) throw new RangeError(`The account has no access key "${accessKeyId}".`)
    key.active = active
    const recorded = this.#heldBy(accessKeyId)?.recorded ?? accessKeyId
    if (active) this.#disabled.delete(recorded)
    else this.#disabled.set(recorded, true)
  }

  /** Starts an STS session of a role. Throws a `RangeError` if there is no such role or the length is not 900 to 43,200 seconds. */
  assumeRole(roleName: string, durationSeconds: number = SESSION_SECONDS.usual): SessionKey {
    if (!this.#roles.has(roleName)) throw new RangeError(`There is no RAM role "${roleName}".`)
    if (!(durationSeconds >= SESSION_SECONDS.least && durationSeconds <= SESSION_SECONDS.most))
      throw new RangeError(`An STS session lasts ${SESSION_SECONDS.least} to ${SESSION_SECONDS.most} seconds.`)
    const [accessKeyId, life] = this.#newSession(durationSeconds)
    this.#sessions.set(accessKeyId, { ...life, role: roleName })
    if (this.#sessions.size > MAX_SESSIONS) {
      const [oldest] = this.#sessions.keys()
      this.#forget(oldest as string)
      this.#sessions.delete(oldest as string)
    }
    this.#register(accessKeyId)
    return this.find(accessKeyId) as SessionKey
  }

  /** Starts a session of a service's own, for `seconds` of the account's clock: it is of use for what is granted, and for nothing else. */
  issue(grant: Grant, seconds: number): SessionKey {
    const [accessKeyId, life] = this.#newSession(seconds)
    this.#issued.put({ accessKeyId, ...life, ...grant })
    const by = { role: grant.role }
    if (this.#issued.countBy('role', grant.role) > MAX_SESSIONS)
      for (const oldest of this.#issued.list({ by, take: 1 }).rows) {
        this.#forget(oldest.accessKeyId)
        this.#issued.delete(oldest.accessKeyId)
      }
    this.#register(accessKeyId)
    return this.find(accessKeyId) as SessionKey
  }

  /** Forgets all keys. */
  dispose(): void {
    for (const accessKeyId of this.#registered) this.directory.remove(accessKeyId)
    if (this.#isCopy) this.directory.removeCopy()
    this.#registered.clear()
    this.#keys.clear()
  }

  /** True if the keys of users that are not marked otherwise stand for inherited ones that lead here by their prefix. */
  get #isCopy(): boolean {
    return this.#copy === this.account.own
  }

  /**
   * Registers the keys of what was restored. `captured`: the first key of the account that it was captured from, unless it was read. A copy gives users keys
   * of their own, and has no sessions. Of keys in a document that another account has, users get new ones, and sessions are over.
   */
  #revive(captured: string | undefined): void {
    const copied = captured !== undefined && captured !== this.account.own
    if (copied) {
      this.#copy = this.account.own
      this.#sessions.clear()
      this.#issued.clear()
    } else {
      for (const [name, user] of this.#users.pairs()) this.#registerUser(name, user)
      for (const [accessKeyId, { role }] of this.#sessions.pairs()) {
        if (this.#roles.has(role) && !this.directory.has(accessKeyId)) this.#register(accessKeyId)
        else this.#sessions.delete(accessKeyId)
      }
      for (const { accessKeyId } of this.#issued.list().rows) {
        if (this.directory.has(accessKeyId)) this.#issued.delete(accessKeyId)
        else this.#register(accessKeyId)
      }
    }
    if (this.#isCopy) this.directory.addCopy()
    for (const accessKeyId of this.#disabled.keys()) {
      const root = this.#keys.get(accessKeyId)
      if (root) root.active = false
      else if (!this.#isRecorded(accessKeyId)) this.#disabled.delete(accessKeyId)
    }
  }

  #registerUser(name: string, user: User): void {
    const keys = user.keys.map((recorded) => {
      const { pair } = this.#held(name, recorded)
      if (pair !== recorded && this.#isCopy) return recorded
      if (!this.directory.has(pair.accessKeyId)) {
        this.#register(pair.accessKeyId)
        return recorded
      }
      const own = this.#newPair()
      if (this.#disabled.delete(recorded.accessKeyId)) this.#disabled.set(own.accessKeyId, true)
      this.#register(own.accessKeyId)
      return own
    })
    if (keys.some((pair, index) => pair !== user.keys[index])) this.#users.set(name, { ...user, keys })
  }

  /** True if a user or a session has the key. */
  #isRecorded(accessKeyId: string): boolean {
    const users = this.#users.pairsBy('key', accessKeyId)
    return users.length > 0 || this.#sessions.has(accessKeyId) || this.#issued.get(accessKeyId) !== undefined
  }

  /** What a key pair in the record of a user is here. */
  #held(user: string, recorded: UserKey): Held {
    const isOwn = (recorded.copy ?? '') === this.#copy
    return { user, pair: isOwn ? recorded : inheritedPair(this.#copy, recorded), recorded: recorded.accessKeyId }
  }

  /** The key pair with this id, if a user has it. */
  #heldBy(accessKeyId: string): Held | undefined {
    for (const [name, { keys }] of this.#users.pairsBy('key', accessKeyId))
      for (const pair of keys)
        if (pair.accessKeyId === accessKeyId && (pair.copy ?? '') === this.#copy) return { user: name, pair, recorded: accessKeyId }
    if (this.#copy === '') return undefined
    if (this.#inherited === undefined) {
      this.#inherited = new Map()
      for (const [name, { keys }] of this.#users.pairs())
        for (const recorded of keys) {
          const held = this.#held(name, recorded)
          if (held.pair !== recorded) this.#inherited.set(held.pair.accessKeyId, held)
        }
    }
    return this.#inherited.get(accessKeyId)
  }

  #userKey(held: Held | undefined): AccessKey | undefined {
    if (held === undefined) return undefined
    const { accessKeyId, accessKeySecret } = held.pair
    const identity = this.#identity('user', held.user)
    return identity && { accessKeyId, accessKeySecret, active: !this.#disabled.has(held.recorded), identity }
  }

  #sessionKey(accessKeyId: string): SessionKey | undefined {
    const session = this.#sessions.get(accessKeyId)
    const identity = session && this.#identity('role', session.role)
    if (session === undefined || identity === undefined) return undefined
    const { role: _, ...life } = session
    return { accessKeyId, ...life, active: !this.#disabled.has(accessKeyId), identity }
  }

  #issuedKey(accessKeyId: string): SessionKey | undefined {
    const issued = this.#issued.get(accessKeyId)
    if (issued === undefined) return undefined
    const { role: name, arn, allow, object, resource, ...session } = issued
    const may = compilePermissions({ allow })
    const identity: Identity = { kind: 'role', name, arn: `acs:ram::${this.account.accountId}:${arn}`, may }
    const active = !this.#disabled.has(accessKeyId)
    return { ...session, active, identity, ...(object && { object }), ...(resource !== undefined && { resource }) }
  }

  /** A user or a role. */
  #identity(kind: 'user' | 'role', name: string): Identity | undefined {
    const known = this.#identities.get(`${kind}/${name}`)
    if (known) return known
    const permissions = (kind === 'user' ? this.#users : this.#roles).get(name)
    return permissions && this.#identify(kind, name, permissions)
  }

  #identify(kind: 'user' | 'role', name: string, permissions: Permissions): Identity {
    const may = compilePermissions(permissions)
    const identity = this.#identities.get(`${kind}/${name}`)
    // Keys have the identity itself, and so may do from now on what it may.
    if (identity) return Object.assign(identity, { may })
    const created: Identity = { kind, name, arn: `acs:ram::${this.account.accountId}:${kind}/${name}`, may }
    this.#identities.set(`${kind}/${name}`, created)
    return created
  }

  #newPair(): UserKey {
    const accessKeyId = this.#newId(() => `LTAI5t${this.ids.alphanumeric(18)}`)
    const accessKeySecret = this.ids.alphanumeric(30)
    return { accessKeyId, accessKeySecret, ...(this.#copy !== '' && { copy: this.#copy }) }
  }

  #newSession(seconds: number): [accessKeyId: string, life: Life] {
    const accessKeyId = this.#newId(() => `STS.${this.ids.alphanumeric(25)}`)
    const accessKeySecret = this.ids.alphanumeric(44)
    const securityToken = `CAIS${this.ids.alphanumeric(128)}`
    return [accessKeyId, { accessKeySecret, securityToken, expiresAt: this.clock.now() + seconds * 1000 }]
  }

  /** A state from elsewhere may have the next ids already. */
  #newId(draw: () => string): string {
    let id = draw()
    while (this.directory.has(id)) id = draw()
    return id
  }

  #register(accessKeyId: string): void {
    this.directory.add(accessKeyId)
    this.#registered.add(accessKeyId)
  }

  #forget(accessKeyId: string): void {
    this.directory.remove(accessKeyId)
    this.#registered.delete(accessKeyId)
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
  checkState(_account, { tables: { 'ram.users': users = [], 'ram.roles': roles = [] } }) {
    if (users.length > MAX_USERS) throw tooMany(`${MAX_USERS} RAM users`)
    if (roles.length > MAX_ROLES) throw tooMany(`${MAX_ROLES} RAM roles`)
  },
  create(account) {
    const { accountId, clock, cloud, identity, state } = account
    const { keys } = cloud
    const own = account.credentials.accessKeyId
    const ram = new Ram(state, { accountId, own }, state.ids('ids.ram', new Ids(identity.keySeed)), clock, {
      add: (accessKeyId) => keys.add(account, accessKeyId),
      remove: (accessKeyId) => keys.remove(accessKeyId),
      has: (accessKeyId) => keys.has(accessKeyId),
      addCopy: () => keys.addCopy(account, own),
      removeCopy: () => keys.removeCopy(own),
    })
    for (const { accessKeyId, accessKeySecret } of identity.rootKeys) ram.addRootKey(accessKeyId, accessKeySecret)
    return ram
  },
  dispose: ({ ram }) => ram.dispose(),
})
