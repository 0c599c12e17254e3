/** The source file of a video, as snapshots and animated images need it: there, whole, and with a picture. */

import type { Account } from '../../../../account/types.js'
import type { JobError } from '../../../../jobs/job.js'
import type { MediaFacts } from '../../../../media/probe.js'
import { objectOf } from '../media/files.js'
import type { Video } from '../media/video.js'
import { examine } from './examine.js'

const GONE: JobError = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

const NO_PICTURE: JobError = {
  code: 'InvalidParameter.ResourceContentBad',
  message: 'The resource operated InputFile is bad',
  reason: 'the file has no picture',
}

/** What is known of a file with a picture. */
export type PictureFacts = MediaFacts & { picture: NonNullable<MediaFacts['picture']> }

/** The facts of a source file with a picture, or why nothing can be made of it. */
export async function sourcePicture(account: Account, video: Video): Promise<{ facts: PictureFacts } | { failed: JobError }> {
  const source = objectOf(account, video.file)
  if (source === undefined) return { failed: GONE }
  if (video.damage) return { failed: video.damage }
  // The analysis may take longer than what is to be made.
  const facts = video.facts ?? (await examine(account, video, source))
  return facts.picture ? { facts: { ...facts, picture: facts.picture } } : { failed: NO_PICTURE }
}
