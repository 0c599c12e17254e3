/** Objects whose fields are all known. */

import { z } from 'zod'
import { didYouMean } from './nearest.js'

/** An object with no other fields; of a misspelt one, the message says what it may have been meant to be. */
export const strict = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys as string[]).map((key) => `there is no field "${key}"${didYouMean(key, Object.keys(shape))}`).join('; ')
        : undefined,
  })
