/** From a live stream to its recordings. */

import type { MediaFacts } from '../../../media/probe.js'
import type { LiveRecording } from '../shared/media/live-recording.js'
import type { LiveStream } from './input.js'

/** A live stream that has been recorded, with nothing left open: what a job works on. */
export interface RecordedStream
  extends Omit<LiveStream, 'startTime' | 'period' | 'storageLocation' | 'templateGroupId' | 'composeTemplateGroupId'> {
  /** Milliseconds since 1970 on the account's clock. */
  startedAt: number
  /** Milliseconds of a recording. */
  period: number
  storageLocation: string
  playlistId: string
  templateGroupId?: string
  composeTemplateGroupId?: string
}

/** The recordings of a stream: one per period, and what is left of it. */
export function recordingsOf(stream: RecordedStream): LiveRecording[] {
  const { startedAt, duration, period } = stream
  const endedAt = startedAt + duration
  return Array.from({ length: Math.ceil(duration / period) }, (_, index) => {
    const from = startedAt + index * period
    return recording(stream, from, Math.min(from + period, endedAt), false)
  })
}

/** What all recordings of a stream are put together to. */
export const wholeOf = (stream: RecordedStream): LiveRecording =>
  recording(stream, stream.startedAt, stream.startedAt + stream.duration, true)

function recording(
  { domainName, appName, streamName, playlistId }: RecordedStream,
  startedAt: number,
  endedAt: number,
  composed: boolean,
): LiveRecording {
  return { domainName, appName, streamName, playlistId, composed, startedAt, endedAt }
}

/** What the file of a recording is. */
export const factsOf = ({ width, height }: RecordedStream, { startedAt, endedAt }: LiveRecording): MediaFacts => ({
  duration: (endedAt - startedAt) / 1000,
  picture: { codec: 'h264', width, height, fps: 25, bitDepth: 8, rotation: 0 },
  sound: { codec: 'aac', sampleRate: 44_100, channels: 2 },
})
