/**
 * How well an image, or a part of it, is composed: by where its interesting places are. A crop is good if it holds most of them and
 * has their centre near a third of its width and height.
 */

import { open } from './draw.js'
import type { Picture, Size } from './pixels.js'
import type { Area } from './reshape.js'
import { loadSharp } from './sharp.js'

/** Cells of the interest map per side. */
const CELLS = 48

/** How interesting the cells of an image are, row by row, as sums over all cells above and to the left: any box is four look-ups. */
export interface InterestMap {
  readonly weight: Float64Array
  readonly weightX: Float64Array
  readonly weightY: Float64Array
}

/** Where a picture is busy: the differences of brightness between neighbouring cells. `undefined` without sharp. */
export async function interestOf(picture: Picture): Promise<InterestMap | undefined> {
  const sharp = await loadSharp()
  if (sharp === undefined) return undefined
  const side = CELLS + 1
  const grey = open(picture, sharp).removeAlpha().greyscale().resize(side, side, { fit: 'fill' })
  const cells = await grey.toColourspace('b-w').raw().toBuffer()
  const at = (x: number, y: number): number => cells[y * side + x] as number
  return sumUp((x, y) => Math.abs(at(x + 1, y) - at(x, y)) + Math.abs(at(x, y + 1) - at(x, y)))
}

/** An image with one subject, for which nothing is known of the picture; `x` and `y` from 0 to 1 say where it is. */
export function assumedInterest({ x, y }: { x: number; y: number }): InterestMap {
  const near = (cell: number, centre: number): number => ((cell + 0.5) / CELLS - centre) ** 2
  return sumUp((column, row) => Math.exp(-18 * (near(column, x) + near(row, y))))
}

function sumUp(interestAt: (x: number, y: number) => number): InterestMap {
  const side = CELLS + 1
  const weight = new Float64Array(side * side)
  const weightX = new Float64Array(side * side)
  const weightY = new Float64Array(side * side)
  for (let y = 0; y < CELLS; y++) {
    for (let x = 0; x < CELLS; x++) {
      const interest = interestAt(x, y)
      const here = (y + 1) * side + x + 1
      for (const [sums, value] of [
        [weight, interest],
        [weightX, interest * (x + 0.5)],
        [weightY, interest * (y + 0.5)],
      ] as const)
        sums[here] = value + (sums[here - 1] as number) + (sums[here - side] as number) - (sums[here - side - 1] as number)
    }
  }
  return { weight, weightX, weightY }
}

/** A crop of an image, in pixels. */
export interface Crop {
  area: Area
  /** 0 to 5. */
  score: number
}

/** The score from 0 to 5 of an image as it is. */
export const scoreWhole = (map: InterestMap): number => scoreCells(map, 0, 0, CELLS, CELLS)

/** Sides of the crops that are tried, as cells. */
const SIDES = [48, 42, 36, 30, 24]

/** The best crops of an image, best first, no two alike; the whole of it is none. */
export function bestCrops(map: InterestMap, { width, height }: Size, count: number): Crop[] {
  const crops = new Map<string, Crop>()
  for (const columns of SIDES) {
    for (const rows of SIDES) {
      if (columns === CELLS && rows === CELLS) continue
      for (let x = 0; x + columns <= CELLS; x += 3) {
        for (let y = 0; y + rows <= CELLS; y += 3) {
          const left = Math.round((x / CELLS) * width)
          const top = Math.round((y / CELLS) * height)
          const area = {
            left,
            top,
            width: Math.round(((x + columns) / CELLS) * width) - left,
            height: Math.round(((y + rows) / CELLS) * height) - top,
          }
          crops.set(Object.values(area).join(), { area, score: scoreCells(map, x, y, columns, rows) })
        }
      }
    }
  }
  return [...crops.values()].sort((a, b) => b.score - a.score).slice(0, count)
}

function scoreCells({ weight, weightX, weightY }: InterestMap, x: number, y: number, columns: number, rows: number): number {
  const side = CELLS + 1
  const inside = (sums: Float64Array): number => {
    const at = (column: number, row: number): number => sums[row * side + column] as number
    return at(x + columns, y + rows) - at(x, y + rows) - at(x + columns, y) + at(x, y)
  }
  const all = weight.at(-1) as number
  const held = inside(weight)
  // Nothing to see: no crop is better than another but by what it leaves out.
  if (all < 1e-6 || held < 1e-6) return rounded((columns * rows) / CELLS ** 2)
  const thirds =
    1 - Math.hypot(toThird((inside(weightX) / held - x) / columns), toThird((inside(weightY) / held - y) / rows)) / Math.hypot(1 / 3, 1 / 3)
  return rounded(5 * (0.5 * thirds + 0.4 * (held / all) + (0.1 * columns * rows) / CELLS ** 2))
}

/** How far a place between 0 and 1 is from the nearer of the two thirds. */
const toThird = (place: number): number => Math.min(Math.abs(place - 1 / 3), Math.abs(place - 2 / 3))

const rounded = (score: number): number => Math.round(score * 1e7) / 1e7
