/** States of the files that calls refer to by URL. */

import { z } from 'zod'
import type { AssetInput } from '../../src/assets/asset.js'
import { assetSchema, defects } from '../../src/assets/asset.js'
import { defineProviderState, type Given, type ProviderState, StateError, type World } from '../../src/product/provider-state.js'

async function declare({ account }: World, asset: AssetInput): Promise<Given> {
  await account.turn.take(() => account.putAssets([asset]))
  return {}
}

const asset = defineProviderState({
  name: 'an asset',
  means: 'The file behind `url` is as the other parameters say.',
  params: assetSchema,
  apply: (world, _words, params) => declare(world, params),
})

const defectiveAsset = defineProviderState({
  name: 'an asset that <defect>',
  means: `Something is wrong with the file behind \`url\`. It ${defects.join(', ')}.`,
  params: z.strictObject({ url: assetSchema.shape.url }),
  async apply(world, { defect }, { url }) {
    const known = defects.find((each) => each === defect)
    if (known === undefined) throw new StateError(`there is no asset that "${defect}"; what one can do is: ${defects.join(', ')}`)
    return declare(world, { url, defect: known })
  },
})

const declaredAssetsOnly = defineProviderState({
  name: 'only declared assets can be downloaded',
  means: 'A URL that no other state has declared leads nowhere.',
  params: z.strictObject({}),
  apply({ account }) {
    account.settings.change({ strictInputs: true })
    return {}
  },
})

export const assetStates: readonly ProviderState[] = [asset, defectiveAsset, declaredAssetsOnly]
