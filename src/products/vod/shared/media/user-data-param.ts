/** The parameter UserData of uploads and jobs. */

import type { z } from 'zod'
import { paramType, Violated } from '../../../../params/param-type.js'
import { readUserData, type UserData } from './read-user-data.js'

/** Far more than the documented fields can take. */
const MAX_CHARACTERS = 16_384

/** UserData: JSON with MessageCallback, Extend (512 bytes at most) and AccelerateConfig, each an object or JSON text; `text` is all of it as given. */
export const userData = (): z.ZodType<UserData & { text: string }, string> =>
  paramType({ type: 'String', format: 'json', maxLength: MAX_CHARACTERS, lengthUnit: 'characters', ownLimit: true }, (text) => {
    if (text.length > MAX_CHARACTERS)
      return new Violated('length', `has ${text.length} characters, and at most ${MAX_CHARACTERS} are allowed`)
    const read = readUserData(text)
    return 'problem' in read ? new Violated('value', read.problem) : { ...read.userData, text }
  })
