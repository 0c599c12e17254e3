/** The query language that test authors know, over records. The only file that knows the library, which is loaded when a view is asked for. */

import { Collection as View } from '@msw/data'
import type { z } from 'zod'
import type { Collection, RecordOf } from './collection.js'

export type { View }

/** A collection of the library with the records of one of ours, which takes over what is created, changed or deleted there. */
export async function viewOf<Schema extends z.ZodObject>(records: Collection<Schema, string>): Promise<View<Schema>> {
  const { schema, keyOf } = records.definition
  const view = new View({ schema })
  for (const row of records.list().rows) await view.create(row as z.input<Schema>)
  // What one of these throws is what the caller is told, and then the view stays as it is, too.
  view.hooks.on('create', ({ data }) => {
    const key = keyOf(data.record as RecordOf<Schema>)
    if (records.get(key) !== undefined) throw new RangeError(`${records.name} "${key}" is there already`)
    records.put(data.record as z.input<Schema>)
  })
  view.hooks.on('update', ({ data }) => {
    records.update(keyOf(data.prevRecord as RecordOf<Schema>), (draft: Record<string, unknown>) => {
      for (const name of Object.keys(draft)) delete draft[name]
      Object.assign(draft, data.nextRecord)
    })
  })
  view.hooks.on('delete', ({ data }) => {
    records.delete(keyOf(data.deletedRecord as RecordOf<Schema>))
  })
  return view
}
