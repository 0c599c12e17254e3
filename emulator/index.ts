/** What `vod-viapi-emulator/emulator` exports. */

export { compare } from './compare/compare.js'
export type { CompareOptions, Comparison, FieldDifference, NotCompared } from './compare/comparison.js'
export type { DifferenceKind } from './compare/differ.js'
export { formatComparison } from './compare/report.js'
export type { Logger } from './http/logger.js'
export { type ControlCall, type Recorder, type RecordOptions, record } from './record/recorder.js'
export { RecordingError } from './record/recording-error.js'
export { type Difference, type ReplayOptions, type ReplayReport, type Replied, replay } from './replay/replay.js'
export { formatReport } from './replay/report.js'
export { type Emulator, type EmulatorOptions, startEmulator } from './start.js'
export { DataFolderError } from './store/data-folder-error.js'
