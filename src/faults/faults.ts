/** An account's faults: which there are, and which of them a call, a job, a callback or a request to OSS meets. Called in the account's turn. */

import type { Account } from '../account.js'
import type { AccessKey } from '../identity/ram.js'
import { seedOf } from '../ids.js'
import { checkFault } from './check.js'
import { type CallbackFault, type FaultInput, type FaultSpec, faultSchema, type JobScript, type ReplyEffect } from './fault.js'
import { patternOf } from './pattern.js'

/** A fault that has been set. */
export interface Fault {
  id: string
  spec: FaultSpec
  /** As it was written. */
  input: FaultInput
  /** How often something matched it. */
  matched: number
  /** How often it happened. */
  applied: number
}

/** A fault as tests and the control API see it. */
export type FaultState = FaultInput & { id: string; matched: number; applied: number }

/** What a call or a request meets: which faults, how much later it is answered, and what else happens to it. */
export interface Met {
  ids: readonly string[]
  /** Milliseconds of real time. */
  latency: number
  effect: Exclude<ReplyEffect, 'latency'> | undefined
}

/** What one fault does to one thing. */
export interface Applied<Effect> {
  id: string
  effect: Effect
}

/** A call, as far as faults look at it. */
export interface CallSubject {
  service: string
  action: string
  params: ReadonlyMap<string, string>
  key: AccessKey
  /** True if the call can be answered with this code. */
  declares: (code: string) => boolean
}

/** A request to OSS, as far as faults look at it. */
export interface ObjectSubject {
  operation: string
  bucket: string
  key: string
  part: number | undefined
  /** Who signed it, if it is signed. */
  signer: AccessKey | undefined
}

/** Faults per account. */
const MOST_FAULTS = 1000

/** The faults of one account. */
export class Faults {
  #faults: Fault[] = []
  #added = 0

  constructor(private readonly account: Account) {}

  /**
   * Sets a fault. Throws a `ZodError` if it is not as {@link FaultInput} says, and a `RangeError` if it can never happen: it names a service,
   * Action, parameter, code, stage or event that does not exist, or a time that has passed.
   */
  add(input: FaultInput): FaultState {
    return this.addAll([input])[0] as FaultState
  }

  /** Sets several faults, or none if one of them cannot be. */
  addAll(inputs: readonly FaultInput[]): FaultState[] {
    const specs = inputs.map((input) => {
      const spec = faultSchema.parse(input)
      checkFault(spec, this.account)
      return { spec, input }
    })
    if (this.#faults.length + specs.length > MOST_FAULTS) throw new RangeError(`an account has at most ${MOST_FAULTS} faults`)
    const added = specs.map(({ spec, input }): Fault => ({ id: `fault-${++this.#added}`, spec, input, matched: 0, applied: 0 }))
    this.#faults.push(...added)
    return added.map(describe)
  }

  /** The faults, in the order in which they were set. */
  list(): FaultState[] {
    return this.#faults.map(describe)
  }

  /** Takes a fault back; false if there is none. What it holds or delays already stays so. */
  remove(id: string): boolean {
    const index = this.#faults.findIndex((fault) => fault.id === id)
    if (index >= 0) this.#faults.splice(index, 1)
    return index >= 0
  }

  /** Takes all faults back. */
  clear(): void {
    this.#faults = []
  }

  /** What a call meets. Of all faults that match, latencies add up, and the first of the others happens. */
  forCall(subject: CallSubject): Met | undefined {
    if (this.#faults.length === 0) return undefined
    return this.#meet(({ spec }) => {
      if (spec.job !== undefined || spec.callback !== undefined || spec.oss !== undefined) return undefined
      const { error } = spec
      if (error !== undefined && spec.custom === undefined && !subject.declares(error.code)) return undefined
      return this.#calls(spec, subject) ? spec : undefined
    })
  }

  /** What a request to OSS meets. */
  forObject({ operation, bucket, key, part, signer }: ObjectSubject): Met | undefined {
    if (this.#faults.length === 0) return undefined
    return this.#meet(({ spec }) => {
      const { oss } = spec
      if (oss === undefined || !whoMatches(spec, signer)) return undefined
      const matches =
        fits(oss.operation, operation) && fits(oss.bucket, bucket) && fits(oss.key, key) && (oss.part === undefined || oss.part === part)
      return matches ? oss : undefined
    })
  }

  /** What becomes of a job that starts: `<service>.<Action>` of its kind, and what it works on. */
  forJob(kind: string, params: ReadonlyMap<string, string>): Applied<JobScript> | undefined {
    const [service = '', action = ''] = kind.split('.', 2)
    return this.#first(({ job, ...spec }) =>
      job !== undefined && fits(spec.service, service) && fits(spec.action, action) && paramsMatch(spec, params) ? job : undefined,
    )
  }

  /** What becomes of an event notification; `fields` are those of the event, EventType among them. */
  forCallback(fields: ReadonlyMap<string, string>): Applied<CallbackFault> | undefined {
    return this.#first((spec) => (spec.callback !== undefined && paramsMatch(spec, fields) ? spec.callback : undefined))
  }

  #calls(spec: FaultSpec, { service, action, params, key }: CallSubject): boolean {
    return fits(spec.service, service) && fits(spec.action, action) && whoMatches(spec, key) && paramsMatch(spec, params)
  }

  #meet(effectOf: (fault: Fault) => ReplyEffect | undefined): Met | undefined {
    const ids: string[] = []
    let latency = 0
    let effect: ReplyEffect | undefined
    for (const fault of this.#faults) {
      const own = effectOf(fault)
      if (own === undefined || (own.latency === undefined && effect !== undefined) || !this.#happens(fault)) continue
      ids.push(fault.id)
      if (own.latency === undefined) effect = own
      else latency += this.#drawn(own.latency, fault)
    }
    return ids.length === 0 ? undefined : { ids, latency, effect }
  }

  #first<Effect>(effectOf: (spec: FaultSpec) => Effect | undefined): Applied<Effect> | undefined {
    for (const fault of this.#faults) {
      const effect = effectOf(fault.spec)
      if (effect !== undefined && this.#happens(fault)) return { id: fault.id, effect }
    }
    return undefined
  }

  /** Counts that a fault has matched; true if it is its turn to happen. */
  #happens(fault: Fault): boolean {
    const { between, after = 0, every = 1, times = Number.POSITIVE_INFINITY } = fault.spec
    const now = this.account.clock.now()
    if (between && (now < (between.from ?? now) || now >= (between.until ?? Number.POSITIVE_INFINITY))) return false
    fault.matched++
    const position = fault.matched - after
    if (position <= 0 || position % every !== 0 || fault.applied >= times) return false
    fault.applied++
    return true
  }

  /** The same fault of the same seed draws the same lengths of time. */
  #drawn({ from, to }: NonNullable<ReplyEffect['latency']>, { id, applied }: Fault): number {
    return from === to ? from : from + (seedOf(this.account.ids.seed, id, applied) % (to - from + 1))
  }
}

const describe = ({ id, input, matched, applied }: Fault): FaultState => ({ id, ...input, matched, applied })

const fits = (pattern: string | undefined, name: string): boolean =>
  pattern === undefined || pattern === name || patternOf(pattern).test(name)

function whoMatches({ identity }: FaultSpec, key: AccessKey | undefined): boolean {
  if (identity === undefined) return true
  return key !== undefined && [key.accessKeyId, key.identity.arn, key.identity.name].some((name) => fits(identity, name))
}

function paramsMatch({ when }: FaultSpec, params: ReadonlyMap<string, string>): boolean {
  if (when === undefined) return true
  return Object.entries(when).every(([name, wanted]) => {
    const value = params.get(name)
    return value !== undefined && (typeof wanted === 'string' ? value === wanted : wanted.test(value))
  })
}
