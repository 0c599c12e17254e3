/** Data folders and large files. */

import type { Figure } from '../figure.js'
import { type Kept, measureKept } from '../kept.js'
import { measureUploads, type Upload } from '../upload.js'

const stored = (what: string, { without, with: withFolder }: Kept): Figure => ({
  what: `${what}, without / with a data folder`,
  values: [without, withFolder],
  unit: 'µs',
})

/** What it costs to keep everything. */
export async function dataFolderFigures(): Promise<Figure[]> {
  const { call, callOfMany, put } = await measureKept()
  return [
    stored('signed call, one at a time', call),
    stored('signed call, of 16 at a time', callOfMany),
    stored('object of 1,000 bytes put, one at a time', put),
  ]
}

const transfer = (what: string, { rate, idle, peak }: Upload): Figure[] => [
  { what: `${what}, speed`, values: [rate], unit: 'MB/s' },
  { what: `${what}, memory beyond idle`, values: [peak - idle], unit: 'MB', aim: 'at most 100 MB' },
]

/** A gibibyte, in one piece, in parts, and back. */
export async function uploadFigures(): Promise<Figure[]> {
  const { put, parts, download } = await measureUploads()
  return [...transfer('1 GiB put', put), ...transfer('1 GiB in parts', parts), ...transfer('1 GiB download', download)]
}
