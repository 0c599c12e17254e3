/** The image library sharp: an optional dependency, loaded when the first picture is looked at. */

import type { Sharp } from 'sharp'

export type { Sharp }

/** The library's one function, which begins a pipeline. */
export type SharpLibrary = typeof import('sharp')['default']

let library: Promise<SharpLibrary | undefined> | undefined

/** The library, or `undefined` where it is not installed: pictures are then neither looked at nor worked on. */
export function loadSharp(): Promise<SharpLibrary | undefined> {
  library ??= import('sharp').then(
    (module) => module.default,
    () => undefined,
  )
  return library
}
