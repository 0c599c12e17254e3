import * as assessment from './assessment.js'
import * as asyncJobResult from './async-job-result.js'
import * as editing from './editing.js'
import * as enhancement from './enhancement.js'
import * as watermark from './watermark.js'

/** Every Action of imageenhan. */
export const imageenhanActions = Object.values({ ...enhancement, ...editing, ...watermark, ...assessment, ...asyncJobResult })
