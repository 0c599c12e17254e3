/** What RecolorImage and RecolorHDImage share: three ways to choose the colours, and the parameters that go with each. */

import type { z } from 'zod'
import type { Edit } from '../../../media/images/draw.js'
import type { Colour } from '../../../media/images/pixels.js'
import { paintLike, paintWith, turnHues } from '../../../media/images/recolour.js'
import { paramType, Violated } from '../../../params/param-type.js'
import { integer, oneOf } from '../../../params/scalars.js'
import { repeatedObject } from '../../../params/structures.js'
import type { BrokenRule } from '../common/async.js'
import { type Image, imageUrl } from './images.js'
import { colourOf, fakerFor } from './store.js'

/** Most colours of a palette. */
const MAX_COLOURS = 7

const COLOUR = /^#?([0-9A-Fa-f]{6})$/

/**
 * A colour, `0A0B0C`. The manual calls the form ARGB but shows six digits only, and once a `#` before them. `listed`: also several colours
 * in brackets, `[3F6A6B,0A0A6F]`, as the example of RecolorHDImage has it.
 */
const colours = ({ listed }: { listed: boolean }): z.ZodType<string[], string> =>
  paramType({ type: 'String' }, (value) => {
    const inside = listed ? /^\[(.*)\]$/.exec(value)?.[1] : undefined
    const parts = (inside?.split(',', MAX_COLOURS + 1) ?? [value]).map((part) => COLOUR.exec(part.trim())?.[1]?.toUpperCase())
    return parts.includes(undefined)
      ? new Violated('value', `is not a colour of six hexadecimal digits${listed ? ', nor a list of them in brackets' : ''}`)
      : (parts as string[])
  })

/** The parameters that choose the colours. */
export const colourInput = (options: { listed: boolean }) => ({
  Mode: oneOf(['AUTO', 'TEMPLATE', 'REF_PIC']).default('AUTO'),
  RefUrl: imageUrl().optional(),
  ColorCount: integer({ min: 1, max: 8 }).default(1),
  ColorTemplate: repeatedObject({ Color: colours(options) }, { minItems: 1, maxItems: MAX_COLOURS }).optional(),
})

/** What {@link colourInput} reads. */
export interface ColourChoice {
  Mode: 'AUTO' | 'TEMPLATE' | 'REF_PIC'
  RefUrl?: string | undefined
  ColorCount: number
  ColorTemplate?: { Color: string[] }[] | undefined
}

/** Mode says which of the other three parameters counts; the others may be given all the same, as the manual's examples do. */
export function checkChoice({ Mode, RefUrl, ColorTemplate = [] }: ColourChoice): BrokenRule | undefined {
  if (Mode === 'REF_PIC' && RefUrl === undefined) return { param: 'RefUrl', violation: 'missing', reason: 'is needed with Mode=REF_PIC' }
  if (Mode !== 'TEMPLATE') return undefined
  const count = ColorTemplate.flatMap(({ Color }) => Color).length
  if (count === 0) return { param: 'ColorTemplate', violation: 'missing', reason: 'is needed with Mode=TEMPLATE' }
  if (count > MAX_COLOURS)
    return { param: 'ColorTemplate', violation: 'value', reason: `has ${count} colours, and at most ${MAX_COLOURS} are allowed` }
  return undefined
}

/** One of the colourings that a choice leads to: how it is made, and what stands for it where there are no pixels. */
export interface Colouring {
  edit: Edit
  colour: Colour
}

/** An image as far as its colours are taken over. */
type Model = Pick<Image, 'url' | 'picture'>

/** The colourings that a choice leads to: ColorCount of them with Mode=AUTO, else one. `degree` from 0 to 1 is how strong they are. */
export function colouringsOf(
  { Mode, ColorCount, ColorTemplate = [] }: ColourChoice,
  url: string,
  model: Model | undefined,
  degree: number,
): Colouring[] {
  if (Mode === 'REF_PIC' && model) return [{ edit: coloursOf(model, degree), colour: colourOf(model) }]
  if (Mode === 'TEMPLATE') {
    const palette = ColorTemplate.flatMap(({ Color }) => Color.map(readColour))
    return [{ edit: paintWith(palette, degree), colour: palette[0] as Colour }]
  }
  // As far apart on the colour wheel as they can be, and from the original.
  return Array.from({ length: ColorCount }, (_, index) => ({
    edit: turnHues(((index + 1) / (ColorCount + 1)) * 360 * degree),
    colour: colourOf({ url }, index + 1),
  }))
}

/** Takes over the colours of an image; of one without pixels, some that are always the same for it. */
export const coloursOf = (model: Model, degree = 1): Edit =>
  model.picture ? paintLike(model.picture, degree) : turnHues(fakerFor(model).number.int({ min: 30, max: 330 }) * degree)

const readColour = (digits: string): Colour => [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Colour
