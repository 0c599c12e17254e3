/** Runs the situations of an Action. */

import type { Reply } from '../../src/index.js'
import type { Before } from '../cases/before.js'
import { statusesOf } from '../cases/plan.js'
import { fileSituations } from '../situations/files.js'
import { situations } from '../situations/index.js'
import { beforeIn } from './before.js'
import { faultOf } from './reply.js'
import { type Result, send, unchanged } from './run.js'
import type { Trial } from './trial.js'
import { remembered } from './unchanged.js'

/** Codes that tell of something that was done all the same. */
const doneAllTheSame = new Set(['Certificate.SettedNotEffect'])

/** Runs every situation of an Action: each on a fork of its world, called in one manner. */
export async function runSituations(trial: Trial): Promise<Result[]> {
  const { cloud, facts, action, world } = trial
  const results: Result[] = []
  const statusOf = statusesOf(facts, action.id)
  const all = [...situations.filter((each) => each.action === action.id), ...fileSituations(action.id, facts, world.params)]
  for (const { code, names, changes, given, asUser, alone, inJob } of all) {
    const account = alone ? cloud.createAccount({ clock: 'manual' }) : await world.account.fork()
    try {
      const before = beforeIn(trial, account)
      const further = (await given?.(before)) ?? {}
      if (asUser) account.ram.putUser('somebody', { allow: ['*'] })
      const key = asUser ? account.ram.createAccessKey('somebody') : account.credentials
      const beforeCall = await remembered(account)
      const reply = await send(
        cloud,
        { credentials: key },
        action,
        { ...world.params, ...changes, ...further },
        { scheme: 'rpc', format: 'JSON' },
      )
      const fault = inJob
        ? await faultOfJob(code, reply, before)
        : faultOf(action, { outcome: { code, status: statusOf(code), names } }, reply, 'JSON', facts)
      results.push({ action: action.id, kind: 'error', title: code, code, ...(fault !== undefined && { fault }) })
      if (!inJob && !doneAllTheSame.has(code)) results.push(await unchanged(action, account, code, beforeCall))
    } catch (error) {
      results.push({ action: action.id, kind: 'error', title: code, fault: `cannot be brought about: ${(error as Error).message}` })
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}

/** In which way a job has not failed with a code. */
async function faultOfJob(code: string, { body }: Reply, { call, advance }: Before): Promise<string | undefined> {
  const { RequestId = '' } = JSON.parse(String(body)) as { RequestId?: string }
  await advance('3h')
  const { Data } = await call('GetAsyncJobResult', { JobId: RequestId })
  return Data.ErrorCode === code ? undefined : `the job is ${Data.Status} with ${Data.ErrorCode} instead of ${code}`
}
