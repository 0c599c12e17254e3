/** Records and lists, however many there are. */

import type { Figure } from '../figure.js'
import { measureMedia } from '../media.js'
import { measurePlays } from '../plays.js'
import { measureRecords } from '../records.js'
import { measureSearch } from '../search.js'

/** Single records, of 100, 10,000 and 100,000. */
export async function recordFigures(): Promise<Figure[]> {
  const { page, ...records } = measureRecords()
  return [
    ...Object.entries(records).flatMap(([operation, { microseconds, ratio }]): Figure[] => [
      { what: `record ${operation}, of 100 / 10,000 / 100,000`, values: microseconds, unit: 'µs' },
      { what: `record ${operation}, the slowest against 100`, values: [ratio], unit: '', aim: 'at most 3' },
    ]),
    { what: 'ten of 50,000 records, newest first', values: [page.newest], unit: 'ms', aim: 'at most 20 ms' },
    { what: 'ten of 50,000 records, sorted by a time', values: [page.sorted], unit: 'ms', aim: 'at most 20 ms' },
  ]
}

const lists = (what: string, measured: Record<string, number[]>): Figure[] =>
  Object.entries(measured).map(([name, values]) => ({
    what: `${what} ${name}`,
    values,
    unit: 'ms',
    aim: `of 100,000 at most ${name.endsWith('all of them)') ? 100 : 20} ms`,
  }))

/** Lists of 100, 10,000 and 100,000 videos. */
export const mediaFigures = async (): Promise<Figure[]> => lists('videos', await measureMedia())

/** Searches among as many. */
export const searchFigures = async (): Promise<Figure[]> => lists('search', await measureSearch())

/** A million plays. */
export async function playFigures(): Promise<Figure[]> {
  const { play, memory, queries } = await measurePlays()
  return [
    { what: 'a million plays, each', values: [play], unit: 'µs' },
    { what: 'a million plays, memory', values: [memory], unit: 'MB' },
    ...Object.entries(queries).map(([what, value]): Figure => ({ what, values: [value], unit: 'ms', aim: 'at most 20 ms' })),
  ]
}
