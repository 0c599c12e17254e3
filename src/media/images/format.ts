/** Image formats that are written. */

/** Formats of results. */
export type OutputFormat = 'png' | 'jpg' | 'bmp'

/** Media types of results. */
export const MEDIA_TYPES: Readonly<Record<OutputFormat, string>> = { png: 'image/png', jpg: 'image/jpeg', bmp: 'image/bmp' }
