/** Errors that nobody can have asked for: the one place where the server tells of them. */

import type { Cloud } from '../../src/index.js'

/** Told of an error, and of what was being done. */
export type Report = (error: unknown, about: string) => void

/** Tells who is told of the cloud's bugs of each error once, however many see it. */
export function reportTo(cloud: Pick<Cloud, 'onBug'>): Report {
  const told = new WeakSet<object>()
  return (error, about) => {
    if (typeof error === 'object' && error !== null) {
      if (told.has(error)) return
      told.add(error)
    }
    cloud.onBug(error, about)
  }
}
