/** UserData of a medium, as its record keeps it. */

import { z } from 'zod'

export const userDataSchema = z.object({
  /** As it was given. */
  text: z.string(),
  /** Handed back in events, unchanged. */
  extend: z.string().optional(),
  /** Where the medium's events go instead of the configured address. */
  callbackUrl: z.string().optional(),
})

/** See {@link userDataSchema}. */
export type UserData = z.output<typeof userDataSchema>
