/** What the built-in templates of Narrowband HD 1.0 make. The manual does not say; these are the largest of each definition (VOD manual 17.6). */

import type { Template } from './transcode-template.js'

const WIDTHS: Readonly<Record<string, string>> = {
  'LD-NBV1': '640',
  'SD-NBV1': '720',
  'HD-NBV1': '1280',
  'FHD-NBV1': '1920',
  '2K-NBV1': '2560',
  '4K-NBV1': '3840',
}

/** The built-in settings of a definition, which count instead of whatever a call gives. */
export const narrowBandSettings = (definition: Template['Definition']): Pick<Template, 'Video' | 'Audio'> => ({
  Video: { Codec: 'H.264', Width: WIDTHS[definition] },
  Audio: { Codec: 'AAC' },
})
