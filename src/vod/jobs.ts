/** The jobs that process media: what starts them is a file that has arrived. */

import type { JobKind } from '../jobs/kind.js'
import { analysis } from './life/analysis.js'
import { covers } from './life/snapshots.js'
import { transcoding } from './life/transcoding.js'

/** Every kind of job that processes media. */
export const mediaJobs: readonly JobKind[] = [analysis, transcoding, covers]
