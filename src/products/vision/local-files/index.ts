import { authorizeFileUpload } from './authorize-file-upload.js'
import { getOssStsToken } from './get-oss-sts-token.js'

/** The Actions of the services that clients ask where to put local files, by the service's name. */
export const localFileActions = { openplatform: [authorizeFileUpload], viapiutils: [getOssStsToken] }
