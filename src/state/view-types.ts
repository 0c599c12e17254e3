/**
 * The query language that test authors know, as types: the part of `@msw/data`'s collections that views of records offer. They are written down here
 * because the library is bundled, so who installs this package does not have its types.
 */

import type { z } from 'zod'

/** What a record has to be like: for each field a value, a condition for what is in it, or a function that tells. Of lists, one entry is enough. */
export type ViewCondition<Value> =
  NonNullable<Value> extends readonly (infer Entry)[]
    ? ViewCondition<Entry>
    : NonNullable<Value> extends object
      ? { [Name in keyof Value]?: Value[Name] | ViewCondition<Value[Name]> | ((value: Value[Name]) => unknown) }
      : Value

/** Which records are meant; each method gives a further query. */
export interface ViewQuery<Row> {
  /** Those that are like this. */
  where(condition: ViewCondition<Row> | ((row: Row) => unknown)): ViewQuery<Row>
  /** Those that all of these hold for, too. */
  and(...conditions: (ViewQuery<Row> | ViewCondition<Row> | ((row: Row) => unknown))[]): ViewQuery<Row>
  /** Those, and all that one of these holds for. */
  or(...conditions: (ViewQuery<Row> | ViewCondition<Row> | ((row: Row) => unknown))[]): ViewQuery<Row>
}

/** A query as it is asked: `(query) => query.where({ status: 'Normal' })`. */
export type ViewPredicate<Row> = (query: ViewQuery<Row>) => ViewQuery<Row>

/** Fields to sort by, and which way; those within a field as deep as they are. */
export type ViewOrder<Value> =
  NonNullable<Value> extends readonly (infer Entry)[]
    ? ViewOrder<Entry>
    : NonNullable<Value> extends object
      ? { [Name in keyof Value]?: ViewOrder<Value[Name]> }
      : 'asc' | 'desc'

/** Of several records, in which order, how many and after how many; `strict`: throws if there are none. */
export interface ViewListOptions<Row> {
  orderBy?: ViewOrder<Row> | ViewOrder<Row>[]
  take?: number
  skip?: number
  strict?: boolean
}

/** What is to become of a record: the function changes the draft it is given. `strict`: rejects if there is none. */
export interface ViewChange<Row> {
  data: (draft: Row) => void | Promise<void>
  strict?: boolean
}

/** Records as they were when the view was asked for. What is created, changed or deleted here is taken over, or refused, by the records themselves. */
export interface View<Schema extends z.ZodObject, Row = z.output<Schema>> {
  count(): number
  all(): Row[]
  findFirst(predicate?: ViewPredicate<Row>, options?: { strict?: boolean }): Row | undefined
  findMany(predicate?: ViewPredicate<Row>, options?: ViewListOptions<Row>): Row[]
  create(values: z.input<Schema>): Promise<Row>
  createMany(count: number, valuesOf: (index: number) => z.input<Schema>): Promise<Row[]>
  /** Changes the first that the query finds. */
  update(predicate: ViewPredicate<Row>, change: ViewChange<Row>): Promise<Row | undefined>
  updateMany(predicate: ViewPredicate<Row>, change: ViewChange<Row> & { orderBy?: ViewListOptions<Row>['orderBy'] }): Promise<Row[]>
  /** Deletes the first that the query finds. */
  delete(predicate: ViewPredicate<Row>, options?: { strict?: boolean }): Row | undefined
  deleteMany(predicate: ViewPredicate<Row>, options?: Pick<ViewListOptions<Row>, 'orderBy' | 'strict'>): Row[]
  /** Deletes all. */
  clear(): void
}
