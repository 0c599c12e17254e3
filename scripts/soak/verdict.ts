/** Whether what the emulator holds has stayed flat: one judgement for each thing that was measured. */

import type { Sample } from './emulator.js'

const MEGABYTE = 1024 * 1024

/** Something that is measured, and how much more of it there may be at the end. */
interface Measure {
  /** For people. */
  what: string
  of: (sample: Sample) => number
  /** Growth that is none: as a share of what there was, and in all. The larger of the two counts. */
  share: number
  least: number
  /** As it is shown. */
  shown: (value: number) => string
}

const megabytes = (value: number): string => `${(value / MEGABYTE).toFixed(1)} MiB`
const count = (value: number): string => String(Math.round(value))
const sum = (resources: Record<string, number>): number => Object.values(resources).reduce((all, each) => all + each, 0)

/** What is measured. */
export const measures: Readonly<Record<string, Measure>> = {
  heap: { what: 'heap', of: ({ heap }) => heap, share: 0.05, least: 2 * MEGABYTE, shown: megabytes },
  external: { what: 'outside of the heap', of: ({ external }) => external, share: 0.1, least: 4 * MEGABYTE, shown: megabytes },
  resident: { what: 'resident memory', of: ({ resident }) => resident, share: 0.15, least: 24 * MEGABYTE, shown: megabytes },
  resources: { what: 'active resources', of: ({ resources }) => sum(resources), share: 0, least: 2, shown: count },
  openFiles: { what: 'open files and sockets', of: ({ openFiles }) => openFiles, share: 0, least: 4, shown: count },
  // The database writes files and merges them when it is time.
  files: { what: 'files in the data folder', of: ({ files }) => files, share: 0.2, least: 6, shown: count },
  stored: { what: 'bytes in the data folder', of: ({ stored }) => stored, share: 0.2, least: 16 * MEGABYTE, shown: megabytes },
}

/** One judgement. */
export interface Judgement {
  what: string
  /** Medians of the first and of the last third of the samples after the warm-up, as they are shown. */
  before: string
  after: string
  /** How much more there might have been. */
  allowed: string
  flat: boolean
}

/** Of the samples, so many from the beginning are warm-up: caches fill, and code is compiled. */
const WARM_UP = 0.25

/** Fewer samples than this, warm-up included, say nothing. */
export const FEWEST = 8

/** Judges what was measured. Throws a `RangeError` if there are too few samples. */
export function judge(samples: readonly Sample[]): Judgement[] {
  if (samples.length < FEWEST) throw new RangeError(`${samples.length} samples say nothing; there must be at least ${FEWEST}`)
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP))
  const third = Math.max(2, Math.floor(warm.length / 3))
  return Object.values(measures).map(({ what, of, share, least, shown }) => {
    const before = median(warm.slice(0, third).map(of))
    const after = median(warm.slice(-third).map(of))
    const allowed = Math.max(least, before * share)
    return { what, before: shown(before), after: shown(after), allowed: shown(allowed), flat: after - before <= allowed }
  })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
