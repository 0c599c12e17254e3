/** Edits that change the colours of a picture and leave its shapes. */

import { inSlices } from '../../base/slices.js'
import { type Edit, open } from './draw.js'
import { asRaw } from './picture.js'
import { type Colour, PIXELS_AT_A_TIME, type Picture } from './pixels.js'
import type { SharpLibrary } from './sharp.js'

const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]

const brightness = ([red, green, blue]: Colour): number => 0.299 * red + 0.587 * green + 0.114 * blue

const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

const at = (data: Uint8Array, index: number): number => data[index] as number

/** Turns every hue by so many degrees. */
export const turnHues =
  (degrees: number): Edit =>
  (picture, sharp) =>
    open(picture, sharp).modulate({ hue: Math.round(degrees) })

/** Paints with a palette: its darkest colour in the shadows, its lightest in the lights. `degree` from 0 to 1 is how much of it is seen. */
export const paintWith =
  (palette: readonly Colour[], degree = 1): Edit =>
  async (picture, sharp) => {
    const tones = tonesOf(palette)
    const { channels, data } = picture
    const painted = Uint8Array.from(data)
    const paint = (index: number): void => {
      const tone = tones[Math.round(0.299 * at(data, index) + 0.587 * at(data, index + 1) + 0.114 * at(data, index + 2))] as Colour
      for (let channel = 0; channel < 3; channel++) {
        const value = at(data, index + channel)
        painted[index + channel] = Math.round(value + ((tone[channel] as number) - value) * degree)
      }
    }
    await inSlices(data.length / channels, PIXELS_AT_A_TIME, (from, to) => {
      for (let pixel = from; pixel < to; pixel++) paint(pixel * channels)
    })
    return open({ ...picture, data: painted }, sharp)
  }

/** The colour for each brightness from 0 to 255. */
function tonesOf(palette: readonly Colour[]): Colour[] {
  const sorted = [...palette].sort((a, b) => brightness(a) - brightness(b))
  const stops = [mix(sorted[0] ?? BLACK, BLACK, 0.6), ...sorted, mix(sorted.at(-1) ?? WHITE, WHITE, 0.6)]
  return Array.from({ length: 256 }, (_, tone) => {
    const place = (tone / 255) * (stops.length - 1)
    const stop = Math.min(Math.floor(place), stops.length - 2)
    return mix(stops[stop] as Colour, stops[stop + 1] as Colour, place - stop)
  })
}

/** Gives a picture light and colours of another: mean and spread of each channel. */
export const paintLike =
  (model: Picture, degree = 1): Edit =>
  async (picture, sharp) => {
    const [mine, theirs] = await Promise.all([channelsOf(picture, sharp), channelsOf(model, sharp)])
    const scale = mine.map(({ stdev }, channel) => {
      const wanted = theirs[channel]?.stdev ?? stdev
      return 1 + (Math.min(4, wanted / Math.max(stdev, 1)) - 1) * degree
    })
    const shift = mine.map(({ mean }, channel) => {
      const wanted = mean + ((theirs[channel]?.mean ?? mean) - mean) * degree
      return wanted - mean * (scale[channel] as number)
    })
    const opacity = picture.channels === 4
    return open(picture, sharp).linear(opacity ? [...scale, 1] : scale, opacity ? [...shift, 0] : shift)
  }

const channelsOf = async (picture: Picture, sharp: SharpLibrary) => (await sharp(picture.data, asRaw(picture)).stats()).channels.slice(0, 3)

/** Colours for a picture in black and white: cool shadows, warm skin, light sky. */
export const colourise: Edit = paintWith(
  [
    [38, 56, 84],
    [176, 122, 88],
    [232, 222, 204],
  ],
  0.7,
)

/** Brings out light and colours. `LogC` is flat footage straight from a camera, which needs more of it than `Rec709`. */
export const enhance =
  (mode: 'LogC' | 'Rec709'): Edit =>
  (picture, sharp) => {
    const image = open(picture, sharp)
    return mode === 'LogC' ? image.normalise().modulate({ saturation: 1.2 }) : image.linear(1.06, -6).modulate({ saturation: 1.15 })
  }
