/** Jobs that fall due in large numbers. */

import type { Figure } from '../figure.js'
import { measureTranscoding } from '../transcoding.js'

/** Transcoding jobs, in line and at once. */
export async function jobFigures(quick: boolean): Promise<Figure[]> {
  const { inLine, atOnce, ofOneVideo, longestWait } = await measureTranscoding(quick ? 1 : 3)
  return [
    { what: '1,000 transcoding jobs, ten at a time', values: [inLine], unit: 'ms', aim: 'at most 1,000 ms' },
    { what: '1,000 transcoding jobs of one video at once', values: [ofOneVideo], unit: 'ms', aim: 'at most 1,000 ms' },
    { what: '10,000 transcoding jobs at once', values: [atOnce], unit: 'ms', aim: 'at most 1,000 ms' },
    { what: 'another account meanwhile, the longest answer', values: [longestWait], unit: 'ms', aim: 'at most 50 ms' },
  ]
}
