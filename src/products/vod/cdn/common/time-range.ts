/** StartTime and EndTime, as the Actions about domains have them. */

import type { ErrorTable } from '../../../../base/errors.js'

/** Errors for times that cannot be read. */
export const timeErrors = {
  'InvalidStartTime.Malformed': { status: 400, message: 'Specified StartTime is malformed.' },
  'InvalidEndTime.Malformed': { status: 400, message: 'Specified EndTime is malformed.' },
} as const satisfies ErrorTable
