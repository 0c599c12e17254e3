/** The names that EventTypeList may hold beside ALL (developer guide, event notification; the last one is of newer editions of it). */
export const eventSwitches = [
  'FileUploadComplete',
  'ImageUploadComplete',
  'AttachedMediaUploadComplete',
  'UploadByURLComplete',
  'VideoAnalysisComplete',
  'StreamTranscodeComplete',
  'TranscodeComplete',
  'SnapshotComplete',
  'DynamicImageComplete',
  'AddLiveRecordVideoComplete',
  'LiveRecordVideoComposeStart',
  'ProduceMediaComplete',
  'CreateAuditComplete',
  'DeleteMediaComplete',
  'MediaBaseChangeComplete',
  'AIComplete',
  'WorkflowTaskComplete',
] as const

/** See {@link eventSwitches}. */
export type EventSwitch = (typeof eventSwitches)[number]
