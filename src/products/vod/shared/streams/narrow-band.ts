/** Narrowband HD 1.0: templates whose audio and video parameters are built in (developer guide, transcoding). */

import type { Template } from '../templates/template-group.js'

/** Pixels of the long side, and kilobits per second at most. */
const BUILT_IN: { readonly [Mark in Template['Definition']]?: { width: number; bitrate: number } } = {
  'LD-NBV1': { width: 640, bitrate: 400 },
  'SD-NBV1': { width: 848, bitrate: 800 },
  'HD-NBV1': { width: 1280, bitrate: 1500 },
  'FHD-NBV1': { width: 1920, bitrate: 3000 },
  '2K-NBV1': { width: 2048, bitrate: 4000 },
  '4K-NBV1': { width: 3840, bitrate: 8000 },
}

/** What is built into a template; `undefined` for one that is no narrowband template. */
export const narrowBandOf = ({ Definition }: Pick<Template, 'Definition'>): { width: number; bitrate: number } | undefined =>
  BUILT_IN[Definition]

/** How specifications of such streams end. */
export const NARROW_BAND_SUFFIX = '.NarrowBandHDV1'
