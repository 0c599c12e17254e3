import * as asyncJobResult from './async-job-result.js'
import * as editing from './editing.js'
import * as enhancement from './enhancement.js'
import * as generation from './generation.js'
import * as summaries from './summaries.js'

/** Every Action of videoenhan. */
export const videoenhanActions = Object.values({ ...summaries, ...editing, ...enhancement, ...generation, ...asyncJobResult })
