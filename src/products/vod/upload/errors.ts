/** Errors of several upload Actions, as the manual has them for CreateUploadVideo (5.1). The others refuse the same for the same reasons, but most have no table of their own. */

import type { ErrorTable } from '../../../base/errors.js'

export const wordErrors = {
  IllegalCharacters: { status: 400, message: 'The specified {param} contains illegal emoticon or special characters.' },
  LengthExceededMax: { status: 400, message: 'The specified {param} length has exceeded {max} bytes.' },
  TagsExceededMax: { status: 400, message: 'The specified Tags count has exceeded 16.' },
} as const satisfies ErrorTable

export const storageErrors = {
  'InvalidStorage.NotFound': { status: 404, message: 'The StorageLocation does not exist.' },
} as const satisfies ErrorTable

export const processingErrors = {
  'InvalidTemplateGroupId.NotFound': { status: 404, message: 'The TemplateGroupId does not exist.' },
} as const satisfies ErrorTable
