/** The magic inputs worth knowing and what comes of them: docs/faults.md shows these tables, and a test tries every row. */

import type { FileName } from '../../src/assets/magic-files.js'
import type { CloudDefinition } from '../../src/cloud/definition.js'
import { type OssCode, ossErrors } from '../../src/oss/errors.js'
import { table, withGenerated } from './page.js'
import type { Words } from './words/words.js'

/** Codes for access keys that many tests want. Every other code that an Action has works as well. */
export const usefulCodes = [
  'Throttling.User',
  'ServiceUnavailable',
  'InternalError',
  'SignatureDoesNotMatch',
  'InvalidTimeStamp.Expired',
  'InvalidAccessKeyId.NotFound',
  'InvalidAccessKeyId.Inactive',
  'InvalidSecurityToken.Expired',
  'OperationDenied.Suspended',
  'Forbidden',
  'InvalidApi.NotPurchase',
  'AuthFailed',
  'Timeout',
  'InternalServerError',
  'InternalServerError.Busy',
  'AccessDenied',
  'SecurityTokenExpired',
  'RequestTimeTooSkewed',
] as const

/** Codes for names of objects that many tests want. Every other code of OSS works as well. */
export const usefulObjectCodes = [
  'AccessDenied',
  'NoSuchKey',
  'InternalError',
  'RequestTimeout',
  'EntityTooLarge',
  'QuotaExceeded',
] as const satisfies OssCode[]

/** What comes of a file, by who opens it: an error code, or nothing if it does no harm there. */
export interface FileOutcome {
  /** MakeSuperResolutionImage of imageenhan. */
  image: string
  /** SuperResolveVideo of videoenhan: of the call, or of its job. */
  video: string
  /** UploadMediaByURL: of its job, or of the analysis or the transcoding that follows. */
  pull?: string
  /** CreateUploadVideo with this FileName: of the analysis or the transcoding. */
  upload?: string
}

const BAD_CONTENT = 'InvalidParameter.ResourceContentBad'

/** By what stands between `emulator-` and the extension. */
export const fileOutcomes: Readonly<Record<FileName, FileOutcome>> = {
  'cannot-be-downloaded': { image: 'InvalidImage.Download', video: 'InvalidFile.Download', pull: 'URLInvalidError' },
  'cannot-be-decoded': { image: 'InvalidImage.Content', video: 'InvalidFile.Decode', pull: BAD_CONTENT, upload: BAD_CONTENT },
  'is-empty': { image: 'InvalidImage.Content', video: 'InvalidFile.Content', pull: BAD_CONTENT, upload: BAD_CONTENT },
  'shows-something-else': { image: 'InvalidImage.Content', video: 'InvalidFile.Category', pull: BAD_CONTENT, upload: BAD_CONTENT },
  'is-unsafe': { image: 'InvalidImage.Unsafe', video: 'InvalidFile.Unsafe', pull: 'URLInvalidError' },
  'never-finishes': { image: 'Timeout', video: 'InternalServerError.Algo', pull: 'URLInvalidError', upload: BAD_CONTENT },
  'fails-every-time': { image: 'InternalServerError', video: 'InternalServerError.Algo', pull: 'TranscodeFail', upload: 'TranscodeFail' },
  'is-too-large': { image: 'InvalidParameter.TooLarge', video: 'InvalidFile.Content' },
  'has-too-few-pixels': { image: 'InvalidImage.Resolution', video: 'InvalidFile.Resolution' },
  'has-too-many-pixels': { image: 'InvalidImage.Resolution', video: 'InvalidFile.Resolution' },
  'is-in-another-region': { image: 'InvalidImage.Region', video: 'InvalidFile.Region' },
}

/** Puts the tables into the page, in place of those that it has. */
export function magicMarkdown(page: string, { catalogue: { services } }: CloudDefinition, { magic }: Words): string {
  const status = (errors: Readonly<Record<string, { status: number }>> | undefined, code: string): string =>
    String(errors && Object.hasOwn(errors, code) ? errors[code]?.status : '')
  const keys = usefulCodes.map((code) => {
    const of = ['vod', 'imageenhan', 'videoenhan'].map((service) => status(services.get(service)?.errors, code))
    return [`\`testAccessKeyId.${code}\``, ...of, status(ossErrors, code)]
  })
  const shown = (code: string | undefined): string => (code === undefined ? '' : `\`${code}\``)
  const files = Object.entries(fileOutcomes).map(([name, { image, video, pull, upload }]) => {
    return [`\`emulator-${name}.mp4\``, ...[image, video, pull, upload].map(shown)]
  })
  const objects = usefulObjectCodes.map((code) => [`\`emulator-${code}.bin\``, status(ossErrors, code)])
  const tables: [name: string, lines: string[]][] = [
    ['magic keys', table(magic.keys, keys)],
    ['magic files', table(magic.files, files)],
    ['magic objects', table(magic.objects, objects)],
  ]
  return tables.reduce((written, [name, lines]) => withGenerated(written, name, lines), page)
}
