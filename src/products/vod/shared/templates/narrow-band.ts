/** Narrowband HD 1.0: templates whose audio and video parameters are built in (developer guide, transcoding; console guide, transcoding settings). */

import type { narrowBandDefinitions, Template } from './transcode-template.js'

/** Pixels of the width, and kilobits per second of the picture; both at most, so that a smaller source stays as it is. */
const BUILT_IN: Readonly<Record<(typeof narrowBandDefinitions)[number], { width: number; bitrate: number }>> = {
  'LD-NBV1': { width: 640, bitrate: 400 },
  'SD-NBV1': { width: 848, bitrate: 800 },
  'HD-NBV1': { width: 1280, bitrate: 1500 },
  'FHD-NBV1': { width: 1920, bitrate: 3000 },
  '2K-NBV1': { width: 2048, bitrate: 4000 },
  '4K-NBV1': { width: 3840, bitrate: 8000 },
}

const builtInOf = (definition: Template['Definition']) => Object.entries(BUILT_IN).find(([name]) => name === definition)?.[1]

/** The built-in settings of a definition, which count instead of whatever a call gives. */
export const narrowBandSettings = (definition: Template['Definition']): Pick<Template, 'Video' | 'Audio'> => ({
  Video: { Codec: 'H.264', Width: String(builtInOf(definition)?.width) },
  Audio: { Codec: 'AAC' },
})

/** Kilobits per second that are built into a template; `undefined` for one that is no narrowband template. */
export const narrowBandBitrate = ({ Definition }: Pick<Template, 'Definition'>): number | undefined => builtInOf(Definition)?.bitrate

/** How specifications of such streams end. */
export const NARROW_BAND_SUFFIX = '.NarrowBandHDV1'
