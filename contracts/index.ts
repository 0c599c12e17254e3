/** The public face of the contracts: `vod-viapi-emulator/contracts`. */

export type { ProviderState } from '../src/product/provider-state.js'
export type { Message, Pact } from './format/pact.js'
export { VerifyError } from './format/verify-error.js'
export { eventPactsOf, objectPact, pactsOf, renderPact } from './generate/pacts.js'
export { type LeftOut, type RecordedPact, type RecordOptions, recordPact } from './record/record.js'
export { vocabularyOf } from './states/index.js'
export { formatReport, type InteractionReport, type VerificationReport } from './verify/report.js'
export { type VerifyOptions, verifyPacts } from './verify/verify.js'
