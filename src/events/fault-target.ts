/** Event notifications, as faults happen to them. */

import { didYouMean } from '../base/nearest.js'
import { type FaultTarget, refuseFault } from '../faults/check.js'
import { matches } from '../faults/fault.js'
import { fieldNames } from './definition.js'

export const callbackTarget: FaultTarget = {
  isMeant: ({ callback }) => callback !== undefined,
  check({ when = {}, service, action, identity }, { cloud: { eventTypes } }) {
    for (const [name, value] of Object.entries({ service, action, identity }))
      if (value !== undefined) refuseFault(name, 'a callback is matched by the fields of its event: {"when": {"EventType": …}}')
    const { EventType: wanted, ...fields } = when
    const types = [...eventTypes.values()].filter(({ type }) => wanted === undefined || matches(wanted, type))
    if (types.length === 0) refuseFault('when.EventType', `there is no event ${wanted}${didYouMean(String(wanted), eventTypes.keys())}`)
    const known = new Set(types.flatMap(fieldNames))
    for (const name of Object.keys(fields))
      if (!known.has(name)) refuseFault(`when.${name}`, `no event that this fault is for has such a field${didYouMean(name, known)}`)
  },
}
