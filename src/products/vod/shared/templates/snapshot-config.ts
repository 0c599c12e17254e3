/** What snapshots are to be like (VOD manual 17, "SnapshotTemplateConfig", "SpriteSnapshotConfig"). */

import type { z } from 'zod'
import { colors } from './colors.js'
import { choice, flag, numeral, structure, wholeNumber } from './structure.js'

export const snapshotTypes = ['NormalSnapshot', 'SpriteSnapshot', 'WebVttSnapshot'] as const

const cells = () => numeral({ min: 1, max: 10_000, whole: true }).optional()

const margin = () => numeral({ min: 0, max: 4096, whole: true }).optional()

const cellSide = () => numeral({ min: 1, max: 4096, whole: true }).optional()

/** How snapshots are put together into one picture. Of a template, all but CellWidth and CellHeight are mandatory. */
export const spriteSnapshotConfig = structure(() => ({
  /** Pixels; default: those of the snapshots. */
  CellWidth: cellSide(),
  CellHeight: cellSide(),
  /** Pixels inside and outside of a snapshot; default: 0. */
  Padding: margin(),
  Margin: margin(),
  /** Of the background; default: Black. */
  Color: choice(colors, { anyCase: true }).optional(),
  /** Default: 10. */
  Columns: cells(),
  Lines: cells(),
  /** Whether the snapshots themselves are kept, too; default: keep. */
  KeepCellPic: choice(['keep', 'delete']).optional(),
}))

/** See {@link spriteSnapshotConfig}. */
export type SpriteSnapshotConfig = z.output<typeof spriteSnapshotConfig>

const pixels = () => wholeNumber({ min: 8, max: 4096 }).optional()

/** Which pictures of a video are taken. */
export const snapshotConfig = structure(() => ({
  /** `intra`: key frames only. The manual has it mandatory and leaves it out of its examples; default here: normal. */
  FrameType: choice(['intra', 'normal']).optional(),
  /** How many, at most. */
  Count: wholeNumber({ min: 1 }),
  /** Seconds between two; 0 spreads them over the whole video. */
  Interval: wholeNumber({ min: 0 }),
  /** Milliseconds from the start to the first one. */
  SpecifiedOffsetTime: wholeNumber({ min: 0 }),
  /** Default: the source's, as Height. */
  Width: pixels(),
  Height: pixels(),
  SpriteSnapshotConfig: spriteSnapshotConfig.optional(),
  /** Has an effect on WebVTT only, as SubOut. */
  Format: choice(['vtt']).optional(),
  /** True: they are put together in sprites. */
  SubOut: structure(() => ({ IsSptFrag: flag() })).optional(),
}))

export const snapshotTemplateConfig = structure(() => ({ SnapshotType: choice(snapshotTypes), SnapshotConfig: snapshotConfig }))

/** See {@link snapshotTemplateConfig}. */
export type SnapshotTemplateConfig = z.output<typeof snapshotTemplateConfig>
