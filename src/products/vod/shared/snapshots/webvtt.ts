/** WebVTT files that say which picture is shown at which time: what players show above their progress bar. */

import { yieldToOthers } from '../../../../base/clock.js'
import { cellPosition, cellsOf, type Grid } from '../../../../media/images/sheet.js'

/** What the cues of a file refer to. */
export interface Cues {
  /** Milliseconds at which each snapshot was taken. */
  times: readonly number[]
  /** Milliseconds of the video; the last cue ends there. */
  duration: number
  /** Name of file `number`, from 1, in the same folder. */
  nameOf: (number: number) => string
  /** How many snapshots share a file; without it, each has its own. */
  grid?: Grid | undefined
}

/** After so many cues, others get their turn. */
const AT_ONCE = 500

/** The bytes of a WebVTT file. */
export async function webVtt({ times, duration, nameOf, grid }: Cues): Promise<Uint8Array> {
  const pieces = [Buffer.from('WEBVTT\n')]
  for (let first = 0; first < times.length; first += AT_ONCE) {
    const cues = times.slice(first, first + AT_ONCE).map((time, offset) => cue(time, first + offset))
    pieces.push(Buffer.from(cues.join('')))
    await yieldToOthers()
  }
  return Buffer.concat(pieces)

  function cue(time: number, index: number): string {
    const end = times[index + 1] ?? Math.max(duration, time + 1)
    return `\n${timestamp(time)} --> ${timestamp(end)}\n${target(index)}\n`
  }

  function target(index: number): string {
    if (grid === undefined) return nameOf(index + 1)
    const cells = cellsOf(grid)
    const { x, y } = cellPosition(grid, index % cells)
    return `${nameOf(Math.floor(index / cells) + 1)}#xywh=${x},${y},${grid.cell.width},${grid.cell.height}`
  }
}

/** `00:00:05.000` */
function timestamp(milliseconds: number): string {
  const whole = Math.round(milliseconds)
  const part = (value: number, digits = 2): string => String(value).padStart(digits, '0')
  const seconds = Math.floor(whole / 1000)
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}.${part(whole % 1000, 3)}`
}
