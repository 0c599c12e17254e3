/** What is there before a call, and how more is made. */

import type { Account, Cloud } from '../../src/index.js'

/** An account in which the Action succeeds with the parameters of its example. */
export interface Before {
  cloud: Cloud
  account: Account
  /** Parameters with which the Action succeeds. */
  params: Readonly<Record<string, string>>
  /** Calls an Action of the same service with parameters of its own; throws if it is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  call: (action: string, params?: Readonly<Record<string, string>>) => Promise<any>
  /** Lets time pass. */
  advance: (by: string) => Promise<unknown>
}
