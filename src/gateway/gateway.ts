/** The way of a call through the gateway: the steps, in the order of the real one. */

import type { Account } from '../account/types.js'
import type { Action } from '../actions/action.js'
import { ApiError } from '../base/errors.js'
import { gatewayErrors } from '../base/gateway-errors.js'
import type { Ids } from '../base/ids.js'
import { type MaybePromise, whenThere } from '../base/maybe-promise.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Call, Reply } from '../http/call.js'
import type { FindKey, KeyOwner } from '../identity/key-directory.js'
import { findActions, hostsOf, serviceOfHost } from '../rpc/find.js'
import { accessKeyIdOf, checkMethodAndSize, formatOf, type ReadCall, readCall } from '../rpc/read.js'
import { inTurn } from '../serving/in-turn.js'
import type { Protocol, ServedCall } from '../serving/serve-call.js'
import { serveCall } from '../serving/serve-call.js'
import { authenticate } from './authenticate.js'
import { authorise } from './authorise.js'
import { asObserved } from './facts.js'
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
export function serve(gateway: GatewayContext, call: Call): MaybePromise<Reply> {
  const read = readCall(call)
  const account = gateway.findKey(accessKeyIdOf(read) ?? '')?.account
  return serveCall(rpc, {
    gateway,
    call,
    read,
    account,
    requestId: '',
    action: undefined,
    owner: undefined,
    match: undefined,
    lost: undefined,
  })
}

/** Signature 1.0 and ACS3. */
const rpc: Protocol<CallContext> = {
  answer: (context) => {
    const { account, call, read } = context
    if (account === undefined) return refuseUnattributed(context)
    return inTurn(
      account,
      call,
      () => answer(context, account),
      () => MAKES_ROOM.test(read.action ?? ''),
    )
  },
  refuse(context, caught) {
    const error = asObserved(context.account, caught)
    return { reply: renderRefusal(context, toApiError(error)), error }
  },
  fallbackAccount: ({ gateway }) => gateway.fallbackAccount(),
  logFields: ({ call, action, owner }) => ({ call, action, identity: owner?.key.identity }),
  params: ({ read }) => read.params,
  nameOf: ({ action, read }) => action?.id ?? String(read.action),
}

/** The way of a call that leads to no account: it ends where the gateway asks who calls. */
function refuseUnattributed(context: CallContext): never {
  context.call.onTurn?.(undefined)
  context.requestId = context.gateway.ids.uuid()
  identify(context, undefined)
  throw new Error('a call that leads to no account was let in')
}

/** The first steps: what is called, and who calls. */
function identify(context: CallContext, account: Account | undefined): readonly [Action, ...Action[]] {
  const { read, gateway } = context
  const { catalogue, findKey } = gateway
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
interface CallContext extends ServedCall {
  gateway: GatewayContext
  read: ReadCall
  action: Action | undefined
  owner: KeyOwner | undefined
}

/** The way of a call to an account. Only for who has the account's turn. */
function answer(context: CallContext, account: Account): MaybePromise<Reply> {
  const requestId = account.ids.uuid()
  context.requestId = requestId
  account.clock.cause = requestId
  const { read } = context
  const candidates = identify(context, account)
  const { key } = context.owner as KeyOwner
  const action =
    candidates.length === 1 ? candidates[0] : (candidates.find((each) => each.matches?.(account, read.params)) ?? candidates[0])
  context.action = action
  authorise(context.owner as KeyOwner, action)
  throttle(account, action)
  const request: Request = { account, key, requestId, call: read.call, params: read.params }
  const render = (output: object): Reply => renderAnswer(formatOf(read, action.service), action, requestId, output)
  const match = matchFaults(action, request)
  context.match = match
  if (match?.effect === undefined) return whenThere(runAction(action, request), render)
  const onLost = (refusal: ApiError): void => {
    context.lost = refusal
  }
  return runWithFault({ fault: match.effect, action, request, render, onLost })
}

/** Anything thrown that is not part of the contract is a bug, and says nothing of itself to the caller. */
const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('InternalError', gatewayErrors.InternalError)

/** An error is rendered as the service would that it comes from, as far as that can be told. */
function renderRefusal({ gateway: { catalogue }, read, requestId, action }: CallContext, error: ApiError): Reply {
  const at = serviceOfHost(catalogue, read.call.host)
  const service = action?.service ?? (at && catalogue.services.get(at.service)) ?? catalogue.ofVersion(read.version)
  const region = at?.region
  const hostId = service && region && service.regions.includes(region) ? `${service.name}.${region}.aliyuncs.com` : service?.host
  const origin = { hostId: hostId ?? read.call.host, product: service?.name ?? '' }
  return renderError(formatOf(read, service), error, requestId, origin)
}
