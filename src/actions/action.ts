/** What a service and an Action are: one definition each, from which server, catalogue, OpenAPI document and contracts are derived. */

import type { z } from 'zod'
import type { Account } from '../account/types.js'
import { type ErrorTable, type Refusal, refuse } from '../base/errors.js'
import { type GatewayCode, gatewayErrors } from '../base/gateway-errors.js'
import { lazily, type OnDemand, onDemand, withLazy } from '../base/lazily.js'
import type { Call } from '../http/call.js'
import type { AccessKey } from '../identity/access-key.js'
import type { JobKind } from '../jobs/kind.js'
import { compileDecoder, type Decoded, type InputOf, type InputShape, type WireParams } from '../params/decoder.js'
import type { Violation } from '../params/param-type.js'
import type { Json } from '../state/part.js'
import type { Billing } from '../usage/billing.js'
import { type XmlForm, xmlFormOf } from './xml-form.js'

/** How often an account may call an Action. */
export interface Limit {
  limit: number
  per: 'second' | 'minute' | 'day'
}

/** At most `limit` calls a second. */
export const perSecond = (limit: number): Limit => ({ limit, per: 'second' })
/** At most `limit` calls a minute. */
export const perMinute = (limit: number): Limit => ({ limit, per: 'minute' })
/** At most `limit` calls a day. */
export const perDay = (limit: number): Limit => ({ limit, per: 'day' })

/** Formats of an answer. */
export type Format = 'JSON' | 'XML'

/** A service as its manual's general chapters describe it. */
export interface ServiceSpec<Errors extends ErrorTable, Name extends string = string> {
  /** Name as in its host: `videoseg`. */
  name: Name
  /** Version of its interface: `2020-03-20`. */
  version: string
  /** Regions with an endpoint `<name>.<region>.aliyuncs.com`, the main one first. */
  regions: readonly [string, ...string[]]
  /** Host of its main endpoint. Default: that of the first region. */
  host?: string
  /** Format of answers to calls of signature 1.0 that do not ask for one. Default XML, as the gateway has it. */
  defaultFormat?: Format
  /** The manual's own table of common errors. Default: what the gateway answers is all there is. */
  errors?: Errors
  /** Which code each kind of parameter error has here. Default: `MissingParameter`, and `InvalidParameter` for all others. */
  violations?: Readonly<Record<Violation, (keyof Errors & string) | GatewayCode>>
  /** Which code each state has in which the account, or who calls, may not use the service. Default: `Forbidden`, with status 403. */
  denials?: Readonly<Record<Denial, (keyof Errors & string) | GatewayCode>>
  /** Action with which contracts show what every call can be refused for. Default: the first by name. */
  sampleAction?: string
  /** Which code a call to a host of a region without the service gets. Default `InvalidAction.NotFound`. */
  wrongRegion?: (keyof Errors & string) | GatewayCode
}

/** What holds for a service whose manual says nothing else. */
const defaultViolations: Readonly<Record<Violation, GatewayCode>> = {
  missing: 'MissingParameter',
  malformed: 'InvalidParameter',
  format: 'InvalidParameter',
  value: 'InvalidParameter',
  length: 'InvalidParameter',
  url: 'InvalidParameter',
}

const defaultDenials = { notOpened: 'Forbidden', suspended: 'Forbidden', userNotAllowed: 'Forbidden', roleNotAllowed: 'Forbidden' }

/** The error of {@link defaultDenials}. */
const forbidden = { Forbidden: { status: 403, message: 'User not authorized to operate on the specified resource.' } }

/** Reasons to deny a call that is properly signed. */
export type Denial = 'notOpened' | 'suspended' | 'userNotAllowed' | 'roleNotAllowed'

/** What an Action's `run` is given. */
export interface RunContext<Input, Code extends string> {
  /** The parameters, checked and of their types. */
  input: Input
  account: Account
  /** The access key that the call is signed with. */
  key: AccessKey
  /** RequestId of this call. */
  requestId: string
  call: Call
  /** Ends the call with one of the errors that the Action declares or that are common. */
  fail: (code: Code, refusal?: Refusal) => never
}

/** An example call of an Action: documentation, contracts and provider states are made of it. */
export interface ExampleCall {
  /** What the call shows, for the description of the interaction. */
  title?: string | undefined
  /** Provider states that it needs, in the words of the vocabulary. */
  states?: readonly (string | { name: string; params: Record<string, Json> })[] | undefined
  /** Parameters by their names on the wire. */
  params: Record<string, string>
  /** The answer to a call that succeeds; a field that holds JSON as text is written as what the text means. */
  answer?: Record<string, Json> | undefined
  /** Fields of the answer whose very value counts, not only its type: `Data.Status`. */
  exact?: readonly string[] | undefined
  /** The code of a call that is refused. */
  error?: string | undefined
  /** The parameter at fault, which the message of the error names. */
  param?: string | undefined
}

/** An Action's definition. */
export interface ActionSpec<Shape extends InputShape, Output extends z.ZodObject, Errors extends ErrorTable, Code extends string> {
  /** One line for the catalogue. */
  summary: string
  /** Chapter of the manual, for who wants to look it up. */
  source: string
  /** How what the emulator does falls short of what the service does, for the catalogue. */
  note?: string
  limit?: Limit
  /** The parameters; a function makes them with the first call. */
  input: OnDemand<Shape>
  /** Parameters that official clients know and the manual does not; they change nothing here. */
  accepts?: readonly string[]
  /** The answer without RequestId; a function makes it when it is first needed. */
  output: OnDemand<Output>
  /** Errors of this Action alone. */
  errors?: Errors
  /** The job that the Action starts, if it is asynchronous. */
  job?: JobKind
  /** What a successful call costs; of an asynchronous Action, its job says what a successful job costs. Default: calls are not counted. */
  billing?: Billing
  /** Example calls, the manual's own first. Default: those of its file in fixtures/examples, else one that is made up. */
  examples?: readonly [ExampleCall, ...ExampleCall[]]
  /** True if this service's Action is the one meant, when host and Version leave several services open. */
  matches?: (account: Account, params: WireParams) => boolean
  run: (context: RunContext<InputOf<Shape>, Code | (keyof Errors & string)>) => z.input<Output> | Promise<z.input<Output>>
}

/** A service, as everything outside its own folder sees it. */
export interface Service<Name extends string = string> {
  readonly name: Name
  readonly version: string
  readonly regions: readonly [string, ...string[]]
  readonly defaultFormat: Format
  readonly errors: ErrorTable
  readonly violations: Readonly<Record<Violation, string>>
  readonly denials: Readonly<Record<Denial, string>>
  readonly sampleAction?: string
  readonly wrongRegion: string
  /** Host of its main endpoint, which errors carry as HostId. */
  readonly host: string
}

/** An Action, as everything outside its own file sees it; its type knows its name, parameters, answer and service. */
export interface Action<
  Name extends string = string,
  Shape extends InputShape = InputShape,
  Output extends z.ZodObject = z.ZodObject,
  ServiceName extends string = string,
> {
  readonly service: Service<ServiceName>
  readonly name: Name
  /** `<service>.<Action>`: its name where names of several services meet. */
  readonly id: string
  readonly summary: string
  readonly source: string
  /** How what the emulator does falls short of what the service does. */
  readonly note: string | undefined
  readonly limit: Limit | undefined
  readonly input: Shape
  /** Parameters that official clients know and the manual does not; they change nothing. */
  readonly accepts: readonly string[]
  readonly output: Output
  /** Turns an answer into what XML is built of, where that is not the answer as it is. */
  readonly xmlForm: () => XmlForm | undefined
  /** Every error it can answer with: the gateway's, the service's, its own. */
  readonly errors: ErrorTable
  readonly job: JobKind | undefined
  /** What a successful call, or the job that it starts, costs. */
  readonly billing: Billing | undefined
  readonly examples: readonly ExampleCall[] | undefined
  readonly matches: ((account: Account, params: WireParams) => boolean) | undefined
  readonly decode: (params: WireParams) => Decoded<unknown>
  readonly run: (context: RunContext<never, never>) => object | Promise<object>
}

/** Defines a service; its `action` method defines the Actions. */
export function defineService<const Name extends string, const Errors extends ErrorTable = Record<never, never>>(
  spec: ServiceSpec<Errors, Name>,
) {
  const errors: ErrorTable = { ...gatewayErrors, ...(spec.denials === undefined && forbidden), ...spec.errors }
  const service: Service<Name> = {
    defaultFormat: 'XML',
    violations: defaultViolations,
    denials: defaultDenials,
    wrongRegion: 'InvalidAction.NotFound',
    host: `${spec.name}.${spec.regions[0]}.aliyuncs.com`,
    ...spec,
    errors,
  }

  return {
    ...service,

    /** Defines an Action of this service. */
    action<
      const ActionName extends string,
      Shape extends InputShape,
      Output extends z.ZodObject,
      const Own extends ErrorTable = Record<never, never>,
    >(
      name: ActionName,
      definition: ActionSpec<Shape, Output, Own, (keyof Errors & string) | GatewayCode>,
    ): Action<ActionName, Shape, Output, Name> {
      const input = onDemand<Shape>(definition.input)
      const output = onDemand<Output>(definition.output)
      const decoder = lazily(() => compileDecoder(input()))
      const ownErrors: ErrorTable = definition.errors ? { ...errors, ...definition.errors } : errors
      const action = {
        service,
        name,
        id: `${spec.name}.${name}`,
        summary: definition.summary,
        source: definition.source,
        note: definition.note,
        limit: definition.limit,
        accepts: definition.accepts ?? [],
        xmlForm: lazily(() => xmlFormOf(output())),
        errors: ownErrors,
        job: definition.job,
        billing: definition.billing ?? definition.job?.billing,
        examples: definition.examples,
        matches: definition.matches,
        decode: (params: WireParams) => decoder()(params),
        run: definition.run as unknown as Action['run'],
      }
      return withLazy<typeof action, { input: Shape; output: Output }>(action, { input, output })
    },
  }
}

/** The `fail` of an Action: ends the call with one of its errors. */
export const failWith =
  (action: Action) =>
  (code: string, refusal?: Refusal): never =>
    refuse(action.errors, code, refusal)
