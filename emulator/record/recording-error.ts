/** A file that is no recording, or none that this version reads. */
export class RecordingError extends Error {}
