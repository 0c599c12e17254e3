/** Sheets: pictures of one size side by side, in columns and lines, as sprites are. */

import type { Colour, Picture, Size } from './pixels.js'

/** How a sheet is laid out; all lengths in pixels. */
export interface Grid {
  columns: number
  lines: number
  /** Size of each picture. */
  cell: Size
  /** Between two neighbours. */
  padding: number
  /** Around all of them. */
  margin: number
}

/** Pictures that a sheet has room for. */
export const cellsOf = ({ columns, lines }: Grid): number => columns * lines

/** Size of a whole sheet, also of one that is not full. */
export const sheetSize = ({ columns, lines, cell, padding, margin }: Grid): Size => ({
  width: 2 * margin + columns * cell.width + (columns - 1) * padding,
  height: 2 * margin + lines * cell.height + (lines - 1) * padding,
})

/** Where the upper left corner of a picture is, counted from 0, line by line from the left. */
export const cellPosition = ({ columns, cell, padding, margin }: Grid, index: number): { x: number; y: number } => ({
  x: margin + (index % columns) * (cell.width + padding),
  y: margin + Math.floor(index / columns) * (cell.height + padding),
})

/** A sheet that shows a picture, which is as large as a cell, `count` times; the rest is background. */
export function drawSheet({ data: from }: Picture, count: number, grid: Grid, background: Colour): Picture {
  const { width, height } = sheetSize(grid)
  const { columns, cell } = grid
  const data = Buffer.alloc(width * height * 3, Buffer.from(background))
  const offsetOf = (index: number, row: number): number => {
    const { x, y } = cellPosition(grid, index)
    return ((y + row) * width + x) * 3
  }
  const rowBytes = cell.width * 3
  for (let row = 0; row < cell.height; row++)
    for (let index = 0; index < Math.min(count, columns); index++)
      data.set(from.subarray(row * rowBytes, (row + 1) * rowBytes), offsetOf(index, row))
  // The other lines are copies of the first one, as far as they are full.
  for (let first = columns; first < count; first += columns) {
    const last = Math.min(first + columns, count) - 1
    for (let row = 0; row < cell.height; row++)
      data.copyWithin(offsetOf(first, row), offsetOf(0, row), offsetOf(last - first, row) + rowBytes)
  }
  return { width, height, channels: 3, data }
}
