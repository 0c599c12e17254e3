/** Assets: what is known about the files that callers refer to by URL. */

import { z } from 'zod'
import { findingsSchema } from './findings.js'

/** What can be wrong with a file that only who opens it would notice. */
export const defects = [
  'cannot be downloaded',
  'cannot be decoded',
  'is empty',
  'shows something else',
  'is unsafe',
  'never finishes',
  'fails every time',
] as const

/** A year: longer than any file that a service takes, and short enough to be written out. */
const MAX_SECONDS = 366 * 86_400

const MAX_PIXELS_A_SIDE = 1_000_000

/** Characters of a URL. */
const MAX_URL = 8192

export const assetSchema = z.strictObject({
  /** URL under which calls refer to it; query and fragment do not count. */
  url: z.url({ protocol: /^https?$/ }).max(MAX_URL),
  /** Container or image format, such as MP4. Default: the extension of the URL. */
  format: z
    .string()
    .regex(/^[A-Za-z0-9]{1,10}$/)
    .transform((format) => format.toUpperCase())
    .optional(),
  /** Size in bytes. */
  bytes: z.int().min(0).optional(),
  /** Pixels. */
  width: z.int().min(1).max(MAX_PIXELS_A_SIDE).optional(),
  /** Pixels. */
  height: z.int().min(1).max(MAX_PIXELS_A_SIDE).optional(),
  /** Seconds. */
  duration: z.number().min(0).max(MAX_SECONDS).optional(),
  /** Number of frames. */
  frames: z
    .int()
    .min(0)
    .max(MAX_SECONDS * 1000)
    .optional(),
  /** Channels of an image: 1 for grey, 3 for RGB, 4 for RGBA. Default: 3. */
  channels: z.int().min(1).max(5).optional(),
  /** Whether an image shows a person. Default: no. */
  person: z.boolean().optional(),
  /**
   * Path of a file on the emulator's machine with its bytes, relative to where the emulator was started. It is read when a call needs it,
   * and counts more than what else is declared here.
   */
  file: z.string().min(1).max(4096).optional(),
  /** Region of the bucket that holds it. Default: as the host of the URL says. */
  region: z.string().min(1).max(64).optional(),
  /** What is wrong with it. */
  defect: z.enum(defects).optional(),
  /** What an automated review finds in it. Default: nothing, unless it `is unsafe`. */
  findings: findingsSchema.optional(),
})

/** A file as a test declares it. */
export type AssetInput = z.input<typeof assetSchema>

/** A file that a test has declared. */
export type Asset = z.output<typeof assetSchema>

/** What is known of a file, whatever its URL. */
export type AssetFacts = Omit<Asset, 'url'>

/** The part of a URL by which an asset is found. */
export function assetKey(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
