/** Jobs whose results go into the account's OSS, which may refuse them. */

import { ApiError } from '../../../../base/errors.js'
import type { Outcome } from '../../../../jobs/kind.js'

/** The outcome of work that stores files; what OSS refuses, for want of room say, is what the job fails with. */
export async function storing(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { code, message, reason } = error
    return { failed: { code, message, ...(reason !== undefined && { reason }) } }
  }
}
