/** The catalogue beside what was written down apart from it: every difference, by Action and by what it is about. */

import type { Action } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { Difference } from './difference.js'
import { comparedWithManual } from './manual.js'
import { comparedWithWire } from './wire.js'

/** All differences between the Actions and the facts about them, in the order of the Actions. `only`: which are compared; default: all. */
export function compare(actions: readonly Action[], facts: Facts, only = actions): Difference[] {
  const missing = [...facts.manual.keys()]
    .filter((id) => !actions.some((action) => action.id === id))
    .map((action): Difference => ({ action, source: 'manual', what: 'action', said: true }))
  return [...missing, ...only.flatMap((action) => [...comparedWithManual(action, facts), ...comparedWithWire(action, facts)])]
}
