/** One frame for all protocols: a call is answered or refused, the client sees what is to become of the reply, the log has it, bugs are reported. */

import type { Account } from '../account/types.js'
import { stopwatch } from '../base/clock.js'
import { ApiError } from '../base/errors.js'
import { isPromise, type MaybePromise } from '../base/maybe-promise.js'
import { applyToReply } from '../faults/effects.js'
import type { FaultMatch } from '../faults/faults.js'
import type { Call, Reply } from '../http/call.js'

/** What is known of a call so far, whatever its protocol. */
export interface ServedCall {
  call: Call
  /** The account that it leads to, if it leads to one. */
  account: Account | undefined
  /** Empty until it has one. */
  requestId: string
  /** What a test has asked to go wrong with it. */
  match: FaultMatch | undefined
  /** A refusal that the client does not see. */
  lost?: ApiError | undefined
}

/** What the log is told of a call beside what all calls have in common. */
type LogFields = Pick<Parameters<Account['log']['add']>[0], 'call' | 'action' | 'operation' | 'identity'>

/** How calls of one protocol are served. */
export interface Protocol<Context extends ServedCall> {
  /** Answers a call. What it throws becomes a refusal. */
  answer: (context: Context) => MaybePromise<Reply>
  /** The reply to what was thrown, and the error that the log has: it may say more than the reply. */
  refuse: (context: Context, error: unknown) => { reply: Reply; error: unknown }
  /** What the client sees in place of a reply that a fault has lost. What it throws becomes a refusal. Default: the reply. */
  replaceReply?: (context: Context) => Reply | undefined
  /** Headers that every reply has; those of the reply itself come before them. Default: none. */
  headers?: (context: Context) => Record<string, string>
  /** Where calls are logged that lead to no account. */
  fallbackAccount: (context: Context) => Account
  /** What the log is told. */
  logFields: (context: Context) => LogFields
  /** The parameters of a call of an Action. */
  params?: (context: Context) => ReadonlyMap<string, string>
  /** What was called, for reports of bugs. */
  nameOf: (context: Context) => string
}

/** Serves one call. Never rejects, nor throws: an error that is not part of the contract is reported, and answered as the protocol answers bugs. */
export function serveCall<Context extends ServedCall>(protocol: Protocol<Context>, context: Context): MaybePromise<Reply> {
  const begun: Begun = { started: stopwatch(), account: context.account }
  const refused = (caught: unknown): Reply => refuse(protocol, context, begun, caught)
  let reply: MaybePromise<Reply>
  try {
    reply = protocol.answer(context)
  } catch (caught) {
    return refused(caught)
  }
  return isPromise(reply) ? reply.then((answer) => end(protocol, context, begun, answer), refused) : end(protocol, context, begun, reply)
}

/** What is known of a call before it is served. */
interface Begun {
  started: number
  account: ServedCall['account']
}

function refuse<Context extends ServedCall>(protocol: Protocol<Context>, context: Context, begun: Begun, caught: unknown): Reply {
  const { reply, error } = protocol.refuse(context, caught)
  return end(protocol, context, begun, reply, error)
}

/** What is to be done whatever has become of the call. */
function end<Context extends ServedCall>(
  protocol: Protocol<Context>,
  context: Context,
  { started, account: first }: Begun,
  answer: Reply,
  refusal?: unknown,
): Reply {
  const { call, match } = context
  let reply = answer
  let error = refusal
  if (match) {
    try {
      reply = protocol.replaceReply?.(context) ?? reply
    } catch (caught) {
      ;({ reply, error } = protocol.refuse(context, caught))
    }
    reply = applyToReply(match, reply, call.method)
  }
  if (protocol.headers) reply.headers = { ...protocol.headers(context), ...reply.headers }
  error ??= context.lost
  const account = context.account ?? protocol.fallbackAccount(context)
  // One shape for all: spreading would cost more than the rest of this function.
  const { action, operation, identity, call: logged } = protocol.logFields(context)
  account.history.after(call, context.requestId)
  // What it turned out to be about was somebody else's.
  if (first !== account) first?.history.after(call)
  account.log.add(
    {
      call: logged,
      action,
      operation,
      identity,
      requestId: context.requestId,
      at: account.clock.now(),
      status: reply.status,
      answer: typeof reply.body === 'string' ? reply.body : undefined,
      answerHeaders: reply.headers,
      error,
      faults: match?.ids,
      elapsedMs: stopwatch() - started,
    },
    protocol.params?.(context),
  )
  if (error !== undefined && !(error instanceof ApiError)) account.cloud.onBug(error, `${protocol.nameOf(context)} ${context.requestId}`)
  return reply
}
