/** Objects whose fields are all known. */

import { z } from 'zod'
import { didYouMean } from './nearest.js'

/** How many of the fields are told that there are not. */
const MAX_TOLD = 3

/** An object with no other fields; of a misspelt one, the message says what it may have been meant to be. */
export const strict = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys as string[])
            .slice(0, MAX_TOLD)
            .map((key) => `there is no field "${key}"${didYouMean(key, Object.keys(shape))}`)
            .concat(issue.keys.length > MAX_TOLD ? ['and more'] : [])
            .join('; ')
        : undefined,
  })
