/** Calls, as faults happen to them. */

import type { Action } from '../actions/action.js'
import { didYouMean } from '../base/nearest.js'
import { checkReply, type FaultTarget, findNamed, refuseFault } from '../faults/check.js'
import { namedKinds } from '../jobs/fault-target.js'

/** Whatever is for nothing else is for calls. */
export const callTarget: FaultTarget = {
  isMeant: () => true,
  check(spec, { cloud: { catalogue, jobKinds } }) {
    if (spec.service?.pattern === 'oss') refuseFault('service', 'requests to OSS are matched with {"oss": {"operation": …, "error": …}}')
    const all = catalogue.actions.map((action) => ({ service: action.service.name, name: action.name, action }))
    const kind = namedKinds(jobKinds).find(
      ({ service, name }) => (spec.service?.pattern ?? service) === service && spec.action?.pattern === name,
    )
    const hint = kind && '; there are jobs of this name, to which other things happen: {"job": …}'
    const actions = findNamed(all, 'Action', spec, hint).map(({ action }) => action)
    for (const name of Object.keys(spec.when ?? {})) {
      if (actions.some((action) => takes(action, name))) continue
      const known = new Set(actions.flatMap(({ input }) => Object.keys(input)))
      refuseFault(`when.${name}`, `no Action that this fault is for has such a parameter${didYouMean(name, known)}`)
    }
    const tables = actions.map(({ errors }) => errors)
    checkReply('', spec, spec.custom, tables, 'Action that this fault is for')
  },
}

/** Parameters of a structure are named by its own name, then a number or a field: `UserData`, `Tag.1`. */
const takes = ({ input }: Action, name: string): boolean => Object.hasOwn(input, name.split('.', 1)[0] as string)
