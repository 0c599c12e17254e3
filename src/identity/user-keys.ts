/** The RAM users of an account, and their key pairs. */

import type { State } from '../state/state.js'
import type { Table } from '../state/table.js'
import { inheritedPair, type UserKey } from './inherited-keys.js'
import { copySchema, ramTables, type User } from './ram-records.js'

/** A key pair of a user. In a copy of an account it stands for the one in the record, which the account itself has. */
export interface Held {
  user: string
  pair: UserKey
  /** The id in the record. */
  recorded: string
}

/** The users' records, and which key pairs their keys are here. */
export class UserKeys {
  readonly table: Table<User>
  /** First access key of the copy that the keys are those of. */
  #copy = ''
  /** The inherited keys by their ids, once they were asked for. */
  #inherited: Map<string, Held> | undefined

  /** `own`: the first access key of the account itself. */
  constructor(
    state: State,
    private readonly own: string,
  ) {
    this.table = state.table(ramTables.users)
    state.cell(
      'ram.copy',
      copySchema,
      () => this.#copy,
      (copy) => {
        this.#copy = copy
      },
    )
  }

  /** True if the keys of users that are not marked otherwise stand for inherited ones that lead here by their prefix. */
  get areInherited(): boolean {
    return this.#copy === this.own
  }

  /** The account is a copy of another one from now on: its users have keys of their own. */
  inherit(): void {
    this.#copy = this.own
  }

  /** A key pair that is made here, marked as such in a copy. */
  made(accessKeyId: string, accessKeySecret: string): UserKey {
    return { accessKeyId, accessKeySecret, ...(this.#copy !== '' && { copy: this.#copy }) }
  }

  /** What a key pair in the record of a user is here. */
  held(user: string, recorded: UserKey): Held {
    return { user, pair: this.#isOwn(recorded) ? recorded : inheritedPair(this.#copy, recorded), recorded: recorded.accessKeyId }
  }

  /** The latest key pair of a user, if the user has one. */
  latest(user: string): Held | undefined {
    const recorded = this.table.get(user)?.keys.at(-1)
    return recorded && this.held(user, recorded)
  }

  /** The key pair with this id, if a user has it. */
  find(accessKeyId: string): Held | undefined {
    for (const [user, { keys }] of this.table.pairsBy('key', accessKeyId))
      for (const pair of keys) if (pair.accessKeyId === accessKeyId && this.#isOwn(pair)) return { user, pair, recorded: accessKeyId }
    if (this.#copy === '') return undefined
    this.#inherited ??= new Map(
      [...this.all()].filter(({ pair, recorded }) => pair.accessKeyId !== recorded).map((held) => [held.pair.accessKeyId, held]),
    )
    return this.#inherited.get(accessKeyId)
  }

  /** All key pairs, by user. */
  *all(): Generator<Held> {
    for (const [user, { keys }] of this.table.pairs()) for (const recorded of keys) yield this.held(user, recorded)
  }

  /** True if the record of a user has the key. */
  isRecorded(accessKeyId: string): boolean {
    return this.table.pairsBy('key', accessKeyId).length > 0
  }

  #isOwn({ copy = '' }: UserKey): boolean {
    return copy === this.#copy
  }
}
