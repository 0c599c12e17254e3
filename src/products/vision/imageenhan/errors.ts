/** The error table of imageenhan (manual, chapter 8), and what leads to which code. */

import type { ServiceSpec } from '../../../actions/action.js'
import type { ErrorTable } from '../../../base/errors.js'
import type { JobCodes } from '../common/async.js'

// The manual describes these codes in Chinese and shows no message texts; the texts here are our own. Above each row: what leads to it.
export const imageErrors = {
  // An asset that cannot be downloaded, the URL of a result that has expired; an unknown URL, if inputs are strict.
  'InvalidImage.Download': { status: 400, message: 'The image in "{param}" cannot be downloaded.' },
  // A bucket in another region, and hosts of transfer acceleration, which name none. Not in the manual, but what the service answers.
  'InvalidImage.Region': { status: 400, message: 'The image in "{param}" is not in the region cn-shanghai.' },
  // A value that is not an absolute URL, or that holds Chinese characters.
  'InvalidImage.URL': { status: 400, message: 'The image URL in "{param}" is not valid.' },
  // An empty value, an empty or damaged file, one of another format or with other colour channels than the Action takes.
  'InvalidImage.Content': { status: 400, message: 'The content of the image in "{param}" is not valid.' },
  // A URL that does not lead to OSS.
  IllegalUrlParameter: { status: 400, message: 'The URL in "{param}" is not legal.' },
  // A private address, a URL with a password, an asset that is declared unsafe.
  'InvalidImage.Unsafe': { status: 400, message: 'The URL in "{param}" is not safe.' },
  // A parameter that is missing, of the wrong type or out of its range, or that FunctionType or Mode demands or forbids.
  ParameterError: { status: 400, message: 'The parameter "{param}" is missing or not valid.' },
  // An image with fewer or more pixels than the Action takes.
  'InvalidImage.Resolution': { status: 400, message: 'The resolution of the image in "{param}" is not valid.' },
  // An image with more bytes, or a text with more characters, than the Action takes.
  'InvalidParameter.TooLarge': { status: 400, message: 'The content of "{param}" is too large.' },
  // The account has not opened the service, or is cut off from it.
  'InvalidApi.NotPurchase': { status: 403, message: 'The service has not been activated, or is suspended for overdue payments.' },
  // A RAM user without permission.
  AuthFailed: { status: 403, message: 'User not authorized to operate on the specified resource.' },
  // A RAM role without permission.
  RamRoleAuth: { status: 403, message: 'The role is not authorized to operate on the specified resource.' },
  // An asset that never finishes, or an image of more pixels than can be downloaded in time.
  Timeout: { status: 408, message: 'The request timed out.' },
  // An asset that fails every time.
  InternalServerError: { status: 500, message: 'Internal server error.' },
  // More unfinished jobs than the account's settings allow.
  ServiceUnavailable: { status: 503, message: 'The service is not available.' },
  // A call to a region without the service. Not in the table, but the manual's example of an error, which shows no status.
  UnsupportedOperation: { status: 400, message: 'The specified action is not supported.' },
} as const satisfies ErrorTable

/** Codes of imageenhan's table. */
export type ImageCode = keyof typeof imageErrors

/** Everything about the service that has to do with errors. */
export const imageErrorSpec = {
  errors: imageErrors,
  violations: {
    missing: 'ParameterError',
    malformed: 'ParameterError',
    format: 'ParameterError',
    value: 'ParameterError',
    length: 'ParameterError',
    url: 'InvalidImage.URL',
  },
  denials: {
    notOpened: 'InvalidApi.NotPurchase',
    suspended: 'InvalidApi.NotPurchase',
    userNotAllowed: 'AuthFailed',
    roleNotAllowed: 'RamRoleAuth',
  },
  wrongRegion: 'UnsupportedOperation',
} as const satisfies Pick<ServiceSpec<typeof imageErrors>, 'errors' | 'violations' | 'denials' | 'wrongRegion'>

/** Which code each fault of an input image, and what can happen to a job, has in imageenhan. */
export const imageJobCodes = {
  media: {
    unsafe: 'InvalidImage.Unsafe',
    host: 'IllegalUrlParameter',
    region: 'InvalidImage.Region',
    download: 'InvalidImage.Download',
    type: 'InvalidImage.Content',
    decode: 'InvalidImage.Content',
    content: 'InvalidImage.Content',
    category: 'InvalidImage.Content',
    channels: 'InvalidImage.Content',
    resolution: 'InvalidImage.Resolution',
    bytes: 'InvalidParameter.TooLarge',
    frames: 'InvalidParameter.TooLarge',
  },
  algorithm: 'InternalServerError',
  busy: 'ServiceUnavailable',
} as const satisfies JobCodes<ImageCode>
