/** Jobs of the vision services: every way in which one can end, or stand, as GetAsyncJobResult tells it. */

import { applyStates } from '../../contracts/states/index.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

/** Statuses in the manuals, by the provider state that leads to them. */
const STATUSES = {
  queued: 'QUEUING',
  running: 'PROCESSING',
  finished: 'PROCESS_SUCCESS',
  failed: 'PROCESS_FAILED',
  'timed-out': 'TIMEOUT_FAILED',
  'given-up': 'LIMIT_RETRY_FAILED',
} as const

const manner = { scheme: 'acs3', format: 'JSON' } as const

/** Runs it for an asynchronous Action of a vision service. */
export async function runJobs({ cloud, facts, action }: Trial): Promise<Result[]> {
  const query = cloud.catalogue.byId.get(`${action.service.name}.GetAsyncJobResult`)
  if (query === undefined || facts.manual.get(action.id)?.kind !== 'async') return []
  const results: Result[] = []
  for (const [how, status] of Object.entries(STATUSES)) {
    const account = cloud.createAccount({ clock: 'manual' })
    try {
      const { values = {} } = await applyStates(cloud, account, [{ name: `a ${how} ${action.id} job` }])
      const { body } = await send(cloud, account, query, { JobId: String(values.JobId) }, manner)
      const { Data: { Status = undefined, Result: outcome = undefined } = {} } = JSON.parse(String(body))
      const fault =
        Status !== status
          ? `the status is ${Status} instead of ${status}`
          : how === 'finished' && typeof outcome !== 'string'
            ? 'there is no result'
            : undefined
      results.push({ action: action.id, kind: 'job', title: `a job that is ${how}`, ...(fault !== undefined && { fault }) })
    } catch (error) {
      results.push({ action: action.id, kind: 'job', title: `a job that is ${how}`, fault: (error as Error).message })
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}
