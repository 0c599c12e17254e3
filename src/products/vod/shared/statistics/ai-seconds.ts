/** How many seconds of videos were looked at by AI: fingerprints, tags, reviews. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { storageAt } from '../storage/settings.js'

/** The meter of these seconds, by `region` and `type`. */
export const AI_SECONDS = 'vod.ai'

/** What they are counted by, as the service writes it: reviews, fingerprints, tags. */
export const aiTypes = ['AIVideoCensor', 'AIVideoFPShot', 'AIVideoTag'] as const

/** Counts a job that has succeeded: the length of its video, to the next full second. */
export const countAISeconds = ({ usage }: Account, { storageLocation, facts }: Video, type: (typeof aiTypes)[number]): void =>
  usage.meters.count(AI_SECONDS, { region: storageAt(storageLocation, true).region, type }, Math.ceil(facts?.duration ?? 0))
