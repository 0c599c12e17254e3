/** What is in an account: the files that calls refer to, jobs, and the calls that were made. */

import { z } from 'zod'
import { type Account, assetSchema, describeJob } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

const assetsSchema = z.union([z.array(assetSchema).max(10_000), assetSchema.transform((asset) => [asset])], {
  error: (issue) => describeAsset(issue.input),
})

export function worldRoutes({ app, chosen }: Control): void {
  const assetsOf = (account: Account) => account.assets.list().rows

  app.get('/assets', (request) => assetsOf(chosen(request)))

  app.put('/assets', async (request) => {
    const account = chosen(request)
    const assets = bodyOf(assetsSchema, request)
    await account.turn.take(async () => {
      for (const asset of assets) await account.putAsset(asset)
    })
    return assetsOf(account)
  })

  app.delete('/assets', async (request) => {
    const account = chosen(request)
    await account.turn.take(() => account.assets.clear())
    return assetsOf(account)
  })

  app.get('/jobs', (request) => chosen(request).jobs.records.list().rows.map(describeJob))

  app.get('/requests', (request) => chosen(request).log.all())
}

/** Says what is wrong with an asset, where a union could only say that neither alternative fits. */
function describeAsset(input: unknown): string {
  const assets = Array.isArray(input) ? input : [input]
  for (const [index, asset] of assets.entries()) {
    const { error } = assetSchema.safeParse(asset)
    const issue = error?.issues[0]
    if (issue) return `asset ${index + 1}: ${issue.path.join('.')}: ${issue.message}`
  }
  return 'give an asset or an array of at most 10,000 assets'
}
