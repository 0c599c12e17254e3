/** The query language that test authors know, over records. The only file that knows the library, which is loaded when a view is asked for. */

import { Collection } from '@msw/data'
import type { z } from 'zod'
import type { View } from './view-types.js'

/** The records that a view shows, and takes its changes to. */
interface Source<Schema extends z.ZodObject> {
  readonly name: string
  readonly definition: { schema: Schema; keyOf: (row: z.output<Schema>) => string }
  list(): { rows: z.output<Schema>[] }
  get(key: string): z.output<Schema> | undefined
  put(values: z.input<Schema>): unknown
  update(key: string, change: (draft: z.output<Schema>) => void): unknown
  delete(key: string): boolean
}

/** A collection of the library with the records of one of ours, which takes over what is created, changed or deleted there. */
export async function viewOf<Schema extends z.ZodObject>(records: Source<Schema>): Promise<View<Schema>> {
  const { schema, keyOf } = records.definition
  const view = new Collection({ schema })
  for (const row of records.list().rows) await view.create(row as z.input<Schema>)
  // What one of these throws is what the caller is told, and then the view stays as it is, too.
  view.hooks.on('create', ({ data }) => {
    const key = keyOf(data.record as z.output<Schema>)
    if (records.get(key) !== undefined) throw new RangeError(`${records.name} "${key}" is there already`)
    records.put(data.record as z.input<Schema>)
  })
  view.hooks.on('update', ({ data }) => {
    records.update(keyOf(data.prevRecord as z.output<Schema>), (draft: Record<string, unknown>) => {
      for (const name of Object.keys(draft)) delete draft[name]
      Object.assign(draft, data.nextRecord)
    })
  })
  view.hooks.on('delete', ({ data }) => {
    records.delete(keyOf(data.deletedRecord as z.output<Schema>))
  })
  return view as unknown as View<Schema>
}
