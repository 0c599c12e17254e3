/** What somebody who follows a cloud is told of: each change with the account that it is one of. */

import type { Account } from '../account/types.js'
import type { ClockMode, Fired } from '../base/clock.js'
import type { describeEvent } from '../events/record.js'
import type { FaultState } from '../faults/faults.js'
import type { describeJob } from '../jobs/records.js'
import type { LogEntry } from '../log/describe.js'

/** What can be told of an account as a whole. `forked`: it is a copy of another one. `restored`: it has taken over another state. */
export type AccountChange = 'created' | 'forked' | 'reset' | 'restored' | 'disposed'

/** A change, without the account. */
export type ChangeOf =
  /** A call has been answered. */
  | { type: 'call'; call: LogEntry }
  /** A job has begun, has come to another stage, has ended, is directed otherwise; without `job`, it is gone. */
  | { type: 'job'; id: string; job?: ReturnType<typeof describeJob> }
  /** An event has happened, or was tried to be delivered; without `event`, it is gone. */
  | { type: 'event'; id: string; event?: ReturnType<typeof describeEvent> }
  /** A fault was set, or something has matched it; without `fault`, it is gone. */
  | { type: 'fault'; id: string; fault?: FaultState }
  /** The clock was set or moved, or something has fallen due. */
  | { type: 'clock'; mode: ClockMode; now: string; speed: number; pending: number; fired: readonly Fired[] }
  | { type: 'settings' }
  /** Some records are other ones than before: names of their tables, as in a state document. */
  | { type: 'records'; tables: readonly string[] }
  | { type: 'account'; what: AccountChange }

/** See above. Accounts that are copies of one have the same id; each has an access key of its own. */
export type Change = ChangeOf & { accountId: string; accessKeyId: string }

/** Told of changes. */
export type OnChange = (change: Change, account: Account) => void
