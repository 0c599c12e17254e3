/** The picture of what is transcoded: its size, and the class that this is (VOD manual 17.7, "Specification"). */

import type { Template } from '../templates/template-group.js'

/** Pixels. */
export interface Size {
  width: number
  height: number
}

/** True if a size is larger than another on one side or the other. */
export const exceeds = (size: Size, limit: Size): boolean => size.width > limit.width || size.height > limit.height

/** A picture that is turned by so many degrees; lying down it has its sides exchanged. */
export const turned = ({ width, height }: Size, degrees: number): Size =>
  degrees % 180 === 90 ? { width: height, height: width } : { width, height }

/**
 * The size that a template asks for, of a picture of this size; before it is turned. With one side given the other follows in proportion; with none the
 * size stays. Unless told otherwise, width is the long side.
 */
export function sizeOf({ Video: { Width, Height, LongShortMode } }: Template, { width, height }: Size): Size {
  const upright = LongShortMode !== 'false' && height > width
  const [from, across] = upright ? [height, width] : [width, height]
  const [first, second] = [Width, Height].map((side) => (side === undefined ? undefined : Number(side)))
  const newFrom = first ?? (second === undefined ? from : even((second * from) / across))
  const newAcross = second ?? (first === undefined ? across : even((first * across) / from))
  return upright ? { width: newAcross, height: newFrom } : { width: newFrom, height: newAcross }
}

/** Encoders work with sides of even length. */
const even = (side: number): number => Math.max(2, 2 * Math.round(side / 2))

/** The largest long and short side of each class, and kilobits per second that are advised for it (developer guide, recommended templates). */
const CLASSES = [
  { name: 'LD', long: 640, short: 480, bitrate: 400 },
  { name: 'SD', long: 1280, short: 720, bitrate: 1500 },
  { name: 'HD', long: 1920, short: 1080, bitrate: 3000 },
  { name: '2K', long: 2560, short: 1440, bitrate: 3500 },
] as const

/** What is larger still. */
const LARGEST = { name: '4K', bitrate: 6000 } as const

/** The class of a size: where either side is too long for one, it is of the next. */
export function classOf({ width, height }: Size): { name: string; bitrate: number } {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  return CLASSES.find((each) => long <= each.long && short <= each.short) ?? LARGEST
}
