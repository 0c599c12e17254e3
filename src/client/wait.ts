/** Waiting for an asynchronous job of the vision services. */

import { type Duration, pause, toMilliseconds } from '../base/clock.js'
import { parseJson } from '../params/structures.js'
import { CallError } from './error.js'
import type { CallOptions } from './transport.js'

/** A service whose jobs can be asked for: `client.videoseg`. */
export interface JobService {
  GetAsyncJobResult(
    params: { JobId: string },
    options?: CallOptions,
  ): Promise<{ RequestId: string; Data: { Status: string; Result?: string; ErrorCode?: string; ErrorMessage?: string } }>
}

/** How to wait. */
export interface WaitOptions {
  /** Time between two polls. Default `1s`. */
  every?: Duration
  /** How long to wait in all, counted in the times between polls. Default `10m`. */
  within?: Duration
  /**
   * Lets that many milliseconds pass between two polls. Default: waits in real time. For an account with a manual clock, move it:
   * `control.clock.advance`, or `(milliseconds) => account.clock.advance(milliseconds)` in process.
   */
  advance?: (milliseconds: number) => unknown
  /** Gives the wait up when it is aborted; it then rejects with the signal's reason. */
  signal?: AbortSignal
}

/**
 * Polls GetAsyncJobResult until the job has ended, and resolves with its result: the document in `Result`, or the text where a service
 * does not write JSON there. Rejects with a `CallError`: with the job's own code and message if the job failed, with
 * `Client.JobUnfinished` if it has not ended in time, and otherwise with that of the poll that failed.
 */
export async function waitForJob<Result = unknown>(
  service: JobService,
  jobId: string,
  { every = '1s', within = '10m', advance, signal }: WaitOptions = {},
): Promise<Result> {
  const step = milliseconds('every', every)
  const limit = milliseconds('within', within)
  const call = `waitForJob(${jobId})`
  // An aborted pause only ends early: the next round throws the signal's reason.
  const pass = advance ?? ((time: number) => pause(time, signal).catch(() => {}))

  for (let waited = 0; ; waited += step) {
    signal?.throwIfAborted()
    const { RequestId: requestId, Data } = await service.GetAsyncJobResult({ JobId: jobId }, { signal })
    const { Status, Result, ErrorCode, ErrorMessage } = Data
    if (Status === 'PROCESS_SUCCESS') return (parseJson(Result ?? '') ?? Result) as Result
    if (Status.endsWith('_FAILED'))
      throw new CallError(ErrorCode ?? Status, ErrorMessage ?? '', { call, requestId, reason: `the job ended as ${Status}` })
    if (waited + step > limit) {
      const hint = advance ? '' : ' If the clock of the account is manual, pass `advance` to move it.'
      throw new CallError('Client.JobUnfinished', `After ${waited} ms the job ${jobId} is still ${Status}.${hint}`, { call, requestId })
    }
    await pass(step)
  }
}

function milliseconds(option: string, duration: Duration): number {
  const value = toMilliseconds(duration)
  if (value === undefined || value === 0) throw new RangeError(`${option}: "${duration}" is not a length of time such as "10s" or 500.`)
  return value
}
