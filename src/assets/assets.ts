/** Files that calls refer to by URL, as a test has declared them. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import { defineSettings } from '../account/settings.js'
import type { Account } from '../account/types.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { type Asset, type AssetFacts, type AssetInput, assetKey, assetSchema } from './asset.js'
import { assetNamed } from './magic-files.js'

/** True: an input URL that is neither a declared asset nor an object of the emulator cannot be downloaded. Default: false. */
export const strictInputsSettings = defineSettings({ schema: z.boolean(), defaults: false as boolean })

/** Files that an account may know. */
const MAX_ASSETS = 100_000

const tooMany = (count: number): RangeError =>
  new RangeError(`An account knows at most ${MAX_ASSETS} files, and these would be ${count}; forget some first.`)

/** Records of the files. */
export const assetRecords = { name: 'assets', schema: assetSchema, keyOf: ({ url }: Asset) => assetKey(url) }

export const assetsPart = definePart({
  name: 'assets',
  create: ({ state }) => state.collection(assetRecords),
  seed: ({ assets, options }) => {
    for (const asset of options.assets ?? []) if (assets.get(assetKey(asset.url)) === undefined) assets.put(asset)
  },
  open({ options: { assets = [] }, turn }) {
    for (const asset of assets) assetSchema.parse(asset)
    if (assets.length > MAX_ASSETS) throw tooMany(assets.length)
    // They are to be known before anything is asked.
    if (assets.length > 0) void turn.take(() => {})
  },
  checkState(_account, { tables: { assets = [] } }) {
    if (assets.length > MAX_ASSETS) throw tooMany(assets.length)
  },
})

/** What is known of the file behind a URL: as it was declared, or else as its name says. */
export type AssetOf = (url: string) => AssetFacts | undefined

export const assetOfPart = definePart({
  name: 'assetOf',
  needs: ['assets'],
  create:
    ({ assets, cloud }: Account): AssetOf =>
    (url) => {
      const declared = assets.get(assetKey(url))
      if (declared !== undefined) return declared
      // Of a file of the emulator's own, it does not matter under which of its addresses it was declared.
      for (const other of assets.count > 0 ? cloud.addresses.othersOf(url) : []) {
        const found = assets.get(assetKey(other))
        if (found !== undefined) return found
      }
      return assetNamed(url)
    },
})

/**
 * Declares files, or declares them anew. Rejects with a `ZodError` or a `RangeError` if one is not as it must be, or if there would be too many; then none
 * is declared.
 */
export type PutAssets = (assets: readonly AssetInput[]) => Promise<void>

export const putAssetsPart = definePart({
  name: 'putAssets',
  needs: ['assets'],
  create:
    ({ assets }: Account): PutAssets =>
    async (given) => {
      refuseBrokenText(given)
      const read = given.map((each) => assetSchema.parse(each))
      const fresh = new Set(read.map(({ url }) => assetKey(url)).filter((key) => assets.get(key) === undefined))
      if (assets.count + fresh.size > MAX_ASSETS) throw tooMany(assets.count + fresh.size)
      for (const asset of read) assets.put(asset)
    },
})
