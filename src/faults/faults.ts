/** An account's faults: which there are, and which of them a call, a job, a callback or a request to OSS meets. Called in the account's turn. */

import { setMaxListeners } from 'node:events'
import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { seedOf } from '../base/ids.js'
import { refuseBrokenText } from '../base/well-formed.js'
import type { AccessKey } from '../identity/access-key.js'
import type { Wildcard } from '../patterns/wildcard.js'
import type { Table } from '../state/table.js'
import { checkFault } from './check.js'
import {
  asJson,
  type CallbackFault,
  type FaultInput,
  type FaultSpec,
  faultSchema,
  type JobScript,
  type Matcher,
  matches,
  type ReplyEffect,
  sizeOf,
} from './fault.js'

/** A fault, read: all that is asked with every call is made ready here. */
interface ReadFault {
  /** As it was written. */
  input: FaultInput
  /** As it was read. */
  spec: FaultSpec
  /** What parameters must be, by name. */
  when: readonly (readonly [name: string, wanted: Matcher])[]
  /** Characters of it as JSON. */
  characters: number
  /** Size of its regular expressions. */
  size: number
}

/** A fault that has been set. */
interface Fault extends ReadFault {
  id: string
  /** How often something matched it. */
  matched: number
  /** How often it happened. */
  applied: number
}

const countSchema = z.int().min(0)

/** What has been read is not stored: it follows from what was written. */
const storedSchema = z.strictObject({ id: z.string(), input: z.json(), matched: countSchema, applied: countSchema })

type Stored = z.output<typeof storedSchema>

const tableOptions = {
  name: 'faults',
  schema: storedSchema,
  encode: ({ id, input, matched, applied }: Fault): Stored => ({ id, input: input as Stored['input'], matched, applied }),
  decode: ({ input, ...stored }: Stored): Fault => ({ ...stored, ...readFault(input as FaultInput) }),
}

/** Reads a fault. Throws a `ZodError` or a `RangeError` if it is none. */
function readFault(written: FaultInput): ReadFault {
  const spec = faultSchema.parse(written)
  const input = asJson(written)
  refuseBrokenText(input)
  const { when = {} } = spec
  return { input, spec, when: Object.entries(when), characters: JSON.stringify(input).length, size: sizeOf(when, 'when') }
}

/** A fault as tests and the control API see it. */
export type FaultState = FaultInput & { id: string; matched: number; applied: number }

/** What a call or a request meets: which faults, how much later it is answered, and what else happens to it. */
export interface FaultMatch {
  ids: readonly string[]
  /** Milliseconds of real time. */
  latency: number
  /** Which fault has another effect, and which. */
  effect: Applied<ReplyEffect> | undefined
  /** Aborted once nobody is to wait any longer. */
  ended: AbortSignal
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

/** Faults per account, what they may have as JSON in all, and what their regular expressions may cost a call in all. */
const MAX_FAULTS = 1000
const MAX_CHARACTERS = 8_000_000
const MAX_SIZE = 2000

function checkNumber(faults: number): void {
  if (faults > MAX_FAULTS) throw new RangeError(`an account has at most ${MAX_FAULTS} faults`)
}

/** Told of one fault after the other, throws a `RangeError` at the first that is too much for an account. */
function counter(): (fault: ReadFault) => void {
  let characters = 0
  let size = 0
  return (fault) => {
    characters += fault.characters
    size += fault.size
    if (characters > MAX_CHARACTERS) throw new RangeError(`an account's faults have at most ${MAX_CHARACTERS} characters in all`)
    if (size > MAX_SIZE)
      throw new RangeError(`when: the regular expressions of an account's faults have a size of at most ${MAX_SIZE} in all`)
  }
}

/** Throws a `RangeError` if the faults of a state are more than an account may have; what is none is for those to refuse who read it. */
export function checkStoredFaults(entries: readonly unknown[] = []): void {
  checkNumber(entries.length)
  const count = counter()
  for (const entry of entries) {
    const { data } = storedSchema.safeParse(Array.isArray(entry) ? entry[1] : undefined)
    const { success } = faultSchema.safeParse(data?.input)
    if (success) count(readFault(data?.input as FaultInput))
  }
}

/** The faults of one account. */
export class Faults {
  /** Those that are set, in order. */
  readonly #faults: Table<Fault, Stored>
  /** How many were ever set. */
  #added = 0
  #ended: AbortController | undefined
  #disposed = false

  constructor(private readonly account: Account) {
    const { state } = account
    this.#faults = state.table(tableOptions)
    state.cell(
      'faults.added',
      countSchema,
      () => this.#added,
      (added) => {
        this.#added = added
      },
    )
  }

  /**
   * Sets a fault. Throws a `ZodError` if it is not as {@link FaultInput} says, and a `RangeError` if it can never happen: it names a service,
   * Action, parameter, code, stage or event that does not exist, or a time that has passed.
   */
  add(input: FaultInput): FaultState {
    return this.addAll([input])[0] as FaultState
  }

  /** Sets several faults, or none if one of them cannot be. Throws as {@link add} does; `again`: not because of a time that has passed. */
  addAll(inputs: readonly FaultInput[], { again = false }: { again?: boolean } = {}): FaultState[] {
    checkNumber(this.#faults.size + inputs.length)
    const count = counter()
    for (const fault of this.#faults.values()) count(fault)
    const read = inputs.map((input) => {
      const fault = readFault(input)
      checkFault(fault.spec, this.account, again)
      // At once, so that no list is read further than it can be set.
      count(fault)
      return fault
    })
    return read.map((each) => {
      const fault: Fault = { ...each, id: `fault-${++this.#added}`, matched: 0, applied: 0 }
      this.#faults.set(fault.id, fault)
      return describe(fault)
    })
  }

  /** True if there are no faults: then nobody need ask what is met. */
  get none(): boolean {
    return this.#faults.size === 0
  }

  /** The faults, in the order in which they were set. */
  list(): FaultState[] {
    return Array.from(this.#faults.values(), describe)
  }

  get(id: string): FaultState | undefined {
    const fault = this.#faults.get(id)
    return fault && describe(fault)
  }

  /** Takes a fault back; false if there is none. Who waits because of it goes on waiting. */
  remove(id: string): boolean {
    return this.#faults.delete(id)
  }

  /** Takes all faults back. */
  clear(): void {
    this.#faults.clear()
  }

  /** Nobody waits any longer. */
  dispose(): void {
    this.#disposed = true
    this.#ended?.abort()
  }

  /** What a call meets. Of all faults that match, latencies add up, and the first of the others happens. */
  forCall(subject: CallSubject): FaultMatch | undefined {
    return this.#match(({ spec, when }) => {
      if (spec.job !== undefined || spec.callback !== undefined || spec.oss !== undefined) return undefined
      const { loseReply: { see } = {} } = spec
      const { error = typeof see === 'object' ? see.error : undefined } = spec
      if (error !== undefined && spec.custom === undefined && !subject.declares(error.code)) return undefined
      return isFor(spec, subject.service, subject.action) && whoMatches(spec, subject.key) && allFit(when, subject.params)
        ? spec
        : undefined
    })
  }

  /** What a request to OSS meets. */
  forObject({ operation, bucket, key, part, signer }: ObjectSubject): FaultMatch | undefined {
    return this.#match(({ spec }) => {
      const { oss } = spec
      if (oss === undefined || !whoMatches(spec, signer)) return undefined
      const matches =
        names(oss.operation, operation) && names(oss.bucket, bucket) && names(oss.key, key) && (oss.part === undefined || oss.part === part)
      return matches ? oss : undefined
    })
  }

  /** What becomes of a job that starts: `<service>.<Action>` of its kind, and what it works on. Scripts that `fitted` has nothing for are passed over. */
  forJob<Fitted>(
    kind: string,
    params: ReadonlyMap<string, string>,
    fitted: (script: JobScript, custom: boolean) => Fitted | undefined,
  ): Applied<Fitted> | undefined {
    const [service = '', action = ''] = kind.split('.', 2)
    return this.#first(({ spec, when }) =>
      spec.job !== undefined && isFor(spec, service, action) && allFit(when, params) ? fitted(spec.job, spec.custom ?? false) : undefined,
    )
  }

  /** What becomes of an event notification; `fields` are those of the event, EventType among them. */
  forCallback(fields: ReadonlyMap<string, string>): Applied<CallbackFault> | undefined {
    return this.#first(({ spec, when }) => (spec.callback !== undefined && allFit(when, fields) ? spec.callback : undefined))
  }

  #match(effectOf: (fault: Fault) => ReplyEffect | undefined): FaultMatch | undefined {
    const ids: string[] = []
    let latency = 0
    let injected: FaultMatch['effect']
    for (const fault of this.#faults.values()) {
      const effect = effectOf(fault)
      // One that comes too late has not matched: its turn is the next call's.
      if (effect === undefined || (effect.latency === undefined && injected !== undefined)) continue
      const applied = this.#happens(fault)
      if (applied === undefined) continue
      ids.push(fault.id)
      if (effect.latency === undefined) injected = { id: fault.id, effect }
      else latency += this.#drawn(effect.latency, fault.id, applied)
    }
    return ids.length === 0 ? undefined : { ids, latency, effect: injected, ended: this.#end().signal }
  }

  #first<Effect>(effectOf: (fault: Fault) => Effect | undefined): Applied<Effect> | undefined {
    for (const fault of this.#faults.values()) {
      const effect = effectOf(fault)
      if (effect !== undefined && this.#happens(fault) !== undefined) return { id: fault.id, effect }
    }
    return undefined
  }

  /** Counts that a fault has matched; how often it has happened, if it is its turn. */
  #happens(fault: Fault): number | undefined {
    const { between, after = 0, every = 1, times = Number.POSITIVE_INFINITY } = fault.spec
    const now = this.account.clock.now()
    if (between && (now < (between.from ?? now) || now >= (between.until ?? Number.POSITIVE_INFINITY))) return undefined
    const matched = fault.matched + 1
    const position = matched - after
    const turn = position > 0 && position % every === 0 && fault.applied < times
    const applied = fault.applied + Number(turn)
    this.#faults.set(fault.id, { ...fault, matched, applied })
    return turn ? applied : undefined
  }

  /** The same fault of the same seed draws the same lengths of time. */
  #drawn({ from, to }: NonNullable<ReplyEffect['latency']>, id: string, applied: number): number {
    return from === to ? from : from + (seedOf(this.account.ids.seed, id, applied) % (to - from + 1))
  }

  #end(): AbortController {
    if (this.#ended === undefined) {
      this.#ended = new AbortController()
      // There are as many as there are clients that wait.
      setMaxListeners(0, this.#ended.signal)
      if (this.#disposed) this.#ended.abort()
    }
    return this.#ended
  }
}

const describe = ({ id, input, matched, applied }: Fault): FaultState => ({ id, ...input, matched, applied })

const names = (pattern: Wildcard | undefined, name: string): boolean => pattern === undefined || pattern.test(name)

const isFor = (spec: FaultSpec, service: string, action: string): boolean => names(spec.service, service) && names(spec.action, action)

function whoMatches({ identity }: FaultSpec, key: AccessKey | undefined): boolean {
  if (identity === undefined) return true
  if (key === undefined) return false
  const { accessKeyId, identity: who } = key
  // Every ARN begins with "acs:", which "a*" does not mean.
  return identity.pattern.includes(':') ? identity.test(who.arn) : identity.test(accessKeyId) || identity.test(who.name)
}

const allFit = (when: ReadFault['when'], params: ReadonlyMap<string, string>): boolean =>
  when.every(([name, wanted]) => {
    const value = params.get(name)
    return value !== undefined && matches(wanted, value)
  })

export const faultsPart = definePart({
  name: 'faults',
  needs: ['ram'],
  create: (account) => new Faults(account),
  open: ({ faults, options }, again) => {
    faults.addAll(options.faults ?? [], { again })
  },
  dispose: ({ faults }) => faults.dispose(),
  checkState: (_account, { tables }) => checkStoredFaults(tables.faults),
})
