/** Routes: the state of an account as a document, and snapshots. */

import { z } from 'zod'
import { shaped } from '../base/shape.js'
import type { StateDocument } from '../state/state.js'
import { accountKeysSchema } from './accounts.js'
import { declareRoutes, timeSchema } from './route.js'

const documentSchema = shaped<StateDocument>(
  z
    .looseObject({
      format: z.string(),
      version: z.int(),
      account: z.looseObject({ accountId: z.string(), seed: z.string() }),
      cells: z.record(z.string(), z.unknown()).describe('Single values by name.'),
      tables: z.record(z.string(), z.array(z.unknown())).describe('Keyed values by the name of their table.'),
      bytes: z.array(z.string()).optional().describe('Bytes of objects in base64.'),
    })
    .meta({ id: 'StateDocument' }),
)

const bytesSchema = z.enum(['named', 'inline'], { error: 'bytes is "named" or "inline"' }).default('named')

const snapshotSchema = z
  .strictObject({ name: z.string(), time: timeSchema.describe("The time of the account's clock at which it was saved.") })
  .meta({ id: 'Snapshot' })

const params = z.object({ name: z.string() })

export const stateRoutes = declareRoutes({
  'GET /state': {
    chapter: 'state',
    id: 'exportState',
    summary: 'Everything in the account, as a document.',
    query: z.object({
      bytes: bytesSchema.describe('Whether it names the bytes of objects, for imports into the same emulator, or holds them.'),
    }),
    answer: documentSchema,
  },
  'PUT /state': {
    chapter: 'state',
    id: 'importState',
    summary: 'Replaces everything in the account but its own keys. RAM users whose keys another account has get new ones.',
    body: documentSchema,
    // A document with as many bytes of objects in it as it may have, and some hundred thousand records.
    room: { bodyLimit: 128 * 1024 * 1024, bounds: { depth: 100, values: 4_000_000, names: 100_000 } },
    answer: accountKeysSchema,
  },
  'GET /snapshots': {
    chapter: 'state',
    id: 'listSnapshots',
    summary: 'The snapshots, in the order in which they were saved.',
    answer: z.array(snapshotSchema),
    pagedBy: 'name',
  },
  'POST /snapshots': {
    chapter: 'state',
    id: 'saveSnapshot',
    summary: 'Saves the state of the account under a name; of one name, the latest counts.',
    body: z.strictObject({ name: z.string() }),
    status: 201,
    answer: snapshotSchema,
    example: { body: { name: 'before-upload' } },
  },
  'POST /snapshots/{name}/restore': {
    chapter: 'state',
    id: 'restoreSnapshot',
    summary: 'Takes the account back to a snapshot, which stays.',
    params,
    answer: snapshotSchema,
    example: { params: { name: 'before-upload' } },
  },
  'DELETE /snapshots/{name}': {
    chapter: 'state',
    id: 'deleteSnapshot',
    summary: 'Forgets a snapshot, and answers those that are left.',
    params,
    answer: z.array(snapshotSchema),
    example: { params: { name: 'before-upload' } },
  },
})
