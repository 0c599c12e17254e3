/** What events of AI jobs have in common; EventTypeList turns them on together, as AIComplete. */

import { z } from 'zod'
import { outcome } from '../../../../events/definition.js'

/** Fields of an AI job; Code and Message are `0` and `OK` where nothing went wrong. */
export const aiJob = <Data extends z.ZodType>(Data: Data) =>
  outcome(
    { JobId: z.string(), MediaId: z.string() },
    { Code: z.string().default('0'), Message: z.string().default('OK'), Data },
    { Code: z.string(), Message: z.string() },
  )
