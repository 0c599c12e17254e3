/** Errors of OSS: codes, statuses and messages as its reference has them. */

import { ApiError, type ErrorSpec, type ErrorTable, type Refusal } from '../base/errors.js'
import { failureOf } from '../base/problem.js'

export const ossErrors = {
  AccessDenied: { status: 403, message: 'You have no right to access this object because of bucket acl.' },
  BucketAlreadyExists: {
    status: 409,
    message:
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  },
  BucketNotEmpty: { status: 409, message: 'The bucket you tried to delete is not empty.' },
  CallbackFailed: { status: 203, message: 'The callback to the server failed.' },
  EntityTooLarge: { status: 400, message: 'Your proposed upload exceeds the maximum allowed size.' },
  EntityTooSmall: { status: 400, message: 'Your proposed upload smaller than the minimum allowed size.' },
  FieldItemTooLong: { status: 400, message: 'Your POST field name or value is too long.' },
  FileAlreadyExists: { status: 409, message: 'The object you specified already exists and can not be overwritten.' },
  IncorrectNumberOfFilesInPOSTRequest: { status: 400, message: 'POST requires exactly one file upload per request.' },
  InternalError: {
    status: 500,
    message: 'We encountered an internal error. Please try again.',
    faultOnly: 'Stands for a failure inside OSS; the emulator has none of its own to show.',
  },
  InvalidAccessKeyId: { status: 403, message: 'The OSS Access Key Id you provided does not exist in our records.' },
  InvalidArgument: { status: 400, message: 'The argument is invalid.' },
  InvalidBucketName: { status: 400, message: 'The specified bucket is not valid.' },
  InvalidDigest: { status: 400, message: 'The Content-MD5 you specified was invalid.' },
  InvalidEncryptionAlgorithmError: {
    status: 400,
    message: 'The Encryption Algorithm request, you specified is not valid. Supported value: AES256/KMS/SM4.',
  },
  InvalidObjectName: { status: 400, message: 'The specified object is not valid.' },
  InvalidPart: {
    status: 400,
    message:
      "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.",
  },
  InvalidPartOrder: {
    status: 400,
    message: 'The list of parts was not in ascending order. Parts list must specified in order by part number.',
  },
  InvalidPolicyDocument: { status: 400, message: 'Invalid Policy: Invalid JSON.' },
  InvalidRange: { status: 416, message: 'The requested range cannot be satisfied' },
  InvalidSecurityToken: { status: 403, message: 'The security token you provided is invalid.' },
  InvalidTag: { status: 400, message: 'The tag you provided is not valid.' },
  InvalidURI: { status: 400, message: 'The URI could not be parsed.' },
  MalformedPOSTRequest: { status: 400, message: 'The body of your POST request is not well-formed multipart/form-data.' },
  MalformedXML: { status: 400, message: 'The XML you provided was not well-formed or did not validate against our published schema.' },
  MethodNotAllowed: { status: 405, message: 'The specified method is not allowed against this resource.' },
  MissingContentLength: { status: 411, message: 'You must provide the Content-Length HTTP header.' },
  NoSuchBucket: { status: 404, message: 'The specified bucket does not exist.' },
  NoSuchKey: { status: 404, message: 'The specified key does not exist.' },
  NoSuchUpload: {
    status: 404,
    message: 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  },
  NotImplemented: { status: 501, message: 'A header you provided implies functionality that is not implemented.' },
  NotModified: { status: 304, message: 'Not Modified' },
  ObjectNotAppendable: { status: 409, message: 'The object is not appendable' },
  PositionNotEqualToLength: { status: 409, message: 'Position is not equal to file length' },
  PreconditionFailed: { status: 412, message: 'At least one of the pre-conditions you specified did not hold.' },
  // Not of OSS: what a bucket may hold is bounded here by the disk of who runs the emulator.
  QuotaExceeded: { status: 403, message: 'The storage space of the account is used up.' },
  RequestTimeout: {
    status: 400,
    message: 'Your socket connection to the server was not read from or written to within the timeout period.',
  },
  RequestTimeTooSkewed: { status: 403, message: 'The difference between the request time and the current time is too large.' },
  SecurityTokenExpired: { status: 403, message: 'The security token you provided has expired.' },
  SignatureDoesNotMatch: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  TooManyBuckets: { status: 400, message: 'You have attempted to create more buckets than allowed.' },
} as const satisfies ErrorTable

/** A code of OSS. */
export type OssCode = keyof typeof ossErrors

/**
 * What is answered to an error: of one that is not of OSS, that there was an internal error, with the reason where it lies outside of the emulator, with
 * the store or the disk. Of bugs nothing is said.
 */
export function answerTo(error: unknown): OssError {
  if (error instanceof OssError) return error
  const reason = error instanceof ApiError ? error.reason : failureOf(error)
  return new OssError('InternalError', reason === undefined ? {} : { reason })
}

/** What is known about a refusal beyond its code. */
export interface OssRefusal extends Omit<Refusal, 'param'> {
  /** Further elements of the XML body. */
  fields?: Readonly<Record<string, string | undefined>>
  /** Further headers of the answer. */
  headers?: Readonly<Record<string, string>>
}

/** An error as OSS answers it. */
export class OssError extends ApiError {
  readonly fields: Readonly<Record<string, string | undefined>>
  readonly headers: Readonly<Record<string, string>>

  /** `spec` is given of a code that only a test knows. */
  constructor(code: string, { fields = {}, headers = {}, ...refusal }: OssRefusal = {}, spec: ErrorSpec = ossErrors[code as OssCode]) {
    super(code, spec, refusal)
    this.fields = fields
    this.headers = headers
  }
}

/** Ends a request with an error of OSS. */
export function refuseObject(code: OssCode, refusal?: OssRefusal): never {
  throw new OssError(code, refusal)
}

/** Ends a request whose argument `name` is wrong. */
export const refuseArgument = (name: string, value: string | undefined, reason: string, message?: string): never =>
  refuseObject('InvalidArgument', {
    ...(message !== undefined && { message }),
    reason: `${name} ${reason}`,
    fields: { ArgumentName: name, ArgumentValue: value?.slice(0, 200) },
  })
