/** Sessions of an account: STS sessions of its roles, and those that services have issued. */

import type { Clock } from '../base/clock.js'
import type { Collection } from '../state/collection.js'
import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'
import type { Grant } from './access-key.js'
import { type Issued, issuedRecords, type issuedSchema, type Life, ramTables, type Session } from './ram-records.js'

/** An STS session lasts from 15 minutes to 12 hours. */
export const SESSION_SECONDS = { least: 900, most: 43_200, usual: 3600 } as const

/** STS sessions kept per account, and sessions that services have issued kept per role; beyond that the oldest are forgotten. */
const MAX_SESSIONS = 1000

/** Draws what sessions are made of. */
export interface SessionDraws {
  accessKeyId: () => string
  text: (length: number) => string
}

/** The sessions' records. `forgotten` is told of one that is forgotten because there are too many. */
export class Sessions {
  readonly #ofRoles: Table<Session>
  readonly #issued: Collection<typeof issuedSchema, 'role'>

  constructor(
    state: State,
    private readonly clock: Clock,
    private readonly draw: SessionDraws,
    private readonly forgotten: (accessKeyId: string) => void,
  ) {
    this.#ofRoles = state.table(ramTables.sessions)
    this.#issued = state.collection(issuedRecords)
  }

  /** Starts an STS session of a role, and answers its access key. Throws a `RangeError` if the length is not 900 to 43,200 seconds. */
  assume(role: string, seconds: number): string {
    if (!(seconds >= SESSION_SECONDS.least && seconds <= SESSION_SECONDS.most))
      throw new RangeError(`An STS session lasts ${SESSION_SECONDS.least} to ${SESSION_SECONDS.most} seconds.`)
    const [accessKeyId, life] = this.#begin(seconds)
    this.#ofRoles.set(accessKeyId, { ...life, role })
    if (this.#ofRoles.size > MAX_SESSIONS) {
      const [oldest] = this.#ofRoles.keys()
      this.#ofRoles.delete(oldest as string)
      this.forgotten(oldest as string)
    }
    return accessKeyId
  }

  /** Starts a session that a service issues. */
  issue(grant: Grant, seconds: number): Issued {
    const { role, arn, allow, object, resource } = grant
    const [accessKeyId, { accessKeySecret, securityToken, expiresAt }] = this.#begin(seconds)
    const session = { accessKeySecret, securityToken, expiresAt, accessKeyId, role, arn, allow, object, resource }
    const issued = this.#issued.put(session satisfies Record<keyof Grant, unknown>)
    if (this.#issued.countBy('role', role) > MAX_SESSIONS) {
      const oldest = this.#issued.oldestBy('role', role) as Issued
      this.#issued.delete(oldest.accessKeyId)
      this.forgotten(oldest.accessKeyId)
    }
    return issued
  }

  /** The session of a role with this access key. */
  ofRole(accessKeyId: string): Session | undefined {
    return this.#ofRoles.get(accessKeyId)
  }

  /** The session with this access key that a service has issued. */
  issued(accessKeyId: string): Issued | undefined {
    return this.#issued.get(accessKeyId)
  }

  has(accessKeyId: string): boolean {
    return this.#ofRoles.has(accessKeyId) || this.#issued.get(accessKeyId) !== undefined
  }

  /** Their key pairs, those of roles first. */
  *pairs(): Generator<{ accessKeyId: string; accessKeySecret: string }> {
    for (const [accessKeyId, { accessKeySecret }] of this.#ofRoles.pairs()) yield { accessKeyId, accessKeySecret }
    yield* this.#issued.list().rows
  }

  /** Ends those that are not to stay: `stays` is told the access key, and the role unless a service has issued the session. */
  retain(stays: (accessKeyId: string, role?: string) => boolean): void {
    for (const [accessKeyId, { role }] of this.#ofRoles.pairs()) if (!stays(accessKeyId, role)) this.#ofRoles.delete(accessKeyId)
    for (const { accessKeyId } of this.#issued.list().rows) if (!stays(accessKeyId)) this.#issued.delete(accessKeyId)
  }

  /** Ends all. */
  clear(): void {
    this.#ofRoles.clear()
    this.#issued.clear()
  }

  #begin(seconds: number): [accessKeyId: string, life: Life] {
    const { accessKeyId, text } = this.draw
    const expiresAt = this.clock.now() + seconds * 1000
    return [accessKeyId(), { accessKeySecret: text(44), securityToken: `CAIS${text(128)}`, expiresAt }]
  }
}
