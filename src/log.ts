/** The call log of an account: what came in, what it was answered, and why. Bounded. */

import type { Diagnosis } from './gateway/diagnosis.js'

/** One call. */
export interface LogEntry {
  requestId: string
  /** ISO 8601 time of the account's clock. */
  time: string
  method: string
  host: string
  /** Service and Action, where the call got as far as naming them. */
  service?: string
  action?: string
  /** Who called: the ARN behind the access key. */
  identity?: string
  /** Parameters as sent, decoded, without Signature and SecurityToken. */
  params: Record<string, string>
  status: number
  /** Error code and message of a refusal. */
  code?: string
  message?: string
  /** Why it was refused, in more words than the answer has room for. */
  reason?: string
  /** What is wrong with the signature, where it can be told. */
  diagnosis?: Diagnosis
  /** Parameters that the Action does not know. */
  unknownParams?: string[]
  /** Milliseconds that serving it took. */
  elapsedMs: number
}

const MOST_ENTRIES = 1000

/** Characters of parameters kept in all; large calls push older ones out sooner. */
const MOST_CHARACTERS = 4_000_000

/** The latest calls, oldest first. */
export class CallLog {
  readonly #entries: { entry: LogEntry; size: number }[] = []
  #size = 0

  add(entry: LogEntry): void {
    let size = 0
    for (const name in entry.params) size += name.length + (entry.params[name] as string).length
    this.#entries.push({ entry, size })
    this.#size += size
    while (this.#entries.length > MOST_ENTRIES || (this.#size > MOST_CHARACTERS && this.#entries.length > 1))
      this.#size -= this.#entries.shift()?.size ?? 0
  }

  /** The calls, oldest first. */
  all(): LogEntry[] {
    return this.#entries.map(({ entry }) => entry)
  }
}
