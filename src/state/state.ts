/** The state of an account: everything in it that outlives a call, in parts and cells by name. */

import { z } from 'zod'
import type { Ids } from '../base/ids.js'
import { excessOf } from '../base/json.js'
import { problemOf } from '../base/problem.js'
import { MissingBytes } from '../bytes/blobs.js'
import { Collection, type CollectionDefinition } from './collection.js'
import type { Capture, Json, JsonEntry, StateTable, StateValue } from './part.js'
import { Table, type TableOptions } from './table.js'

/** What a document of this kind says that it is. */
const FORMAT = 'vod-viapi-emulator/state'

/**
 * The version that is written; older ones are read, too. It grows when tables, cells or what they hold is called otherwise, or when every account has
 * something more from the start: parts say how they make the next version of a document, and what is not there is filled in.
 */
export const VERSION = 3

const drawnSchema = z.int().min(0)

/** What it holds is checked by who takes it. */
const valueSchema = z.custom<Json>()

/** Keyed values are checked with what they hold, one by one. */
const entriesSchema = z.custom<JsonEntry[]>(Array.isArray, 'is not a list')

const documentSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.int().min(1).max(VERSION),
  /** Which tenant it is a state of, and the seed that its ids are made of. */
  account: z.strictObject({ accountId: z.string().regex(/^\d{16}$/, 'has 16 digits'), seed: z.string() }),
  /** Single values by name. */
  cells: z.record(z.string(), valueSchema),
  /** Keyed values by the name of their table, in order; a table without any may be left out. */
  tables: z.record(z.string(), entriesSchema),
  /** Bytes of objects in base64, of a state for another cloud; the objects name them by their place in this list, from 0. */
  bytes: z.array(z.string()).optional(),
})

/** An account as one JSON document. */
export type StateDocument = z.output<typeof documentSchema>

/** Which tenant a state is one of. */
export type Tenant = StateDocument['account']

/** A state at one instant, in memory. To be given back with {@link State.release}. */
export interface CapturedState {
  /** True if it was read from a document of an older version: what such a state cannot have is filled in when it is restored. */
  readonly upgraded?: boolean
  readonly account: Tenant
  readonly cells: Readonly<Record<string, Json>>
  readonly parts: readonly Capture[]
  /** What follows from the state, of one that was captured: see {@link State.onRestore}. */
  readonly known?: readonly unknown[]
}

/** Everything that an account remembers. */
export class State {
  readonly parts: StateTable[] = []
  readonly cells: StateValue[] = []
  readonly #revivals: { revive: (known: never) => void; know: (() => unknown) | undefined }[] = []

  /** Declares records of one kind as a part of the state. */
  collection<Schema extends z.ZodObject, Index extends string = never>(
    definition: CollectionDefinition<Schema, Index>,
  ): Collection<Schema, Index> {
    const collection = new Collection(definition)
    this.parts.push(collection)
    return collection
  }

  /** Declares a keyed list of values as a part of the state. */
  table<T, Stored = T>(options: TableOptions<T, Stored>): Table<T, Stored> {
    const table = new Table(options)
    this.parts.push(table)
    return table
  }

  /** Declares a part of a kind of its own. */
  part(part: StateTable): void {
    this.parts.push(part)
  }

  /** Declares a single value as a part of the state; `schema` reads its JSON, which is the value itself. */
  cell<T extends Json>(name: string, schema: z.ZodType<T>, get: () => T, set: (value: T) => void): void {
    this.cells.push({ name, schema, get, set } as unknown as StateValue)
  }

  /** Declares a source of identifiers as a part of the state, and returns it: how many it has drawn is kept under a name. */
  ids(name: string, ids: Ids): Ids {
    this.cell(
      name,
      drawnSchema,
      () => ids.drawn,
      (drawn) => {
        ids.drawn = drawn
      },
    )
    return ids
  }

  /**
   * Has `revive` called after a state was restored, to rebuild what follows from it; those that were added first are called first. What it would take long
   * to find out, `know` tells when the state is captured, and `revive` is told then; of a state that was read it is told nothing.
   */
  onRestore<Known>(revive: (known: Known | undefined) => void, know?: () => Known): void {
    this.#revivals.push({ revive, know })
  }

  /** The single values, by name. */
  values(): Record<string, Json> {
    return Object.fromEntries(this.cells.map((cell) => [cell.name, cell.get()]))
  }

  /** What the parts hold now, with these single values. `captureOf` says what a part holds; by default the part itself does. */
  capture(
    account: Tenant,
    cells: CapturedState['cells'],
    captureOf: (part: StateTable) => Capture = (part) => part.capture(),
  ): CapturedState {
    return { account, cells, parts: this.parts.map(captureOf), known: this.#revivals.map(({ know }) => know?.()) }
  }

  /** Gives back what a capture holds. */
  release({ parts }: Pick<CapturedState, 'parts'>): void {
    for (const part of parts) part.dispose()
  }

  /** Gives back what the parts hold. The state is of no more use then. */
  dispose(): void {
    for (const part of this.parts) part.dispose()
  }

  /** Replaces what there is by what was captured, of this account or of another; the capture stays as it is. */
  restore({ cells, parts, known }: Omit<CapturedState, 'account'>): void {
    for (const cell of this.cells) cell.set(cells[cell.name] as Json)
    for (const [index, part] of this.parts.entries()) part.restore(parts[index] as Capture)
    for (const [index, { revive }] of this.#revivals.entries()) revive(known?.[index] as never)
  }

  /** The same as a JSON document, which shares nothing with what there is. */
  export(account: Tenant, cells: CapturedState['cells']): StateDocument {
    const tables = this.parts.map((part) => [part.name, [...part.entries()]] as const)
    return JSON.parse(JSON.stringify(documentOf(account, cells, tables)))
  }

  /** What was captured, as a JSON document. */
  write({ account, cells, parts }: CapturedState): StateDocument {
    return documentOf(
      account,
      cells,
      this.parts.map((part, index) => [part.name, [...part.write(parts[index] as Capture)]]),
    )
  }

  /** Reads a document of the present version, without changing anything. Rejects with a `RangeError` that says what is wrong with it. */
  async read({ account, cells, tables }: StateDocument): Promise<CapturedState> {
    for (const name of Object.keys(tables)) if (!this.parts.some((part) => part.name === name)) throw unknown(`table "${name}"`)
    for (const name of Object.keys(cells)) if (!this.cells.some((cell) => cell.name === name)) throw unknown(`cell "${name}"`)
    const values = this.cells.map(({ name, schema }) => {
      const excess = excessOf(cells[name])
      if (excess !== undefined) throw new RangeError(`The state cannot be read: ${name}: ${excess}.`)
      const { success, data, error } = schema.safeParse(cells[name])
      if (!success) throw new RangeError(`The state cannot be read: ${name}: ${problemOf(error)}.`)
      return [name, data] as const
    })
    return { account, cells: Object.fromEntries(values), parts: await this.#readParts(tables) }
  }

  async #readParts(tables: StateDocument['tables']): Promise<Capture[]> {
    const captures: Capture[] = []
    const missing: string[] = []
    let problem: string | undefined
    for (const part of this.parts) {
      try {
        captures.push(await part.read(tables[part.name] ?? []))
      } catch (error) {
        if (error instanceof MissingBytes) for (const id of error.ids) missing.push(id)
        else problem ??= problemOf(error)
      }
    }
    if (problem === undefined && missing.length === 0) return captures
    this.release({ parts: captures })
    throw new RangeError(`The state cannot be read: ${problem ?? new MissingBytes([...new Set(missing)]).message}.`)
  }
}

/** Puts a state together; tables without any entries are left out. */
export function documentOf(
  account: Tenant,
  cells: CapturedState['cells'],
  tables: readonly (readonly [name: string, entries: readonly JsonEntry[]])[],
  version = VERSION,
): StateDocument {
  const filled = Object.fromEntries(tables.filter(([, entries]) => entries.length > 0)) as StateDocument['tables']
  return { format: FORMAT, version, account, cells, tables: filled }
}

const unknown = (what: string): RangeError => new RangeError(`The state cannot be read: nothing of an account is called ${what}.`)

/** Reads the frame of a document. Throws a `RangeError` that says why if it is not one of a version that can be read. */
export function readDocument(document: unknown): StateDocument {
  const { format, version } = (typeof document === 'object' && document !== null ? document : {}) as Record<string, unknown>
  if (format !== FORMAT) throw new RangeError(`This is not the state of an account: its format is not "${FORMAT}".`)
  if (typeof version !== 'number' || version < 1 || version > VERSION)
    throw new RangeError(`The state is of version ${JSON.stringify(version)}, and this emulator reads versions up to ${VERSION}.`)
  try {
    return documentSchema.parse(document)
  } catch (error) {
    throw new RangeError(`The state cannot be read: ${problemOf(error)}.`)
  }
}
