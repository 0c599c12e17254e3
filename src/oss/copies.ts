/**
 * Objects that one record stands for. What a service makes in many pieces of the same bytes, as the segments of a stream, is stored once: the record is
 * that of the first, which is called `x-00001.ts`, and says how many there are. Whatever their number, they cost what one costs, and go with the first.
 */

import type { StoredObject } from './object.js'

/** `x-00042.ts`, taken apart. */
const NUMBERED = /-(\d{5})(\.[A-Za-z0-9]{1,10})$/

/** Digits of the number. */
const DIGITS = 5

/** Name of the object with this number, from the name of the first, `x-00001.ts`. */
export const copyName = (first: string, number: number): string => first.replace(NUMBERED, `-${String(number).padStart(DIGITS, '0')}$2`)

/** The number in the name of an object, and the name of the first of its kind; `undefined` if it has none. */
export function readCopyName(key: string): { first: string; number: number } | undefined {
  const number = NUMBERED.exec(key)?.[1]
  return number === undefined ? undefined : { first: copyName(key, 1), number: Number(number) }
}

/** The first of several, and which of them comes next. */
interface Run {
  first: StoredObject
  number: number
  key: string
}

/**
 * All objects, with those that a record stands for in their places; `rows` and what comes out are in the order of their names. An object with a row of
 * its own goes before a copy of this name. Left out are copies that a list does not show: they come before `from`, have not the `prefix`, or lie in a
 * folder, which `delimiter` ends after the prefix, and of which the first is there already.
 */
export function* withCopies(
  rows: readonly StoredObject[],
  { from, prefix, delimiter }: { from: string; prefix: string; delimiter: string },
): Generator<StoredObject> {
  const begin = (first: StoredObject): Run | undefined => {
    const stem = first.key.replace(NUMBERED, '')
    const matches = stem.startsWith(prefix) || prefix.startsWith(stem)
    const inFolder = delimiter !== '' && stem.includes(delimiter, prefix.length)
    return matches && !inFolder ? beginRun(first, from) : undefined
  }
  const runs: Run[] = []
  let next = 0
  for (;;) {
    const row = rows[next]
    const run = runs.reduce<Run | undefined>((least, each) => (least === undefined || each.key < least.key ? each : least), undefined)
    if (row !== undefined && (run === undefined || row.key <= run.key)) {
      next++
      yield row
      const begun = row.copies === undefined ? undefined : begin(row)
      if (begun) runs.push(begun)
      if (run?.key === row.key) step(runs, run, prefix, delimiter)
    } else if (run !== undefined) {
      yield { ...run.first, key: run.key }
      step(runs, run, prefix, delimiter)
    } else return
  }
}

/** The copies of an object that come at or after `from`, unless there are none. */
function beginRun(first: StoredObject, from: string): Run | undefined {
  const { key, copies = 1 } = first
  if (copies === 1 || copyName(key, copies) < from) return undefined
  const passed = readCopyName(from)
  const number = Math.max(2, passed?.first === key ? passed.number : 2)
  return { first, number, key: copyName(key, number) }
}

/** The next one of a run, which ends with its last: of those in a folder, only one is needed. */
function step(runs: Run[], run: Run, prefix: string, delimiter: string): void {
  const end = delimiter === '' ? -1 : run.key.indexOf(delimiter, prefix.length)
  const shared = end < 0 ? DIGITS : end + delimiter.length - run.key.search(NUMBERED) - 1
  // So many numbers begin with the digits that the folder has.
  const alike = 10 ** (DIGITS - Math.max(0, Math.min(shared, DIGITS)))
  run.number = (Math.floor(run.number / alike) + 1) * alike
  run.key = copyName(run.first.key, run.number)
  if (run.number > (run.first.copies ?? 1)) runs.splice(runs.indexOf(run), 1)
}
