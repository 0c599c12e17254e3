/**
 * What an account is, as everybody knows it: one file, because each of these types mentions the others. Some are open: whoever adds a part, a section
 * of the settings, an event type, an option or a service of the cloud extends them, and nothing here names what was added.
 *
 * ```ts
 * declare module 'vod-viapi-emulator' {
 *   interface AccountParts {
 *     subtitles: Subtitles
 *   }
 * }
 * ```
 */

import type { z } from 'zod'
import type { OnBug } from '../base/bugs.js'
import type { Clock, ClockMode, ClockOptions } from '../base/clock.js'
import type { Ids } from '../base/ids.js'
import type { Turn } from '../base/turn.js'
import type { Blobs } from '../bytes/blobs.js'
import type { Capture, JsonEntry, StateTable, TrackedTable } from '../state/part.js'
import type { CapturedState, State, StateDocument } from '../state/state.js'

/** Parts of an account by name: `account.<name>`. Each is defined with `definePart`. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines a part
export interface AccountParts {}

/** Sections of an account's settings by name. Each is defined with `defineSettings`. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines a section
export interface SettingsSections {}

/** Event types by name, each as it is defined. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines events
export interface EventTypes {}

/** What to start a cloud with. */
export interface CloudOptions {
  /** Same seed and same calls give the same bytes. Default 0. */
  seed?: number | string
  /** Clock of the accounts, unless they are given another: its mode, or all of it. Default `system`. */
  clock?: ClockMode | ClockOptions
  /** Further key pairs of the default account: those that a team has in its configuration already. */
  accessKeys?: readonly KeyPair[]
  /** Base URL under which result objects are reached, such as `http://127.0.0.1:4010`. Default: the real OSS hosts. */
  publicUrl?: string
  /** Settings of the accounts, unless they are given others. */
  settings?: SettingsInput
  /**
   * Told of bugs, that is of errors that no service documents, and of what was being done. Default: they are warnings of the process; the call log has
   * those of calls in any case.
   */
  onBug?: OnBug
}

/** What to start an account with. */
export interface AccountOptions {
  /** Same seed, same calls: same ids. */
  seed: string
  clock?: ClockOptions
  settings?: SettingsInput
}

/** What an account is given by its cloud. */
export interface CloudServices {
  /** The sections that an account's settings have. */
  settings: SettingsSchema
  /** The bytes of the cloud's objects. */
  blobs: Blobs
  /** Told of bugs, and of what was being done. */
  onBug: OnBug
  /** Creates an account in which there is nothing yet, for a copy of this one. */
  fork: (account: Account) => Account
  /** Told when the account's state has been made anew: when it was created, is a copy, was reset, or has taken over another state. */
  opened: (account: Account, how: 'created' | 'forked' | 'reset' | 'restored') => void
  /** Resolves when all that turns have changed is stored. Left out where nothing is stored. */
  written?: () => Promise<void>
  /** True as long as there is no room for that. */
  full?: () => boolean
}

/** A pair of access keys. */
export interface KeyPair {
  accessKeyId: string
  accessKeySecret: string
}

/** What no two accounts of a cloud have in common, but for the id. */
export interface AccountIdentity {
  accountId: string
  /** What the keys that the account hands out are made of: no two accounts of a cloud have the same. */
  keySeed: string
  /** Key pairs of the account itself; the first is the one its creator was told. */
  rootKeys: readonly KeyPair[]
  /** Key pair with which the services sign the URLs of this account's results. */
  resultKey: KeyPair
}

/**
 * One tenant: identities, resources, jobs, clock, throttling, settings and call log of its own. Nothing in it is shared with another account. What
 * is not here it has from its parts.
 */
export interface Account extends AccountParts {
  readonly options: AccountOptions
  readonly identity: AccountIdentity
  readonly cloud: CloudServices
  /** Changes what others have begun: calls, clock moves and control calls take turns. */
  readonly turn: Turn
  /** States to come back to. They outlive resets. */
  readonly snapshots: Snapshots
  /** Everything of the account that outlives a call. This and what follows is made anew with a reset, and when another state is taken over. */
  readonly state: State
  readonly ids: Ids
  readonly clock: Clock
  readonly settings: Settings
  /** Sixteen digits. A copy of an account has the id of the account itself. */
  readonly accountId: string
  /** The pair of keys that the account was created with. */
  readonly credentials: KeyPair

  /** Back to the state in which the account was created: no resources, no RAM users, the clock and the settings as they were. */
  reset(): Promise<void>

  /**
   * The account's state as one JSON document. It names the bytes of objects by ids that only this cloud knows; with `bytes: 'inline'` it holds
   * them, which rejects with a `RangeError` if they are more than 64 MiB.
   */
  export(options?: { bytes?: 'named' | 'inline' }): Promise<StateDocument>

  /**
   * Replaces everything in the account by the state in a document, as {@link export} has made it, here or in another cloud; keys of the account
   * itself stay. RAM users whose keys another account has get new ones. Rejects with a `RangeError` that says why if the document cannot be
   * read, names bytes that the cloud does not have, or a bucket that belongs to another tenant; then nothing has changed.
   */
  import(input: unknown): Promise<void>

  /**
   * Creates a copy of the account as it is now: the same tenant, with a key pair of its own. Whatever happens to one from now on does not happen
   * to the other. RAM users get keys of their own, and STS sessions stay with this account. Rejects with a `RangeError` beyond 10,000 accounts.
   */
  fork(): Promise<Account>

  /** Creates a copy of the account with a state of it. Rejects as {@link fork} does. */
  copyOf(state: CapturedState): Promise<Account>

  /**
   * What there is now, in memory: to be given back with `state.release`. `captureOf` says what a table holds; by default the table itself does. Only for
   * who has the account's turn.
   */
  capture(captureOf?: (table: StateTable) => Capture): CapturedState

  /** Reads a document of this version or an older one, without changing anything. Rejects with a `RangeError` that says what is wrong with it. */
  read(document: StateDocument): Promise<CapturedState>

  /** Replaces everything in the account by what was captured or read, here or in another account. Only for who has the account's turn. */
  restore(state: CapturedState): Promise<void>

  /** Ends everything the account has under way. */
  dispose(): void
}

/** One section of the settings, as its owner defines it. */
export interface SettingsSection<Schema extends z.ZodType = z.ZodType, Defaults = unknown> {
  /** What may be set; all of it may be left out, and stays as it is then. */
  schema: Schema
  /** What holds where nothing is set. */
  defaults: Defaults
  /** How many levels of names below the section are set one by one; below those, a value replaces the one before. Default: none. */
  levels?: number
  /** Throws a `RangeError` if a value names something that does not exist: it would silently do nothing. */
  check?: (value: z.output<Schema>, cloud: CloudServices) => void
}

type Section<Name extends keyof SettingsSections> = SettingsSections[Name] extends SettingsSection ? SettingsSections[Name] : never

/** Settings as they come over the control API, from the configuration file or from a test; what is left out stays as it is. */
export type SettingsInput = { [Name in keyof SettingsSections]?: z.input<Section<Name>['schema']> | undefined }

/** Settings that have been set, as they were read. */
export type SettingsState = { [Name in keyof SettingsSections]?: z.output<Section<Name>['schema']> | undefined }

/** Settings with what holds where nothing is set. */
export type SettingsValues = { readonly [Name in keyof SettingsSections]: Section<Name>['defaults'] & z.output<Section<Name>['schema']> }

/** All sections that the accounts of a cloud have. */
export interface SettingsSchema {
  /** Reads settings; throws a `ZodError` if a value cannot be. */
  readonly schema: z.ZodType<SettingsState, SettingsInput>
  /** Returns settings, or throws a `RangeError` if they name something that does not exist. */
  check<T extends SettingsInput | SettingsState>(settings: T, cloud: CloudServices): T
  /** All that is set in either, and the second where both set the same. */
  merge(settings: SettingsState, change: SettingsState): SettingsState
  /** Settings with what holds where nothing is set. */
  withDefaults(settings: SettingsState): SettingsValues
  /** How many levels of names a section has that are set one by one. */
  levelsOf(name: string): number
}

/** An account's settings. */
export interface Settings {
  /** Takes over what is given and leaves the rest. Throws a `ZodError` if a value cannot be, and a `RangeError` if it names what does not exist. */
  change(input: SettingsInput): void
  /** Has `listener` called whenever {@link change} has taken something over. Returns a function that ends this. */
  onChange(listener: () => void): () => void
  /** All that has been set, without defaults. What is set here was read before. */
  state: SettingsState
  /** What holds: all that has been set, and defaults for the rest. */
  readonly values: SettingsValues
  /** As {@link values}. */
  toJSON(): SettingsValues
}

/** A snapshot, as tests and the control API see it. */
export interface SnapshotInfo {
  name: string
  /** ISO 8601 time of the account's clock at which it was saved. */
  time: string
}

/** States of an account by name, to come back to. */
export interface Snapshots extends TrackedTable {
  /**
   * Saves the state of the account under a name; a snapshot of this name is replaced. Throws a `RangeError` for a name that has not 1 to 100
   * characters, or is `.` or `..`, and beyond 100 snapshots.
   */
  save(name: string): Promise<SnapshotInfo>
  /** Takes the account back to a snapshot, which stays. Throws a `RangeError` if there is none of this name. */
  restore(name: string): Promise<SnapshotInfo>
  /** Takes over snapshots that were stored. Throws an `Error` if one cannot be read. */
  load(entries: Iterable<JsonEntry>): Promise<void>
  /** The snapshots, in the order in which they were saved. */
  list(): SnapshotInfo[]
  /** Forgets a snapshot. Throws a `RangeError` if there is none of this name. */
  delete(name: string): void
  /** Forgets all snapshots. */
  clear(): void
}
