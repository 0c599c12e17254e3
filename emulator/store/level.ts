/** The store of a data folder: LevelDB for what is remembered, and a folder of files beside it. */

import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { isError } from '../../src/base/realm.js'
import { type Changes, type CommitOptions, NoSpaceError, type Store } from '../../src/state/store.js'
import { CommitCount } from './commit-count.js'
import { DataFolderError } from './data-folder-error.js'
import { Fingerprint, type FingerprintJson } from './fingerprint.js'
import { namesOfContent } from './folder-names.js'
import { makeNewFolder, makePrivateFolder } from './private-files.js'
import { Reserve } from './reserve.js'
import { Tables } from './tables.js'

/** Where it says what has written the folder, and what it says. */
const FORMAT_KEY = 'format'
const FORMAT = 'vod-viapi-emulator/data 1'

/** Where it says what all that is stored adds up to. */
const FINGERPRINT_KEY = 'fingerprint'

/** Names in a data folder. */
const DATABASE = 'state'
const FILES = 'objects'
const ORPHANS = 'orphans'
const RESERVE = 'reserve'
const COMMITS = 'commits'
const TABLES = 'tables'

/** What is said of a folder that has lost all that was remembered. */
const DAMAGED = 'is damaged: what it held cannot be read any more; put back a copy of it, or remove it to start afresh'

/** What this process has open. The database would refuse it a second time too, but give up its lock then, which keeps other processes out. */
const mine = new Set<string>()

/** Told what is wrong with a folder that can be read all the same. */
export type OnDamage = (damage: DataFolderError) => void

/** Opens a data folder, and makes it if it is not there. Rejects with a {@link DataFolderError}. */
export async function openDataFolder(path: string, onDamage: OnDamage): Promise<Store> {
  let folder = resolve(path)
  let isNew = true
  const refuse = (why: string, cause?: unknown): never => {
    throw new DataFolderError(`the data folder ${folder} ${why}`, { cause })
  }
  try {
    // One that was there may be meant for others as well; what is made in it is not.
    makeNewFolder(folder)
    const there = namesOfContent(readdirSync(folder))
    if (there.length > 0 && !there.includes(DATABASE)) refuse(`is not one: it holds ${there.slice(0, 3).join(', ')}; name an empty folder`)
    folder = realpathSync(folder)
    // Made last, so who finds it finds all the rest.
    isNew = !there.includes(FILES)
    // The database would begin anew, and remove what is left.
    if (!isNew && !existsSync(join(folder, DATABASE, 'CURRENT'))) refuse(DAMAGED)
  } catch (error) {
    if (error instanceof DataFolderError) throw error
    refuse(`cannot be used: ${(error as Error).message}`, error)
  }
  if (mine.has(folder)) refuse('is in use by this process')
  mine.add(folder)
  const database = new ClassicLevel(join(folder, DATABASE))
  const reserve = new Reserve(join(folder, RESERVE))
  const tables = new Tables(join(folder, DATABASE), join(folder, TABLES))
  try {
    makePrivateFolder(join(folder, DATABASE))
    if (tables.damaged() !== undefined) refuse(DAMAGED)
    await database
      .open()
      // What is in its log is written elsewhere first.
      .catch((error: Error) => (isNoSpace(error) && reserve.giveUp() ? database.open() : Promise.reject(error)))
      .catch((error: Error) => refuse(describe(error), error))
    const format = await database.get(FORMAT_KEY)
    const isEmpty = format === undefined && (await database.keys({ limit: 1 }).all()).length === 0
    if (isEmpty && !isNew) refuse(DAMAGED)
    if (isEmpty) await database.put(FORMAT_KEY, FORMAT)
    else if (format !== FORMAT)
      refuse(`was written by another version of the emulator: its format is ${format ?? 'not known'}, and this version reads ${FORMAT}`)
    makePrivateFolder(join(folder, FILES))
    await reserve.fill()
    return new LevelStore(folder, database, reserve, tables, onDamage)
  } catch (error) {
    await database.close()
    mine.delete(folder)
    if (error instanceof DataFolderError) throw error
    return refuse(`cannot be used: ${(error as Error).message}`, error)
  }
}

/** How often the database is opened anew for one commit: with little room, it fails at what it does beside it as well. */
const MAX_ATTEMPTS = 3

class LevelStore implements Store {
  readonly files: string
  readonly orphans: string
  readonly #fingerprint = new Fingerprint()
  readonly #count: CommitCount
  #failed = false

  constructor(
    private readonly folder: string,
    private readonly database: ClassicLevel,
    private readonly reserve: Reserve,
    private readonly tables: Tables,
    private readonly onDamage: OnDamage,
  ) {
    this.files = join(folder, FILES)
    this.orphans = join(folder, ORPHANS)
    this.#count = new CommitCount(join(folder, COMMITS))
  }

  async load(): Promise<ReadonlyMap<string, string>> {
    const values = new Map(await this.database.iterator().all())
    const stored = values.get(FINGERPRINT_KEY)
    for (const key of [FORMAT_KEY, FINGERPRINT_KEY]) values.delete(key)
    for (const [key, value] of values) this.#fingerprint.set(key, value)
    // Older folders have none.
    const fingerprint = stored === undefined ? undefined : (JSON.parse(stored) as FingerprintJson)
    const counted = this.#count.read()
    this.#fingerprint.commits = Math.max(counted, fingerprint?.commits ?? 0)
    const difference = fingerprint && this.#fingerprint.differenceFrom(fingerprint, counted)
    if (difference !== undefined)
      this.onDamage(new DataFolderError(`the data folder ${this.folder} is damaged: ${difference}; what can be read is used`))
    return values
  }

  async commit(changes: Changes, { unneeded = [], last = false }: CommitOptions = {}): Promise<void> {
    // The database goes on writing to files that nobody will find.
    if (this.#count.isGone) throw new DataFolderError(`the data folder ${this.folder} has been removed`)
    for (const [key, value] of changes) this.#fingerprint.set(key, value)
    this.#fingerprint.commits++
    try {
      await this.#write(changes)
    } catch (error) {
      if (!isNoSpace(error)) throw error
      const makesRoom = last || unneeded.length > 0 || removesMost(changes)
      if (!makesRoom || !this.reserve.giveUp()) throw new NoSpaceError((error as Error).message, { cause: error })
      await this.#writeAtLast(changes)
    }
    this.#count.write(this.#fingerprint.commits)
    for (const path of unneeded) rmSync(path, { force: true })
    if (unneeded.length > 0 || !this.reserve.whole) await this.reserve.fill()
  }

  async close(): Promise<void> {
    await this.database.close()
    this.tables.remember()
    this.#count.close()
    mine.delete(this.folder)
  }

  /** Writes what the reserve was given up for. */
  async #writeAtLast(changes: Changes): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#write(changes)
      } catch (error) {
        if (!isNoSpace(error)) throw error
        if (attempt === MAX_ATTEMPTS) throw new NoSpaceError((error as Error).message, { cause: error })
      }
    }
  }

  async #write(changes: Changes): Promise<void> {
    try {
      if (this.#failed) {
        // What was written in part would garble what comes after it: opening drops it.
        await this.database.close()
        await this.database.open()
        this.#failed = false
      }
      const all = [...changes, [FINGERPRINT_KEY, JSON.stringify(this.#fingerprint)] as const]
      await this.database.batch(all.map(([key, value]) => (value === undefined ? { type: 'del', key } : { type: 'put', key, value })))
    } catch (error) {
      this.#failed = true
      throw (error as Error).cause ?? error
    }
  }
}

/** Such changes make room sooner or later, when the database is tidied up. */
function removesMost(changes: Changes): boolean {
  let removals = 0
  for (const value of changes.values()) if (value === undefined) removals++
  return removals > changes.size / 2
}

/** The database has it in words only, and perhaps in those of a cause: of a disk, a quota or a limit of the process. */
const isNoSpace = (error: unknown): boolean =>
  isError(error) && (/No space left|quota exceeded|File too large/i.test(error.message) || isNoSpace(error.cause))

function describe({ message, cause }: Error): string {
  const { code, message: why = message } = (cause ?? {}) as { code?: string; message?: string }
  return code === 'LEVEL_LOCKED' ? 'is in use by another process' : `cannot be opened: ${why}`
}
