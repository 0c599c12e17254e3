/** What is in an account: the files that calls refer to. */

import { z } from 'zod'
import { assetSchema } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

/** One asset, or several. */
const assetsSchema = z.preprocess((body) => (Array.isArray(body) ? body : [body]), z.array(assetSchema).max(10_000))

export function worldRoutes({ app, chosen }: Control): void {
  app.get('/assets', (request) => {
    const account = chosen(request)
    return account.turn.take(() => account.assets.list().rows)
  })

  app.put('/assets', (request) => {
    const account = chosen(request)
    const assets = bodyOf(assetsSchema, request)
    return account.turn.take(async () => {
      await account.putAssets(assets)
      return account.assets.list().rows
    })
  })

  app.delete('/assets', (request) => {
    const account = chosen(request)
    return account.turn.take(() => {
      account.assets.clear()
      return account.assets.list().rows
    })
  })
}
