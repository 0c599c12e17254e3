/** What tags can be made of, by where a video is stored (VOD manual 11.2.1). */

import type { Video } from '../../shared/media/video.js'
import { storageAt } from '../../shared/storage/settings.js'
import { analyseTypes } from './ai-job.js'

type AnalyseType = (typeof analyseTypes)[number]

/** Nothing anywhere else. */
const ANALYSES: Readonly<Record<string, readonly AnalyseType[]>> = { 'cn-shanghai': analyseTypes, 'cn-beijing': ['Face'] }

/** Region of a video, and what tags can be made of there. */
export function whereStored({ storageLocation }: Pick<Video, 'storageLocation'>): { region: string; analyses: readonly AnalyseType[] } {
  const { region } = storageAt(storageLocation, true)
  return { region, analyses: ANALYSES[region] ?? [] }
}
