/**
 * What the bytes of a media file say about it: mediainfo.js for video and audio, image-size for pictures. Both are loaded when first needed.
 */

import type { MediaInfo } from 'mediainfo.js'
import { z } from 'zod'
import { yieldToOthers } from '../base/clock.js'
import { Turn } from '../base/turn.js'
import { readSize } from './images/size.js'

/** A file that can be read in pieces, however large it is. */
export interface Readable {
  /** Bytes. */
  size: number
  /** At most `length` bytes from `offset` on. */
  read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>
}

/** What is known of a video or audio file. */
export const mediaFactsSchema = z.object({
  /** Seconds. */
  duration: z.number(),
  /** The picture, unless the file is audio only. */
  picture: z
    .object({
      /** As players name it: `h264`. */
      codec: z.string(),
      profile: z.string().optional(),
      level: z.string().optional(),
      /** Pixels, as shown: a video that is to be turned by 90 degrees has its sides exchanged. */
      width: z.int(),
      height: z.int(),
      /** Frames per second. */
      fps: z.number(),
      /** Kilobits per second. */
      bitrate: z.number().optional(),
      bitDepth: z.int(),
      /** Degrees. */
      rotation: z.number(),
    })
    .optional(),
  /** The sound, if there is any. */
  sound: z
    .object({
      codec: z.string(),
      /** Hertz. */
      sampleRate: z.int(),
      channels: z.int(),
      /** Kilobits per second. */
      bitrate: z.number().optional(),
    })
    .optional(),
})

/** See {@link mediaFactsSchema}. */
export type MediaFacts = z.output<typeof mediaFactsSchema>

/** A prober that has not made sense of a file after so many bytes will not. The index of a film of hours fits; what it reads, it holds. */
const MAX_BYTES = 8 * 1024 * 1024

/** Headers of pictures are within their first bytes; the exceptions are large embedded previews. */
const PICTURE_BYTES = 256 * 1024

/** Bytes of a file whose facts are found out at once, whatever is in it. */
const SMALL = 1024 * 1024

/** One instance of a WebAssembly module, which can do one thing at a time. */
class Prober {
  readonly #turn = new Turn()
  #module: MediaInfo<'object'> | undefined

  /** It reads so many bytes at a time. */
  constructor(private readonly chunkSize: number) {}

  /** `most`: bytes that are read at most. */
  probe({ size, read }: Readable, most: number): Promise<MediaFacts | undefined> {
    return this.#turn.take(async () => {
      let taken = 0
      try {
        this.#module ??= await (await import('mediainfo.js')).default({ format: 'object', chunkSize: this.chunkSize })
        const { media } = await this.#module.analyzeData(size, async (length, offset) => {
          taken += length
          if (taken > most) throw new RangeError('The file takes too much reading.')
          // Making sense of a piece takes a while, and others wait, too.
          if (taken > length) await yieldToOthers()
          return read(offset, length)
        })
        return factsOf((media?.track ?? []) as readonly Track[])
      } catch {
        // Whatever went wrong inside the module, the next file starts with a fresh one.
        this.#module?.close()
        this.#module = undefined
        return undefined
      }
    })
  }
}

/**
 * Bytes that a prober reads at a time. Of larger pieces, a few megabytes of MXF that is none take it half a minute; and of a small MPEG-TS file that comes
 * in one piece, the picture is not seen.
 */
const CHUNK = { small: 16 * 1024, large: 64 * 1024 }

// Small files do not wait for large ones.
const [small, large] = [new Prober(CHUNK.small), new Prober(CHUNK.large)]

/** True for a file that may take a second to be read: all others take no time worth mentioning. */
export const takesLong = ({ size }: Pick<Readable, 'size'>): boolean => size > SMALL

/** Facts of a video or audio file, or `undefined` if its bytes are not understood. */
export const probeMedia = (file: Readable): Promise<MediaFacts | undefined> =>
  takesLong(file) ? large.probe(file, MAX_BYTES) : small.probe(file, SMALL)

/** The same in no time worth mentioning: `undefined` also if it takes more reading than that of a small file. */
export const probeQuickly = (file: Readable): Promise<MediaFacts | undefined> => small.probe(file, SMALL)

/** Width and height of a picture in pixels, or `undefined` if its bytes are not understood. */
export async function probePicture({ size, read }: Readable): Promise<{ width: number; height: number } | undefined> {
  return (await readSize(await read(0, Math.min(size, PICTURE_BYTES))))?.size
}

/** The fields of mediainfo's tracks that are read here. */
interface Track {
  '@type': string
  Format?: string
  Format_Profile?: string
  Format_Level?: string
  Duration?: number
  BitRate?: number
  Width?: number
  Height?: number
  FrameRate?: number
  BitDepth?: number
  Rotation?: string
  SamplingRate?: number
  Channels?: number
}

/** How players name the codecs that mediainfo names otherwise. */
const CODECS: Readonly<Record<string, string>> = { AVC: 'h264', HEVC: 'hevc', 'MPEG Audio': 'mp3' }

const codecOf = (format: string): string => CODECS[format] ?? format.toLowerCase().replaceAll(' ', '')

function factsOf(tracks: readonly Track[]): MediaFacts | undefined {
  const [general, video, audio] = ['General', 'Video', 'Audio'].map((type) => tracks.find((track) => track['@type'] === type))
  const duration = general?.Duration ?? video?.Duration ?? audio?.Duration
  if (duration === undefined || (video === undefined && audio === undefined)) return undefined
  return {
    duration,
    ...(video?.Width !== undefined && video.Height !== undefined && { picture: pictureOf(video, video.Width, video.Height) }),
    ...(audio && {
      sound: {
        codec: codecOf(audio.Format ?? 'unknown'),
        sampleRate: Math.round(audio.SamplingRate ?? 44_100),
        channels: audio.Channels ?? 2,
        ...(audio.BitRate !== undefined && { bitrate: audio.BitRate / 1000 }),
      },
    }),
  }
}

function pictureOf(
  { Format, Format_Profile, Format_Level, FrameRate, BitRate, BitDepth, Rotation }: Track,
  width: number,
  height: number,
): NonNullable<MediaFacts['picture']> {
  const rotation = Number(Rotation ?? 0)
  const upright = rotation % 180 === 90
  return {
    codec: codecOf(Format ?? 'unknown'),
    ...(Format_Profile !== undefined && { profile: Format_Profile }),
    ...(Format_Level !== undefined && { level: String(Format_Level) }),
    width: upright ? height : width,
    height: upright ? width : height,
    fps: FrameRate ?? 25,
    ...(BitRate !== undefined && { bitrate: BitRate / 1000 }),
    bitDepth: BitDepth ?? 8,
    rotation,
  }
}
