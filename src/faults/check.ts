/** Refuses a fault that can never happen: a test that sets it waits for something that does not come. */

import type { Account } from '../account/types.js'
import type { ErrorTable } from '../base/errors.js'
import { didYouMean } from '../base/nearest.js'
import { toIso } from '../base/times.js'
import type { FaultSpec, ReplyEffect } from './fault.js'

/** Something that faults happen to: calls, jobs, callbacks, requests to OSS. Whoever serves it defines it, and asks which faults it meets. */
export interface FaultTarget {
  /** True if a fault is for this. */
  isMeant: (spec: FaultSpec) => boolean
  /** Throws a `RangeError` that says why a fault can never happen to this. */
  check: (spec: FaultSpec, account: Account) => void
}

/** Throws a `RangeError` that says why a fault can never happen in an account; with `again`, its time may have passed. */
export function checkFault(spec: FaultSpec, account: Account, again = false): void {
  checkTimes(spec, account, again)
  if (spec.custom && !hasCode(spec)) refuseFault('custom', 'is for an error code, and this fault has none')
  account.cloud.faultTargets.find(({ isMeant }) => isMeant(spec))?.check(spec, account)
}

const hasCode = ({ error, loseReply, job, oss }: FaultSpec): boolean =>
  error !== undefined ||
  typeof loseReply?.see === 'object' ||
  oss?.error !== undefined ||
  typeof oss?.loseReply?.see === 'object' ||
  (job !== undefined && ('fail' in job || 'exhaust' in job))

/** Refuses a fault: where in it the problem is, and what it is. */
export function refuseFault(where: string, problem: string): never {
  throw new RangeError(`${where}: ${problem}`)
}

function checkTimes({ between: { from, until } = {} }: FaultSpec, { clock }: Account, again: boolean): void {
  if (until === undefined) return
  if (from !== undefined && from >= until) refuseFault('between', 'ends before it begins')
  if (!again && until <= clock.now()) refuseFault('between', `is over; the account's clock stands at ${toIso(clock.now())}`)
}

/** What faults name by a service and a name in it. */
export interface Named {
  service: string
  name: string
}

/** What of `all` a fault is for; refuses one that is for none. `hint`: what may have been meant by a name that there is not. */
export function findNamed<T extends Named>(all: readonly T[], what: string, { service, action }: FaultSpec, hint = ''): T[] {
  const services = new Set(all.map((each) => each.service))
  const ofService = all.filter((each) => service === undefined || service.test(each.service))
  if (ofService.length === 0) refuseFault('service', `there is no service ${service}${didYouMean(service?.pattern ?? '', services)}`)
  const found = ofService.filter(({ name }) => action === undefined || action.test(name))
  if (found.length > 0) return found
  const of = service === undefined ? '' : ` of ${service}`
  const names = ofService.map(({ name }) => name)
  return refuseFault('action', `there is no ${what} ${action}${of}${hint || didYouMean(action?.pattern ?? '', names)}`)
}

/** Refuses an error that none of these tables documents. `at`: where in the fault the effect stands; `whose`: what has the tables. */
export function checkReply(at: string, effect: ReplyEffect, custom: true | undefined, tables: readonly ErrorTable[], whose: string): void {
  const { error, loseReply } = effect
  const see = loseReply?.see
  for (const [name, given] of [
    ['error', error],
    ['loseReply.see.error', typeof see === 'object' ? see.error : undefined],
  ] as const) {
    if (given === undefined) continue
    const where = at + name
    if (custom) {
      if (given.status === undefined || given.message === undefined)
        refuseFault(where, `a custom error has a status and a message: {"code": "${given.code}", "status": 400, "message": "…"}`)
      continue
    }
    if (tables.some((table) => Object.hasOwn(table, given.code))) continue
    const known = new Set(tables.flatMap((table) => Object.keys(table)))
    refuseFault(where, `no ${whose} documents ${given.code}${didYouMean(given.code, known)} (an undocumented one takes "custom": true)`)
  }
}
