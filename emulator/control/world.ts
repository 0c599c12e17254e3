/** What is in an account: the files that calls refer to. */

import { z } from 'zod'
import { listOf } from '../../src/base/json.js'
import { assetSchema } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

/** What a call can declare: assets by the thousand, each with all of its fields and a long URL. */
const LARGE = { bodyLimit: 16 * 1024 * 1024, config: { bounds: { depth: 5, values: 200_000, names: 1000 } } }

/** One asset, or several. */
const assetsSchema = z.preprocess((body) => (Array.isArray(body) ? body : [body]), listOf(assetSchema, 10_000))

export function worldRoutes({ app, chosen }: Control): void {
  app.get('/assets', (request) => {
    const account = chosen(request)
    return account.turn.take(() => account.assets.list().rows)
  })

  app.put('/assets', LARGE, (request) => {
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
