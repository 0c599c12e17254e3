/** Narrowband HD 1.0: what comes of templates whose audio and video parameters are built in (developer guide, transcoding). */

import type { Template } from '../templates/template-group.js'

/** Kilobits per second of the picture, at most. */
const BITRATES: { readonly [Mark in Template['Definition']]?: number } = {
  'LD-NBV1': 400,
  'SD-NBV1': 800,
  'HD-NBV1': 1500,
  'FHD-NBV1': 3000,
  '2K-NBV1': 4000,
  '4K-NBV1': 8000,
}

/** Kilobits per second that are built into a template; `undefined` for one that is no narrowband template. */
export const narrowBandBitrate = ({ Definition }: Pick<Template, 'Definition'>): number | undefined => BITRATES[Definition]

/** How specifications of such streams end. */
export const NARROW_BAND_SUFFIX = '.NarrowBandHDV1'
