/** Pipelines: queues of transcoding jobs, of which only so many go on at a time. */

import type { Account } from '../../../../account/types.js'
import type { Pipeline } from '../storage/settings.js'

/** The pipeline that every account has. */
export const DEFAULT_PIPELINE = 'default'

/** Jobs that a pipeline transcodes at a time unless the settings say otherwise: more than most tests start, so that these need not wait. */
const USUAL_SLOTS = 100

/** A pipeline of the account, if there is one of this id. */
export function pipelineOf({ settings }: Account, id: string): Pipeline | undefined {
  const set = settings.values.vod.pipelines?.find((each) => each.id === id)
  return set ?? (id === DEFAULT_PIPELINE ? { id, state: 'Active' } : undefined)
}

/** How many jobs of a pipeline go on at a time; those of one that is gone by now go on as they would by default. */
export function slotsOf(account: Account, id: string): number {
  const { state = 'Active', slots = USUAL_SLOTS } = pipelineOf(account, id) ?? {}
  return state === 'Paused' ? 0 : slots
}
