/** Errors as the services answer them: a documented code, an HTTP status and a message. */

import type { Diagnosis } from './diagnosis.js'

/** One row of an error table. */
export interface ErrorSpec {
  /** HTTP status. */
  status: number
  /** Message text; `{param}` stands for the name of the parameter at fault, `{max}` for how long it may be. */
  message: string
  /** Why no real situation leads here, if only an injected fault does. */
  faultOnly?: string
}

/** Error codes with their rows. */
export type ErrorTable = Readonly<Record<string, ErrorSpec>>

/** What is known about a refusal beyond its code. */
export interface Refusal {
  /** The parameter at fault, by its name on the wire. */
  param?: string
  /** How long the parameter may be. */
  max?: number
  /** In which way the parameter is wrong, if it is one that every parameter can be wrong in: `missing`, … */
  violation?: string
  /** Why, for the developer: goes into the call log and the `x-emulator-reason` header, never into the body. */
  reason?: string
  /** Replaces the message of the table, where it holds something that only the call knows. */
  message?: string
  /** Stands for the message in the call log, where the message repeats a secret that the caller has sent. */
  loggedMessage?: string
  /** Of a signature that does not match. */
  diagnosis?: Diagnosis
}

/** An error that is part of the contract: the caller gets its code, status and message. Anything else that is thrown is a bug. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly param: string | undefined
  readonly violation: string | undefined
  readonly reason: string | undefined
  readonly loggedMessage: string
  readonly diagnosis: Diagnosis | undefined

  constructor(
    readonly code: string,
    spec: ErrorSpec,
    refusal: Refusal = {},
  ) {
    super(refusal.message ?? spec.message.replace('{param}', () => refusal.param ?? '').replace('{max}', String(refusal.max ?? '')))
    this.status = spec.status
    this.param = refusal.param
    this.violation = refusal.violation
    this.reason = refusal.reason
    this.loggedMessage = refusal.loggedMessage ?? this.message
    this.diagnosis = refusal.diagnosis
  }
}

/** Throws the error of `code` as `table` has it. */
export function refuse<Table extends ErrorTable>(table: Table, code: keyof Table & string, refusal?: Refusal): never {
  throw new ApiError(code, table[code] as ErrorSpec, refusal)
}
