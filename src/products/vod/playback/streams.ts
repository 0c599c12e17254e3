/** Which streams of a video GetPlayInfo answers with. */

import type { Stream } from '../shared/media/stream.js'

/** What a caller asks for; what is left out does not matter. */
export interface StreamFilter {
  formats?: readonly string[] | undefined
  definitions?: readonly string[] | undefined
  streamTypes?: readonly string[] | undefined
  encryptType?: 'Unencrypted' | 'AliyunVoDEncryption' | 'HLSEncryption' | undefined
  /** `Multiple`: all streams; `Single`: of each definition and format the newest, and none that only the service's own player can play. */
  resultType: 'Single' | 'Multiple'
  /** True for the service's own player, which plays what only it can. */
  byPlayer: boolean
}

/** The streams that are asked for; `onlyEncrypted` if there would be some, were it not for their encryption. */
export function chooseStreams(streams: readonly Stream[], filter: StreamFilter): { chosen: Stream[]; onlyEncrypted: boolean } {
  const { formats, definitions, streamTypes, encryptType, resultType, byPlayer } = filter
  const matching = streams.filter(
    (stream) =>
      stream.status === 'Normal' &&
      (formats?.includes(stream.format) ?? true) &&
      (definitions?.includes(stream.definition) ?? true) &&
      (streamTypes?.includes(stream.streamType) ?? true) &&
      (encryptType === undefined || (stream.encryptType ?? 'Unencrypted') === encryptType),
  )
  if (resultType === 'Multiple') return { chosen: matching, onlyEncrypted: false }
  const open = matching.filter((stream) => byPlayer || stream.encryptType !== 'AliyunVoDEncryption')
  return { chosen: newest(open), onlyEncrypted: open.length === 0 && matching.length > 0 }
}

/** Of each definition and format the stream that was made last; one with HLS encryption goes before one without. */
function newest(streams: readonly Stream[]): Stream[] {
  const chosen = new Map<string, Stream>()
  for (const stream of streams) {
    const kind = `${stream.definition}.${stream.format}`
    const other = chosen.get(kind)
    if (other === undefined || other.encryptType === undefined || stream.encryptType !== undefined) chosen.set(kind, stream)
  }
  return [...chosen.values()]
}
