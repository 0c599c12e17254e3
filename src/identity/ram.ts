/** Who calls: the account itself, RAM users and roles inside it, and STS sessions of roles. */

import { definePart } from '../account/part.js'
import type { KeyPair } from '../account/types.js'
import type { Clock } from '../base/clock.js'
import { Ids } from '../base/ids.js'
import { refuseBrokenText } from '../base/well-formed.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'
import type { AccessKey, Credential, Grant, Identity, SessionKey } from './access-key.js'
import type { UserKey } from './inherited-keys.js'
import { compilePermissions, type Permissions, permissionsOf } from './permissions.js'
import { ramTables, type User } from './ram-records.js'
import { SESSION_SECONDS, Sessions } from './sessions.js'
import { type Held, UserKeys } from './user-keys.js'

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

/** RAM users, and roles, per account: five times as many as RAM allows at first. */
const MAX_USERS = 5000
const MAX_ROLES = 5000

/** Access keys of a RAM user; RAM allows two. */
const MAX_KEYS = 10

const tooMany = (what: string): RangeError => new RangeError(`An account has at most ${what}.`)

/** The identities of one account. Keys are put together when they are first asked for: copies of an account are asked for few of them. */
export class Ram {
  readonly root: Identity
  readonly #users: UserKeys
  readonly #roles: Table<Permissions>
  readonly #sessions: Sessions
  /** Access keys that are disabled, as they are in the records. */
  readonly #disabled: Table<true>
  /** Keys that lead here. */
  readonly #registered = new Set<string>()
  /** What was asked for so far of what follows from all these: keys by their ids, users and roles. */
  readonly #keys = new Map<string, AccessKey>()
  readonly #identities = new Map<string, Identity>()

  /** `own`: the first access key of the account itself. */
  constructor(
    state: State,
    private readonly account: { accountId: string; own: string },
    private readonly ids: Ids,
    clock: Clock,
    private readonly directory: KeyRegistry,
  ) {
    this.#users = new UserKeys(state, account.own)
    this.#roles = state.table(ramTables.roles)
    const draws = {
      accessKeyId: () => this.#newId(() => `STS.${ids.alphanumeric(25)}`),
      text: (length: number) => ids.alphanumeric(length),
    }
    this.#sessions = new Sessions(state, clock, draws, (accessKeyId) => this.#forget(accessKeyId))
    this.#disabled = state.table(ramTables.disabled)
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
    const { table } = this.#users
    const user = table.get(name)
    if (user === undefined && table.size >= MAX_USERS) throw tooMany(`${MAX_USERS} RAM users`)
    table.set(name, { ...permissionsOf(permissions), keys: user?.keys ?? [] })
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
    const { table } = this.#users
    const user = table.get(userName)
    if (!user) throw new RangeError(`There is no RAM user "${userName}".`)
    if (user.keys.length >= MAX_KEYS) throw new RangeError(`A RAM user has at most ${MAX_KEYS} access keys.`)
    const pair = this.#newPair()
    table.set(userName, { ...user, keys: [...user.keys, pair] })
    this.#register(pair.accessKeyId)
    return this.find(pair.accessKeyId) as AccessKey
  }

  /** An access key of the account, its users or its sessions. */
  find(accessKeyId: string): AccessKey | undefined {
    const known = this.#keys.get(accessKeyId)
    if (known) return known
    const key = this.#userKey(this.#users.find(accessKeyId)) ?? this.#sessionKey(accessKeyId) ?? this.#issuedKey(accessKeyId)
    if (key) this.#keys.set(accessKeyId, key)
    return key
  }

  /** The latest access key of a RAM user, if the user has one. */
  keyOf(userName: string): AccessKey | undefined {
    const held = this.#users.latest(userName)
    if (held === undefined) return undefined
    const known = this.#keys.get(held.pair.accessKeyId)
    if (known) return known
    const key = this.#userKey(held) as AccessKey
    this.#keys.set(key.accessKeyId, key)
    return key
  }

  /** The RAM users, and the latest access key of each that has one. */
  get users(): { name: string; key: KeyPair | undefined }[] {
    return Array.from(this.#users.table.keys(), (name) => ({ name, key: this.#users.latest(name)?.pair }))
  }

  /** The key pairs of the account, its users and its sessions, in this order. */
  *pairs(): Generator<KeyPair> {
    for (const key of this.#keys.values()) if (key.identity === this.root) yield key
    for (const { pair } of this.#users.all()) yield pair
    yield* this.#sessions.pairs()
  }

  /** Enables or disables an access key of this account. Throws a `RangeError` if the account has no such key. */
  setActive(accessKeyId: string, active: boolean): void {
    const key = this.find(accessKeyId)
    if (!key) throw new RangeError(`The account has no access key "${accessKeyId}".`)
    key.active = active
    const recorded = this.#users.find(accessKeyId)?.recorded ?? accessKeyId
    if (active) this.#disabled.delete(recorded)
    else this.#disabled.set(recorded, true)
  }

  /** Starts an STS session of a role. Throws a `RangeError` if there is no such role or the length is not 900 to 43,200 seconds. */
  assumeRole(roleName: string, durationSeconds: number = SESSION_SECONDS.usual): SessionKey {
    if (!this.#roles.has(roleName)) throw new RangeError(`There is no RAM role "${roleName}".`)
    const accessKeyId = this.#sessions.assume(roleName, durationSeconds)
    this.#register(accessKeyId)
    return this.find(accessKeyId) as SessionKey
  }

  /** Starts a session of a service's own, for `seconds` of the account's clock: it is of use for what is granted, and for nothing else. */
  issue(grant: Grant, seconds: number): Credential {
    const issued = this.#sessions.issue(grant, seconds)
    this.#register(issued.accessKeyId)
    return issued
  }

  /** Forgets all keys. */
  dispose(): void {
    for (const accessKeyId of this.#registered) this.directory.remove(accessKeyId)
    if (this.#users.areInherited) this.directory.removeCopy()
    this.#registered.clear()
    this.#keys.clear()
  }

  /**
   * Registers the keys of what was restored. `captured`: the first key of the account that it was captured from, unless it was read. A copy gives users keys
   * of their own, and has no sessions. Of keys in a document that another account has, users get new ones, and sessions are over.
   */
  #revive(captured: string | undefined): void {
    const copied = captured !== undefined && captured !== this.account.own
    if (copied) {
      this.#users.inherit()
      this.#sessions.clear()
    } else {
      for (const [name, user] of this.#users.table.pairs()) this.#registerUser(name, user)
      this.#sessions.retain((accessKeyId, role) => {
        const stays = !this.directory.has(accessKeyId) && (role === undefined || this.#roles.has(role))
        if (stays) this.#register(accessKeyId)
        return stays
      })
    }
    if (this.#users.areInherited) this.directory.addCopy()
    for (const accessKeyId of this.#disabled.keys()) {
      const root = this.#keys.get(accessKeyId)
      if (root) root.active = false
      else if (!this.#isRecorded(accessKeyId)) this.#disabled.delete(accessKeyId)
    }
  }

  #registerUser(name: string, user: User): void {
    const keys = user.keys.map((recorded) => {
      const { pair } = this.#users.held(name, recorded)
      if (pair !== recorded && this.#users.areInherited) return recorded
      if (!this.directory.has(pair.accessKeyId)) {
        this.#register(pair.accessKeyId)
        return recorded
      }
      const own = this.#newPair()
      if (this.#disabled.delete(recorded.accessKeyId)) this.#disabled.set(own.accessKeyId, true)
      this.#register(own.accessKeyId)
      return own
    })
    if (keys.some((pair, index) => pair !== user.keys[index])) this.#users.table.set(name, { ...user, keys })
  }

  /** True if a user or a session has the key. */
  #isRecorded(accessKeyId: string): boolean {
    return this.#users.isRecorded(accessKeyId) || this.#sessions.has(accessKeyId)
  }

  #userKey(held: Held | undefined): AccessKey | undefined {
    if (held === undefined) return undefined
    const { accessKeyId, accessKeySecret } = held.pair
    const identity = this.#identity('user', held.user)
    return identity && { accessKeyId, accessKeySecret, active: !this.#disabled.has(held.recorded), identity }
  }

  #sessionKey(accessKeyId: string): SessionKey | undefined {
    const session = this.#sessions.ofRole(accessKeyId)
    const identity = session && this.#identity('role', session.role)
    if (session === undefined || identity === undefined) return undefined
    const { role: _, ...life } = session
    return { accessKeyId, ...life, active: !this.#disabled.has(accessKeyId), identity }
  }

  #issuedKey(accessKeyId: string): SessionKey | undefined {
    const issued = this.#sessions.issued(accessKeyId)
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
    const permissions = (kind === 'user' ? this.#users.table : this.#roles).get(name)
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
    return this.#users.made(accessKeyId, this.ids.alphanumeric(30))
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
