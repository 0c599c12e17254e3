/** Jobs, as faults happen to them. */

import { didYouMean } from '../base/nearest.js'
import { type FaultTarget, findNamed, type Named, refuseFault } from '../faults/check.js'
import type { JobKind } from './kind.js'
import { resolveScript } from './script.js'

export const jobTarget: FaultTarget = {
  isMeant: ({ job }) => job !== undefined,
  check({ job: script, ...spec }, { cloud: { jobKinds } }) {
    if (script === undefined) return
    if (spec.service?.pattern === 'oss') refuseFault('service', 'requests to OSS are matched with {"oss": {"operation": …, "error": …}}')
    if (spec.identity !== undefined) refuseFault('identity', 'a job is nobody\'s, but may be known by its parameters: {"when": …}')
    const kinds = findNamed(namedKinds(jobKinds), 'kind of job', spec).map(({ kind }) => kind)
    for (const name of Object.keys(spec.when ?? {})) {
      const known = new Set(kinds.flatMap(({ faultParams = {} }) => Object.keys(faultParams)))
      if (known.has(name.split('.', 1)[0] as string)) continue
      refuseFault(`when.${name}`, `no job that this fault is for is known by such a parameter${didYouMean(name, known)}`)
    }
    const fitted = kinds.map((kind) => resolveScript(kind, script, { custom: spec.custom ?? false }))
    const [first] = fitted
    if (first !== undefined && 'problem' in first && fitted.every((each) => 'problem' in each))
      refuseFault(`job.${first.wrong}`, first.problem)
  },
}

/** The kinds of jobs, with the two halves of their names. */
export const namedKinds = (kinds: ReadonlyMap<string, JobKind>): (Named & { kind: JobKind })[] =>
  [...kinds.values()].map((kind) => {
    const [service = '', name = ''] = kind.name.split('.', 2)
    return { service, name, kind }
  })
