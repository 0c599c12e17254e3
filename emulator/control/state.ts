/** The state of an account: exporting and importing it, copies of the account, and snapshots to come back to. */

import { z } from 'zod'
import type { Account } from '../../src/index.js'
import { bodyOf, type Control, queryOf } from './request.js'

/** A document with as many bytes of objects in it as it may have, and some hundred thousand records. */
const LARGE = { bodyLimit: 128 * 1024 * 1024, config: { bounds: { depth: 100, values: 4_000_000, names: 100_000 } } }

const bytesSchema = z.enum(['named', 'inline'], { error: 'bytes is "named" or "inline"' }).default('named')

const snapshotSchema = z.strictObject({ name: z.string() })

type Named = { Params: { name: string } }

/** An account whose keys may be news, with those of its RAM users. */
const describeAccount = ({ accountId, credentials, ram }: Account) => ({
  accountId,
  ...credentials,
  users: ram.users.map(({ name, key }) => ({
    name,
    ...(key && { accessKeyId: key.accessKeyId, accessKeySecret: key.accessKeySecret }),
  })),
})

export function stateRoutes({ app, chosen }: Control): void {
  app.get('/state', (request) => chosen(request).export({ bytes: bytesSchema.parse(queryOf(request).get('bytes') ?? undefined) }))

  app.put('/state', LARGE, async (request) => {
    const account = chosen(request)
    await account.import(request.body)
    return describeAccount(account)
  })

  app.post('/accounts/fork', async (request, reply) => reply.code(201).send(describeAccount(await chosen(request).fork())))

  app.get('/snapshots', (request) => chosen(request).snapshots.list())

  app.post('/snapshots', async (request, reply) => {
    const { snapshots } = chosen(request)
    return reply.code(201).send(await snapshots.save(bodyOf(snapshotSchema, request).name))
  })

  app.post<Named>('/snapshots/:name/restore', (request) => chosen(request).snapshots.restore(request.params.name))

  app.delete<Named>('/snapshots/:name', (request) => {
    const { snapshots } = chosen(request)
    snapshots.delete(request.params.name)
    return snapshots.list()
  })
}
