/** What GetMezzanineInfo says of the streams inside a source file (VOD manual, appendix "VideoStream", "AudioStream"). All of it is text. */

import { z } from 'zod'
import type { MediaFacts } from '../../../../media/probe.js'

const texts = <const Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.string()])) as Record<Name, z.ZodString>)

const common = [
  'Index',
  'CodecName',
  'CodecLongName',
  'CodecTag',
  'CodecTagString',
  'CodecTimeBase',
  'Timebase',
  'StartTime',
  'Duration',
  'NumFrames',
  'Lang',
] as const

export const videoStream = texts([...common, 'Width', 'Height', 'Fps', 'AvgFPS', 'PixFmt', 'HasBFrames', 'Rotate', 'Sar', 'Dar']).extend({
  Profile: z.string().optional(),
  Level: z.string().optional(),
  Bitrate: z.string().optional(),
})

export const audioStream = texts([...common, 'SampleFmt', 'SampleRate', 'Channels', 'ChannelLayout']).extend({
  Bitrate: z.string().optional(),
})

/** Long names and tags of codecs; of others the short name stands for both. */
const CODECS: Readonly<Record<string, { longName: string; tag: string }>> = {
  h264: { longName: 'H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10', tag: 'avc1' },
  hevc: { longName: 'H.265 / HEVC (High Efficiency Video Coding)', tag: 'hev1' },
  aac: { longName: 'AAC (Advanced Audio Coding)', tag: 'mp4a' },
  mp3: { longName: 'MP3 (MPEG audio layer 3)', tag: '.mp3' },
}

const SAMPLES_PER_FRAME = 1024

function codecFields(name: string) {
  const { longName, tag } = CODECS[name] ?? { longName: name, tag: name.slice(0, 4).padEnd(4) }
  // Four characters as one number, the first of them lowest.
  const CodecTag = `0x${Buffer.from(tag, 'latin1').reverse().toString('hex')}`
  return { CodecName: name, CodecLongName: longName, CodecTagString: tag, CodecTag, Lang: 'und', StartTime: '0.000000' }
}

/** The picture's stream, if the file has a picture. */
export function videoStreams({ picture, duration }: MediaFacts): z.input<typeof videoStream>[] {
  if (picture === undefined) return []
  const { codec, profile, level, width, height, fps, bitrate, bitDepth, rotation } = picture
  const rate = String(Math.round(fps * 1000) / 1000)
  return [
    {
      ...codecFields(codec),
      Index: '0',
      Profile: profile,
      Level: level,
      Width: String(width),
      Height: String(height),
      Fps: rate,
      AvgFPS: rate,
      Bitrate: bitrate?.toFixed(3),
      PixFmt: bitDepth > 8 ? `yuv420p${bitDepth}le` : 'yuv420p',
      HasBFrames: '0',
      Rotate: String(rotation),
      Sar: '1:1',
      Dar: ratio(width, height),
      CodecTimeBase: `1/${Math.round(2 * fps)}`,
      Timebase: '0.000000',
      Duration: duration.toFixed(6),
      NumFrames: String(Math.round(duration * fps)),
    },
  ]
}

/** The sound's stream, if the file has any. */
export function audioStreams({ picture, sound, duration }: MediaFacts): z.input<typeof audioStream>[] {
  if (sound === undefined) return []
  const { codec, sampleRate, channels, bitrate } = sound
  return [
    {
      ...codecFields(codec),
      Index: picture ? '1' : '0',
      SampleFmt: 'fltp',
      SampleRate: String(sampleRate),
      Channels: String(channels),
      ChannelLayout: channels === 1 ? 'mono' : 'stereo',
      Bitrate: bitrate?.toFixed(3),
      CodecTimeBase: `1/${sampleRate}`,
      Timebase: '0.000000',
      Duration: duration.toFixed(6),
      NumFrames: String(Math.ceil((duration * sampleRate) / SAMPLES_PER_FRAME)),
    },
  ]
}

/** `16:9` */
function ratio(width: number, height: number): string {
  const divisor = greatestCommon(width, height)
  return `${width / divisor}:${height / divisor}`
}

const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b))
