/** How jobs are marked. */

import type { JobInfo } from '../../lib/timeline.js'
import type { Tone } from '../../parts/text.js'

/** How a job is doing. */
export const toneOf = ({ ending, held }: JobInfo): Tone =>
  ending === undefined ? (held ? 'warn' : 'accent') : ending === 'succeeded' ? 'good' : 'bad'
