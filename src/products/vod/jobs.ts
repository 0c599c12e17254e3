/** The jobs that process media: what starts them is a file that has arrived. */

import type { JobKind } from '../../jobs/kind.js'
import { analysis } from './shared/lifecycle/analysis.js'
import { covers } from './shared/lifecycle/snapshots.js'
import { transcoding } from './shared/lifecycle/transcoding.js'

/** Every kind of job that processes media. */
export const mediaJobs: readonly JobKind[] = [analysis, transcoding, covers]
