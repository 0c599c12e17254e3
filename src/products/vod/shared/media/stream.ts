/** Streams: what of a video or audio can be played. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fileSchema } from './file.js'

/** Containers of streams. */
export const streamFormats = ['mp4', 'm3u8', 'mp3', 'flv', 'mpd', 'webm'] as const

/** Definitions as the playback Actions name them, smallest first. */
export const definitions = ['FD', 'LD', 'SD', 'HD', 'OD', '2K', '4K', 'SQ', 'HQ', 'AUTO'] as const

export const streamSchema = z.object({
  /** Id of the job that made it, which is the stream's own. */
  jobId: z.string(),
  definition: z.enum(definitions),
  format: z.enum(streamFormats),
  streamType: z.enum(['video', 'audio']),
  status: z.enum(['Normal', 'Invisible']),
  /** `Original`, `H264.LD`, … */
  specification: z.string(),
  file: fileSchema,
  /** Further files that belong to it: what a playlist lists. */
  segments: z.array(fileSchema).optional(),
  /** Bytes. */
  size: z.number(),
  /** Seconds. */
  duration: z.number(),
  /** Kilobits per second. */
  bitrate: z.number(),
  /** Pixels; of a picture only, as the frames per second and bits per colour. */
  width: z.int().optional(),
  height: z.int().optional(),
  fps: z.number().optional(),
  bitDepth: z.int().optional(),
  encryptType: z.enum(['AliyunVoDEncryption', 'HLSEncryption']).optional(),
  watermarkId: z.string().optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link streamSchema}. */
export type Stream = z.output<typeof streamSchema>
