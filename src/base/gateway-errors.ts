/** Errors that the gateway in front of all services answers with, before any service is asked. */

import { type ErrorTable, type Refusal, refuse } from './errors.js'

export const gatewayErrors = {
  MissingParameter: {
    status: 400,
    message: 'The input parameter "{param}" that is mandatory for processing this request is not supplied.',
  },
  InvalidParameter: { status: 400, message: 'The specified parameter "{param}" is not valid.' },
  'InvalidTimeStamp.Format': { status: 400, message: 'Specified time stamp or date value is not well formatted.' },
  'InvalidTimeStamp.Expired': { status: 400, message: 'Specified time stamp or date value is expired.' },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  SignatureDoesNotMatch: { status: 400, message: 'Specified signature is not matched with our calculation.' },
  IncompleteSignature: { status: 400, message: 'The request signature does not conform to Aliyun standards.' },
  InvalidVersion: { status: 400, message: 'Specified parameter Version is not valid.' },
  'InvalidAction.NotFound': { status: 404, message: 'Specified api is not found, please check your url and method.' },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAccessKeyId.Inactive': { status: 400, message: 'Specified access key is disabled.' },
  'InvalidSecurityToken.Expired': { status: 403, message: 'Specified SecurityToken is expired.' },
  'InvalidSecurityToken.Malformed': { status: 403, message: 'Specified SecurityToken is malformed.' },
  'InvalidSecurityToken.MismatchWithAccessKey': { status: 403, message: 'Specified SecurityToken mismatch with the AccessKey.' },
  MissingSecurityToken: { status: 400, message: 'SecurityToken is mandatory for this action.' },
  UnsupportedHTTPMethod: { status: 400, message: 'This http method is not supported.' },
  InvalidContentLength: { status: 413, message: 'The length of the request content exceeds the limit.' },
  'Throttling.User': { status: 400, message: 'Request was denied due to user flow control.' },
  // A mistake of the emulator; and there is no room in its data folder.
  InternalError: { status: 500, message: 'The request processing has failed due to some unknown error.' },
  ServiceUnavailable: {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
    faultOnly: 'Stands for an outage of the service; the emulator has none of its own to show.',
  },
} as const satisfies ErrorTable

/** Codes that every Action can answer with. */
export type GatewayCode = keyof typeof gatewayErrors

/** Refuses a call before any service is asked. */
export const refuseCall = (code: GatewayCode, refusal?: Refusal): never => refuse(gatewayErrors, code, refusal)
