/** The section `vary` of the settings. */

import { z } from 'zod'
import { defineSettings } from '../account/settings.js'
import { listOf } from '../base/json.js'
import { didYouMean } from '../base/nearest.js'
import { strict } from '../base/strict.js'
import { kindNames, kindsOf } from './kinds.js'

const namesSchema = listOf(z.string().max(100), 100)

const planSchema = strict({
  /** Same seed and same calls: same answers. */
  seed: z.union([z.string().max(1000), z.number()]),
  /** Further kinds, beside the usual ones: `value.unknown`, `busy.*`. */
  also: namesSchema.optional(),
  /** Kinds that are left out: `json.*`. */
  except: namesSchema.optional(),
})

/** What varies. */
export type Plan = z.output<typeof planSchema>

/** In which ways answers differ from one another. Default, and null: in none. */
export const varySettings = defineSettings({
  schema: planSchema.nullable(),
  defaults: null as Plan | null,
  check: (plan) => {
    const unknown = [...(plan?.also ?? []), ...(plan?.except ?? [])].find((name) => kindsOf(name).length === 0)
    if (unknown !== undefined)
      throw new RangeError(
        `${unknown}: there is no such kind of variation; names are <family>.<kind>, <family>.* or *${didYouMean(unknown, kindNames)}`,
      )
  },
})
