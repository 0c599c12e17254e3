/** Refuses a fault that can never happen: a test that sets it waits for something that does not come. */

import type { Account } from '../account/account.js'
import type { Action } from '../actions/action.js'
import { toIso } from '../base/clock.js'
import type { ErrorTable } from '../base/errors.js'
import { didYouMean } from '../base/nearest.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { type EventType, eventTypes, fieldNames } from '../events/types.js'
import type { JobKind } from '../jobs/kind.js'
import { fitScript } from '../jobs/script.js'
import { ossErrors } from '../oss/errors.js'
import { operationNames } from '../oss/operations/index.js'
import type { FaultSpec, JobScript, ReplyEffect } from './fault.js'
import { patternOf } from './pattern.js'

/** Throws a `RangeError` that says why a fault can never happen in an account; with `again`, its time may have passed. */
export function checkFault(spec: FaultSpec, account: Account, again = false): void {
  checkTimes(spec, account, again)
  if (spec.custom && !hasCode(spec)) refuse('custom', 'is for an error code, and this fault has none')
  if (spec.oss !== undefined) checkObjects(spec, spec.oss)
  else if (spec.callback !== undefined) checkCallbacks(spec)
  else if (spec.job !== undefined) checkJobs(spec, spec.job, account)
  else checkCalls(spec, account)
}

const hasCode = ({ error, loseReply, job, oss }: FaultSpec): boolean =>
  error !== undefined ||
  typeof loseReply?.see === 'object' ||
  oss?.error !== undefined ||
  typeof oss?.loseReply?.see === 'object' ||
  (job !== undefined && ('fail' in job || 'exhaust' in job))

function refuse(where: string, problem: string): never {
  throw new RangeError(`${where}: ${problem}`)
}

function checkTimes({ between: { from, until } = {} }: FaultSpec, { clock }: Account, again: boolean): void {
  if (until === undefined) return
  if (from !== undefined && from >= until) refuse('between', 'ends before it begins')
  if (!again && until <= clock.now()) refuse('between', `is over; the account's clock stands at ${toIso(clock.now())}`)
}

/** What faults on calls and on jobs name in common. */
interface Named {
  service: string
  name: string
}

/** `hint`: what may have been meant by an Action that there is not. */
function named<T extends Named>(all: readonly T[], what: string, { service, action }: FaultSpec, hint = ''): T[] {
  if (service === 'oss') refuse('service', 'requests to OSS are matched with {"oss": {"operation": …, "error": …}}')
  const services = new Set(all.map((each) => each.service))
  const ofService = all.filter((each) => service === undefined || patternOf(service).test(each.service))
  if (ofService.length === 0) refuse('service', `there is no service ${service}${didYouMean(service ?? '', services)}`)
  const found = ofService.filter(({ name }) => action === undefined || patternOf(action).test(name))
  if (found.length > 0) return found
  const of = service === undefined ? '' : ` of ${service}`
  const names = ofService.map(({ name }) => name)
  return refuse('action', `there is no ${what} ${action}${of}${hint || didYouMean(action ?? '', names)}`)
}

function checkCalls(spec: FaultSpec, { place: { catalogue } }: Account): void {
  const all = catalogue.actions.map((action) => ({ service: action.service.name, name: action.name, action }))
  const kind = kindsOf(catalogue).find(({ service, name }) => (spec.service ?? service) === service && spec.action === name)
  const hint = kind && '; there are jobs of this name, to which other things happen: {"job": …}'
  const actions = named(all, 'Action', spec, hint).map(({ action }) => action)
  for (const name of Object.keys(spec.when ?? {})) {
    if (actions.some((action) => takes(action, name))) continue
    const known = new Set(actions.flatMap(({ input }) => Object.keys(input)))
    refuse(`when.${name}`, `no Action that this fault is for has such a parameter${didYouMean(name, known)}`)
  }
  const tables = actions.map(({ errors }) => errors)
  checkReply('', spec, spec.custom, tables, 'Action that this fault is for')
}

/** Parameters of a structure are named by its own name, then a number or a field: `UserData`, `Tag.1`. */
const takes = ({ input }: Action, name: string): boolean => Object.hasOwn(input, name.split('.', 1)[0] as string)

function checkReply(at: string, effect: ReplyEffect, custom: true | undefined, tables: readonly ErrorTable[], whose: string): void {
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
        refuse(where, `a custom error has a status and a message: {"code": "${given.code}", "status": 400, "message": "…"}`)
      continue
    }
    if (tables.some((table) => Object.hasOwn(table, given.code))) continue
    const known = new Set(tables.flatMap((table) => Object.keys(table)))
    refuse(where, `no ${whose} documents ${given.code}${didYouMean(given.code, known)} (an undocumented one takes "custom": true)`)
  }
}

const kindsOf = ({ jobKinds }: Catalogue): (Named & { kind: JobKind })[] =>
  [...jobKinds.values()].map((kind) => {
    const [service = '', name = ''] = kind.name.split('.', 2)
    return { service, name, kind }
  })

function checkJobs(spec: FaultSpec, script: JobScript, { place: { catalogue } }: Account): void {
  if (spec.identity !== undefined) refuse('identity', 'a job is nobody\'s, but may be known by its parameters: {"when": …}')
  const kinds = named(kindsOf(catalogue), 'kind of job', spec).map(({ kind }) => kind)
  for (const name of Object.keys(spec.when ?? {})) {
    const known = new Set(kinds.flatMap(({ about = {} }) => Object.keys(about)))
    if (known.has(name.split('.', 1)[0] as string)) continue
    refuse(`when.${name}`, `no job that this fault is for is known by such a parameter${didYouMean(name, known)}`)
  }
  const fitted = kinds.map((kind) => fitScript(kind, script, { custom: spec.custom ?? false }))
  const [first] = fitted
  if (first !== undefined && 'problem' in first && fitted.every((each) => 'problem' in each)) refuse(`job.${first.wrong}`, first.problem)
}

function checkCallbacks({ when = {}, service, action, identity }: FaultSpec): void {
  for (const [name, value] of Object.entries({ service, action, identity }))
    if (value !== undefined) refuse(name, 'a callback is matched by the fields of its event: {"when": {"EventType": …}}')
  const { EventType: wanted, ...fields } = when
  const names = Object.keys(eventTypes) as EventType[]
  const types = names.filter((name) => wanted === undefined || (typeof wanted === 'string' ? wanted === name : wanted.test(name)))
  if (types.length === 0) refuse('when.EventType', `there is no event ${wanted}${didYouMean(String(wanted), names)}`)
  const known = new Set(types.flatMap(fieldNames))
  for (const name of Object.keys(fields))
    if (!known.has(name)) refuse(`when.${name}`, `no event that this fault is for has such a field${didYouMean(name, known)}`)
}

function checkObjects({ service, action, when, custom }: FaultSpec, effect: NonNullable<FaultSpec['oss']>): void {
  if (service !== undefined && service !== 'oss') refuse('service', 'requests to OSS are to no other service')
  if (action !== undefined) refuse('action', 'requests to OSS are matched with oss.operation')
  if (when !== undefined) refuse('when', 'requests to OSS are matched with oss.operation, oss.bucket, oss.key and oss.part')
  const { operation, part } = effect
  const operations = operationNames.filter((name) => operation === undefined || patternOf(operation).test(name))
  if (operations.length === 0) refuse('oss.operation', `there is no operation ${operation}${didYouMean(operation ?? '', operationNames)}`)
  if (part !== undefined && !operations.some((name) => name.startsWith('UploadPart')))
    refuse('oss.part', 'only UploadPart and UploadPartCopy have a part')
  if (effect.loseReply?.effectAfter !== undefined) refuse('oss.loseReply.effectAfter', 'a request to OSS takes effect at once')
  checkReply('oss.', effect, custom, [ossErrors], 'operation of OSS')
}
