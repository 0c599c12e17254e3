/** The common errors of VOD (manual 3), and what leads to which of them. */

import type { ServiceSpec } from '../../../../actions/action.js'
import type { ErrorTable } from '../../../../base/errors.js'

// MissingParameter, InvalidParameter and InternalError are in the table, too; they are the gateway's, word for word.
export const vodErrors = {
  OperationDenied: { status: 403, message: 'Your account does not open VOD service yet.' },
  'OperationDenied.Suspended': { status: 403, message: 'Your VOD service is suspended.' },
  Forbidden: { status: 403, message: 'User not authorized to operate on the specified resource.' },
  // VOD's own spelling, beside the gateway's ServiceUnavailable.
  ServiceUnAvailable: {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
    faultOnly: 'Stands for an outage of the service; the emulator has none of its own to show.',
  },
  // The manual shows this error in 4.3 without a status.
  UnsupportedOperation: { status: 400, message: 'The specified action is not supported.' },
} as const satisfies ErrorTable

/**
 * Which code each kind of parameter error has. An Action whose own table has LengthExceededMax says so at the parameter:
 * `text({ maxBytes: 128, codes: { length: 'LengthExceededMax' } })`.
 */
export const vodViolations = {
  missing: 'MissingParameter',
  malformed: 'InvalidParameter',
  format: 'InvalidParameter',
  value: 'InvalidParameter',
  length: 'InvalidParameter',
  url: 'InvalidParameter',
} as const satisfies ServiceSpec<typeof vodErrors>['violations']

export const vodDenials = {
  notOpened: 'OperationDenied',
  suspended: 'OperationDenied.Suspended',
  userNotAllowed: 'Forbidden',
  roleNotAllowed: 'Forbidden',
} as const satisfies ServiceSpec<typeof vodErrors>['denials']
