/** Which snapshots are taken of a video, how large they are, and how they are put together. */

import type { JobError } from '../../../../jobs/job.js'
import type { Size } from '../../../../media/images/pixels.js'
import { cellsOf, type Grid, sheetSize } from '../../../../media/images/sheet.js'
import type { MediaFacts } from '../../../../media/probe.js'
import { MAX_COPIES } from '../../../../oss/object.js'
import type { SnapshotTemplateConfig, SpriteSnapshotConfig } from '../templates/snapshot-config.js'

/** One job takes no more: their numbers have five digits. */
export const MAX_SNAPSHOTS = MAX_COPIES

/** JPEG files have no longer sides. */
const MAX_SHEET_SIDE = 65_535

/** Larger sprites take seconds to be written, and nobody can open them. */
const MAX_SHEET_PIXELS = 16_384 ** 2

/** Sides that snapshots may have, in pixels. */
const SIDE = { min: 8, max: 4096 } as const

/** What a job takes. */
export interface Layout {
  /** Milliseconds from the start of the video, in order; at least one. */
  times: number[]
  /** Of each snapshot. */
  size: Size
  /** How they are put together, if they are. */
  sheets?: { grid: Grid; background: string; count: number }
  /** Whether they are kept themselves, too. */
  keepsPictures: boolean
}

/** What a job takes of a video of so many seconds with such a picture, or why it cannot. */
export function layoutOf(
  { SnapshotType, SnapshotConfig: config }: SnapshotTemplateConfig,
  { duration, picture }: MediaFacts & { picture: Size },
): Layout | JobError {
  const times = snapshotTimes(config, duration * 1000)
  if (times.length === 0)
    return invalid('SpecifiedOffsetTime', `is ${config.SpecifiedOffsetTime} ms, and the video has ${duration * 1000} ms`)
  const size = sizeOf(config, picture)
  const isTiled = SnapshotType === 'SpriteSnapshot' || (SnapshotType === 'WebVttSnapshot' && config.SubOut?.IsSptFrag === 'true')
  const { SpriteSnapshotConfig: sprite = {} } = config
  if (!isTiled) return { times, size, keepsPictures: true }
  const grid = gridOf(sprite, size)
  const { width, height } = sheetSize(grid)
  if (Math.max(width, height) > MAX_SHEET_SIDE)
    return invalid('SpriteSnapshotConfig', `makes sprites of ${width} x ${height} pixels, and JPEG has room for ${MAX_SHEET_SIDE}`)
  if (width * height > MAX_SHEET_PIXELS)
    return invalid('SpriteSnapshotConfig', `makes sprites of ${width} x ${height} pixels, and at most ${MAX_SHEET_PIXELS} in all are made`)
  const sheets = { grid, background: sprite.Color ?? 'Black', count: Math.ceil(times.length / cellsOf(grid)) }
  return { times, size, sheets, keepsPictures: SnapshotType === 'SpriteSnapshot' && sprite.KeepCellPic !== 'delete' }
}

const invalid = (param: string, why: string): JobError => ({
  code: 'InvalidParameter',
  message: `The specified parameter "${param}" is not valid.`,
  reason: `${param} ${why}`,
})

/** When snapshots are taken: Count of them, unless the video has fewer at this interval. Without an interval they are spread over what is left of it. */
export function snapshotTimes(
  {
    Count,
    Interval,
    SpecifiedOffsetTime: start,
  }: Pick<SnapshotTemplateConfig['SnapshotConfig'], 'Count' | 'Interval' | 'SpecifiedOffsetTime'>,
  duration: number,
): number[] {
  // Of a video of no length there is still the first picture.
  const left = Math.max(duration, 1) - start
  const most = Math.min(Count, MAX_SNAPSHOTS)
  const count = Interval === 0 ? (left > 0 ? most : 0) : Math.min(most, Math.ceil(left / (Interval * 1000)))
  const step = Interval === 0 ? left / count : Interval * 1000
  return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step)
}

/** With one side given the other follows in proportion; without any, the source's size stays. */
function sizeOf({ Width, Height }: { Width?: number | undefined; Height?: number | undefined }, { width, height }: Size): Size {
  const scale =
    Width !== undefined ? Width / width : Height !== undefined ? Height / height : Math.min(1, SIDE.max / Math.max(width, height))
  const within = (side: number): number => Math.min(SIDE.max, Math.max(SIDE.min, Math.round(side)))
  return { width: within(Width ?? width * scale), height: within(Height ?? height * scale) }
}

const gridOf = (
  { CellWidth, CellHeight, Columns = '10', Lines = '10', Padding = '0', Margin = '0' }: SpriteSnapshotConfig,
  { width, height }: Size,
): Grid => ({
  columns: Number(Columns),
  lines: Number(Lines),
  cell: { width: Number(CellWidth ?? width), height: Number(CellHeight ?? height) },
  padding: Number(Padding),
  margin: Number(Margin),
})
