/**
 * Byte ranges as OSS reads them, which is not as RFC 9110 has it: of several ranges only the first counts, and a range that does not lie
 * within the object is as good as none, unless the request says `x-oss-range-behavior: standard`.
 */

import { refuseObject } from './errors.js'

/** From `start` to before `end`. */
export interface Range {
  start: number
  end: number
}

/** The range that a header asks for, of an object of `size` bytes; `undefined` if all of it is to be sent. */
export function readRange(header: string | undefined, size: number, standard = false): Range | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)(?:,.*)?$/.exec(header?.replace(/\s/g, '') ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const start = first === '' ? size - Number(last) : Number(first)
  const end = first === '' || last === '' ? size : Number(last) + 1
  if (start >= 0 && start < end && end <= size) return { start, end }
  const backwards = first !== '' && last !== '' && end <= start
  if (!standard || backwards) return undefined
  const within: Range = { start: Math.max(start, 0), end: Math.min(end, size) }
  if (within.start < within.end) return within
  return refuseObject('InvalidRange', {
    reason: `the object has ${size} bytes, and ${header} is not within them`,
    fields: { ActualObjectSize: String(size), RangeHeader: header?.slice(0, 100) },
    headers: { 'content-range': `bytes */${size}` },
  })
}
