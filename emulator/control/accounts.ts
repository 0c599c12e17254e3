/** Creating, resetting and disposing of accounts; their settings. */

import { z } from 'zod'
import { listOf } from '../../src/base/json.js'
import { strict } from '../../src/base/strict.js'
import { type Cloud, clockSchema, faultInputSchema } from '../../src/index.js'
import { bodyOf, type Control, queryOf } from './request.js'
import { worldNameSchema } from './worlds.js'

const newAccountSchema = ({ settingsSchema }: Cloud) =>
  strict({
    seed: z
      .union([z.string().max(200), z.number()])
      .transform(String)
      .optional(),
    clock: clockSchema.optional(),
    settings: settingsSchema.optional(),
    faults: listOf(faultInputSchema, 1000).optional(),
    /** Name of a world that the package brings along: files are for who starts the emulator. */
    world: worldNameSchema.optional(),
  })

export function accountRoutes({ app, cloud, chosen }: Control): void {
  const accountSchema = newAccountSchema(cloud)

  app.post('/accounts', (request, reply) => {
    const account = cloud.createAccount(bodyOf(accountSchema, request))
    return reply.code(201).send({ accountId: account.accountId, ...account.credentials })
  })

  app.delete('/accounts', (request) => {
    if (!queryOf(request).has('accessKeyId')) throw new RangeError('say which account with ?accessKeyId=')
    const account = chosen(request)
    cloud.disposeAccount(account)
    return { accountId: account.accountId, disposed: true }
  })

  app.post('/reset', async (request) => {
    const account = chosen(request)
    await account.reset()
    return { accountId: account.accountId, reset: true }
  })

  app.get('/settings', (request) => chosen(request).settings.toJSON())

  app.put('/settings', async (request) => {
    const account = chosen(request)
    const settings = bodyOf(cloud.settingsSchema, request)
    await account.turn.take(() => account.settings.change(settings))
    return account.settings.toJSON()
  })
}
