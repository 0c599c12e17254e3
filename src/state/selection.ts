/** Some of the records of a collection: as somebody sees it who may not see all of it. */

import type { z } from 'zod'
import { Collection, type Page, type RecordOf } from './collection.js'

/** What somebody may see of a collection, and change in it. */
export interface Sight<Row> {
  /** Whether a record is there at all, as far as this one is concerned. */
  shows: (row: Row) => boolean
  /** Whether a record that is shown may be changed or deleted, and one like it created. */
  mayChange: (row: Row) => boolean
  /** Told of a record that was asked for by its key and is not shown. */
  onHidden: (row: Row) => void
  /** Throws, because of a record that may not be changed. */
  refuse: (row: Row) => never
}

/**
 * A collection of which only some records are shown: it answers as if the others were not there. What is put, changed and deleted here is so in the
 * collection itself. A list costs as much as the records that its keys leave.
 */
export class Selection<Schema extends z.ZodObject, Index extends string = never> extends Collection<Schema, Index> {
  constructor(
    private readonly whole: Collection<Schema, Index>,
    private readonly sight: Sight<RecordOf<Schema>>,
  ) {
    super(whole.definition)
  }

  /** How many there are in all, shown or not: what an account may hold is counted by it. */
  override get count(): number {
    return this.whole.count
  }

  override get(key: string): RecordOf<Schema> | undefined {
    return this.#shown(this.whole.get(key))
  }

  override hides(key: string): boolean {
    const row = this.whole.get(key)
    return row !== undefined && !this.sight.shows(row)
  }

  override numberOf(key: string): number | undefined {
    return this.hides(key) ? undefined : this.whole.numberOf(key)
  }

  override getBy(index: Index, key: string): RecordOf<Schema> | undefined {
    const newest = this.whole.getBy(index, key)
    if (newest === undefined || this.sight.shows(newest)) return newest
    const [shown] = this.#under(index, key).rows
    return shown ?? this.#shown(newest)
  }

  override countBy(index: Index, key: string): number {
    return this.#under(index, key).total
  }

  override first(): RecordOf<Schema> | undefined {
    return this.list({ take: 1 }).rows[0]
  }

  override list(page: Page<RecordOf<Schema>, Index> = {}): { total: number; rows: RecordOf<Schema>[] } {
    const { where = () => true } = page
    return this.whole.list({ ...page, where: (row) => this.sight.shows(row) && where(row) })
  }

  override put(values: z.input<Schema>): RecordOf<Schema> {
    this.#checkMayChange(values as RecordOf<Schema>)
    return this.whole.put(values)
  }

  override update(key: string, change: (draft: RecordOf<Schema>) => void): RecordOf<Schema> | undefined {
    const row = this.get(key)
    if (row === undefined) return undefined
    this.#checkMayChange(row)
    return this.whole.update(key, change)
  }

  override delete(key: string): boolean {
    const row = this.get(key)
    if (row === undefined) return false
    this.#checkMayChange(row)
    return this.whole.delete(key)
  }

  /** Of all records, shown or not. */
  override forgetOldest(...asked: Parameters<Collection<Schema, Index>['forgetOldest']>): void {
    this.whole.forgetOldest(...asked)
  }

  /** The newest record that is shown under a key of an index, and how many there are. */
  #under(index: Index, key: string): { total: number; rows: RecordOf<Schema>[] } {
    const by = { [index]: key } as NonNullable<Page<RecordOf<Schema>, Index>['by']>
    return this.list({ by, descending: true, take: 1 })
  }

  #shown(row: RecordOf<Schema> | undefined): RecordOf<Schema> | undefined {
    if (row === undefined || this.sight.shows(row)) return row
    this.sight.onHidden(row)
    return undefined
  }

  #checkMayChange(row: RecordOf<Schema>): void {
    if (!this.sight.mayChange(row)) this.sight.refuse(row)
  }
}
