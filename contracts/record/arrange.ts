/** Which provider states a recorded call may have started from, as far as the account that it was made to still tells. */

import { assetKey } from '../../src/assets/asset.js'
import type { Account, Action, CallRecord } from '../../src/index.js'
import type { ProviderState } from '../../src/product/provider-state.js'
import type { PactState } from '../format/pact.js'
import { refusals } from '../generate/refusals.js'
import type { Vocabulary } from '../states/index.js'

/** A call of an Action. */
export interface RecordedCall {
  record: CallRecord & { action: Action }
  /** The Action's own parameters. */
  params: Readonly<Record<string, string>>
  /** Code of the refusal, if it was refused. */
  code: string | undefined
}

const BUSY = 'as many unfinished jobs as the account may have'

/** The arrangements to try, those with the fewest states first. `startOf`: the call that a job goes back to, if the log still has it. */
export function arrangements(
  call: RecordedCall,
  account: Account,
  startOf: (cause: string) => RecordedCall | undefined,
  vocabulary: Vocabulary,
): PactState[][] {
  const { record, params, code } = call
  const job = Object.values(params)
    .map((value) => account.jobs.get(value))
    .find((each) => each !== undefined)
  const start = job?.cause === undefined ? undefined : startOf(job.cause)
  const world = worldOf(account, [params, start?.params ?? {}])
  const given: PactState[] = givingStates(params, code, vocabulary).flatMap(({ name }) => {
    if (!name.includes('<Action>')) return { name }
    if (job === undefined) return []
    return { name: name.replace('<Action>', job.kind), ...(start && { params: start.params }) }
  })
  const refused = refusals
    .filter((refusal) => refusal.code(record.action) === code)
    .map((refusal) => ({ name: refusal.state(record.action) }))
  const busy = code === undefined ? [] : [{ name: BUSY }]
  return [[], ...[...refused, ...given, ...busy].map((state) => [state])].map((more) => [...world, ...more])
}

/** The files that the calls refer to, as a test has declared them. */
function worldOf({ assets, settings }: Account, calls: readonly RecordedCall['params'][]): PactState[] {
  const text = JSON.stringify(calls.map((params) => Object.values(params)))
  const declared = assets.list({ where: ({ url }) => text.includes(assetKey(url)) }).rows
  return [
    ...declared.map((asset) => ({ name: 'an asset', params: { ...asset } })),
    ...(settings.values.strictInputs ? [{ name: 'only declared assets can be downloaded' }] : []),
  ]
}

/** States that give what a call names; and then, for one that was answered, those that there is something to see in. */
function givingStates(params: RecordedCall['params'], code: string | undefined, { states }: Vocabulary): ProviderState[] {
  const giving = states.filter(({ gives }) => Object.keys(gives).length > 0)
  const named = giving.filter(({ gives }) => Object.keys(gives).some((name) => Object.hasOwn(params, name)))
  const others = giving.filter((state) => !named.includes(state) && !state.name.includes('<'))
  return code === undefined ? [...named, ...others] : named
}
