/** What a call of the client can end with instead of an answer. */

/** What is known of a call that failed, beyond its code and message. */
export interface CallFailure {
  /** What was called: `videoseg.SegmentVideoBody`, or `POST /_emulator/clock/advance`. */
  call: string
  /** HTTP status, if there was an answer. */
  status?: number | undefined
  /** RequestId of the answer, by which the call is found in the emulator's call log. */
  requestId?: string | undefined
  /** Why, in more words than the service has: the header `x-emulator-reason`. */
  reason?: string | undefined
  /** Where the service sends people for help: a URL. */
  recommend?: string | undefined
  cause?: unknown
}

/**
 * A call that failed. `code` says how:
 * - a code of the service, such as `InvalidFile.Region`: the service refused the call, or the job failed with it; `message` is the service's own
 * - `Control.Refused`: the control API refused the call; `message` says why
 * - `Client.Timeout`: no answer in time
 * - `Client.Connection`: no connection, or it broke before the answer was complete
 * - `Client.Answer`: an answer, but not one of the service: a proxy's page, an empty body, a cut document
 * - `Client.JobUnfinished`: the job has not ended within the time given to `waitForJob`
 */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly call: string
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly reason: string | undefined
  readonly recommend: string | undefined

  constructor(
    readonly code: string,
    message: string,
    { call, status, requestId, reason, recommend, cause }: CallFailure,
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.call = call
    this.status = status
    this.requestId = requestId
    this.reason = reason
    this.recommend = recommend
  }
}
