/** A product of one's own says which of its records worlds may have, and which placeholders there are. */

import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Collection, createCloud, defineCollection, definePart, defineProduct, timestampSchema } from '../../src/index.js'

const noteRecords = defineCollection({
  name: 'notes.notes',
  schema: z.object({ id: z.string(), text: z.string(), createdAt: timestampSchema }),
  keyOf: ({ id }) => id,
})

declare module '../../src/account/types.js' {
  interface AccountParts {
    worldNotes: Collection<typeof noteRecords.schema>
  }
}

const notes = defineProduct({
  name: 'notes',
  actions: [],
  parts: [definePart({ name: 'worldNotes', create: ({ state }) => state.collection(noteRecords) })],
  worlds: { tables: [noteRecords], values: ({ accountId }) => ({ 'notes.owner': `owner of ${accountId}` }) },
})

const world = {
  description: 'a note',
  tables: { 'notes.notes': [{ id: '1', text: ['$', '{notes.owner}'].join(''), createdAt: '-1h' }] },
}

test('its records are in a world as those of the package are', async () => {
  const cloud = createCloud({ clock: 'manual', products: [notes] })
  const account = cloud.account()
  expect(await account.worlds.apply(world)).toEqual({ added: { 'notes.notes': 1 }, kept: 0 })
  expect(account.worldNotes.get('1')).toEqual({
    id: '1',
    text: `owner of ${account.accountId}`,
    createdAt: account.clock.now() - 3_600_000,
  })
})

test('a cloud without the product has no such table', async () => {
  await expect(
    createCloud()
      .account()
      .worlds.apply({ description: 'x', tables: { 'notes.notes': [] } }),
  ).rejects.toThrow(/^tables\.notes\.notes: a world has no such table/)
})
