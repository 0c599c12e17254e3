/** The way of a call through the gateway: the steps, in the order of the real one. */

import type { Account } from '../account/types.js'
import type { Action } from '../actions/action.js'
import { stopwatch } from '../base/clock.js'
import { ApiError } from '../base/errors.js'
import { gatewayErrors } from '../base/gateway-errors.js'
import type { Ids } from '../base/ids.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { applyToReply } from '../faults/effects.js'
import type { FaultMatch } from '../faults/faults.js'
import type { Call, Reply } from '../http/call.js'
import type { FindKey, KeyOwner } from '../identity/key-directory.js'
import { findActions, hostsOf, serviceOfHost } from '../rpc/find.js'
import { accessKeyIdOf, checkMethodAndSize, formatOf, type ReadCall, readCall } from '../rpc/read.js'
import { inTurn } from '../serving/in-turn.js'
import { authenticate } from './authenticate.js'
import { authorise } from './authorise.js'
import { matchFaults, runWithFault } from './faults.js'
import { renderAnswer, renderError } from './render.js'
import { type Request, runAction } from './run.js'
import { throttle } from './throttle.js'

/** What the gateway needs to know of the cloud. */
export interface GatewayContext {
  catalogue: Catalogue
  findKey: FindKey
  /** RequestIds of calls that lead to no account. */
  ids: Ids
  /** Where such calls are logged. */
  fallbackAccount: () => Account
  /** Told of a bug: an error that is not part of the contract. */
  onBug: (error: unknown, about: string) => void
}

/** Names of Actions that delete something. */
const MAKES_ROOM = /^(?:Delete|Cancel)/

/** Serves one RPC call. Never rejects. */
export async function serve(gateway: GatewayContext, call: Call): Promise<Reply> {
  const started = stopwatch()
  const read = readCall(call)
  const account = gateway.findKey(accessKeyIdOf(read) ?? '')?.account
  const context: CallContext = { read, requestId: '', action: undefined, owner: undefined, match: undefined, lost: undefined }
  let reply: Reply
  let error: unknown
  try {
    reply = await (account
      ? inTurn(account, call, () => answer(gateway, context, account), { makesRoom: MAKES_ROOM.test(read.action ?? '') })
      : refuseUnattributed(gateway, context))
  } catch (caught) {
    error = caught
    reply = renderRefusal(gateway, context, toApiError(caught))
  }
  const { requestId, action, owner, match } = context
  if (match) reply = applyToReply(match, reply, call.method)
  error ??= context.lost
  const logged = account ?? gateway.fallbackAccount()
  const record = {
    requestId,
    at: logged.clock.now(),
    call,
    action,
    identity: owner?.key.identity,
    status: reply.status,
    answer: typeof reply.body === 'string' ? reply.body : undefined,
    error,
    faults: match?.ids,
    elapsedMs: stopwatch() - started,
  }
  logged.log.add(record, read.params)
  if (error !== undefined && !(error instanceof ApiError)) gateway.onBug(error, `${action?.id ?? read.action} ${requestId}`)
  return reply
}

/** The way of a call that leads to no account: it ends where the gateway asks who calls. */
function refuseUnattributed(gateway: GatewayContext, context: CallContext): never {
  context.read.call.onTurn?.(undefined)
  context.requestId = gateway.ids.uuid()
  identify(gateway, context, undefined)
  throw new Error('a call that leads to no account was let in')
}

/** The first steps: what is called, and who calls. */
function identify(
  { catalogue, findKey }: GatewayContext,
  context: CallContext,
  account: Account | undefined,
): readonly [Action, ...Action[]] {
  const { read } = context
  checkMethodAndSize(read)
  const candidates = findActions(catalogue, read)
  context.action = candidates[0]
  // Only keys of the account whose turn it is count.
  const ownKey: FindKey = (accessKeyId) => {
    const owner = findKey(accessKeyId)
    return owner?.account === account ? owner : undefined
  }
  context.owner = authenticate(read, ownKey, () => candidates.flatMap(({ service }) => hostsOf(service)))
  return candidates
}

/** What is known of a call so far. */
interface CallContext {
  read: ReadCall
  requestId: string
  action: Action | undefined
  owner: KeyOwner | undefined
  /** What a test has asked to go wrong with it. */
  match: FaultMatch | undefined
  /** A refusal that the client does not see. */
  lost: ApiError | undefined
}

/** The way of a call to an account. Only for who has the account's turn. */
async function answer(gateway: GatewayContext, context: CallContext, account: Account): Promise<Reply> {
  const requestId = account.ids.uuid()
  context.requestId = requestId
  account.clock.cause = requestId
  const { read } = context
  const candidates = identify(gateway, context, account)
  const { key } = context.owner as KeyOwner
  const action = candidates.length === 1 ? candidates[0] : (candidates.find((each) => each.claims?.(account, read.params)) ?? candidates[0])
  context.action = action
  authorise(context.owner as KeyOwner, action)
  throttle(account, action)
  const request: Request = { account, key, requestId, call: read.call, params: read.params }
  const render = (output: object): Reply => renderAnswer(formatOf(read, action.service), action, requestId, output)
  const match = matchFaults(action, request)
  context.match = match
  if (match?.effect === undefined) return render(await runAction(action, request))
  const onLost = (refusal: ApiError): void => {
    context.lost = refusal
  }
  return runWithFault({ fault: match.effect, action, request, render, onLost })
}

/** Anything thrown that is not part of the contract is a bug, and says nothing of itself to the caller. */
const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('InternalError', gatewayErrors.InternalError)

/** An error is rendered as the service would that it comes from, as far as that can be told. */
function renderRefusal({ catalogue }: GatewayContext, { read, requestId, action }: CallContext, error: ApiError): Reply {
  const at = serviceOfHost(catalogue, read.call.host)
  const service = action?.service ?? (at && catalogue.services.get(at.service)) ?? catalogue.ofVersion(read.version)
  const region = at?.region
  const hostId = service && region && service.regions.includes(region) ? `${service.name}.${region}.aliyuncs.com` : service?.host
  const origin = { hostId: hostId ?? read.call.host, product: service?.name ?? '' }
  return renderError(formatOf(read, service), error, requestId, origin)
}
