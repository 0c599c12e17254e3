/** The way of a call through the gateway: the steps, in the order of the real one. */

import type { Account } from '../account.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { stopwatch } from '../clock.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { type Action, failWith } from '../services/action.js'
import { accessKeyIdOf, authenticate, type FindKey, type KeyOwner } from './authenticate.js'
import { authorise } from './authorise.js'
import type { Call, Reply } from './call.js'
import { gatewayErrors } from './errors.js'
import { findActions, serviceOfHost } from './find.js'
import { checkMethodAndSize, formatOf, type ReadCall, readCall } from './read.js'
import { renderAnswer, renderError } from './render.js'
import { throttle } from './throttle.js'

/** What the gateway needs to know of the cloud. */
export interface GatewayContext {
  catalogue: Catalogue
  findKey: FindKey
  /** RequestIds of calls that lead to no account. */
  ids: Ids
  /** Where such calls are logged. */
  strayLog: () => Account
  /** Told of a bug: an error that is not part of the contract. */
  onBug: (error: unknown, about: string) => void
}

/** Serves one RPC call. Never rejects. */
export async function serve(context: GatewayContext, call: Call): Promise<Reply> {
  const started = stopwatch()
  const read = readCall(call)
  const account = context.findKey(accessKeyIdOf(read) ?? '')?.account
  const requestId = (account?.ids ?? context.ids).uuid()
  const passage: Passage = { read, requestId, action: undefined, owner: undefined }
  let reply: Reply
  let error: unknown
  try {
    checkMethodAndSize(read)
    const candidates = findActions(context.catalogue, read)
    passage.action = candidates[0]
    const owner = authenticate(read, context.findKey)
    passage.owner = owner
    reply = await owner.account.turn.take(() => serveInTurn(passage, candidates))
  } catch (caught) {
    error = caught
    reply = renderRefusal(context, passage, contractual(caught))
  }
  const logged = account ?? context.strayLog()
  const { action, owner } = passage
  const record = {
    requestId,
    at: logged.clock.now(),
    call,
    action,
    identity: owner?.key.identity,
    status: reply.status,
    error,
    elapsedMs: stopwatch() - started,
  }
  logged.log.add(record)
  if (error !== undefined && !(error instanceof ApiError)) context.onBug(error, `${action?.id ?? read.action} ${requestId}`)
  return reply
}

/** What is known of a call so far. */
interface Passage {
  read: ReadCall
  requestId: string
  action: Action | undefined
  owner: KeyOwner | undefined
}

/** The steps that look at or change the account: served one call at a time. */
async function serveInTurn(passage: Passage, candidates: readonly [Action, ...Action[]]): Promise<Reply> {
  const { read, requestId } = passage
  const { account, key } = passage.owner as KeyOwner
  if (account.clock.behind) await account.clock.catchUp()
  const action = candidates.length === 1 ? candidates[0] : (candidates.find((each) => each.claims?.(account, read.params)) ?? candidates[0])
  passage.action = action
  account.clock.standStill(requestId)
  try {
    authorise(passage.owner as KeyOwner, action)
    throttle(account, action)
    const input = readInput(action, read)
    const answer = await action.run({ input: input as never, account, key, requestId, call: read.call, fail: failWith(action) })
    if (action.billing && action.job === undefined) account.usage.record(action.id, action.billing)
    return renderAnswer(formatOf(read, action.service), action, requestId, answer)
  } finally {
    account.clock.goOn()
  }
}

/** Step: the Action's parameters. */
function readInput(action: Action, { params }: ReadCall): unknown {
  const format = params.get('Format')
  if (format && !/^(json|xml)$/i.test(format)) failWith(action)('InvalidParameter', { param: 'Format', reason: 'is neither JSON nor XML' })
  const decoded = action.decode(params)
  if (decoded.ok) return decoded.value
  const { param, violation, reason, code = action.service.violations[violation], ...rest } = decoded.problem
  return failWith(action)(code, { param, reason, ...rest })
}

/** Anything thrown that is not part of the contract is a bug, and says nothing of itself to the caller. */
const contractual = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('InternalError', gatewayErrors.InternalError)

/** An error is rendered as the service would that it comes from, as far as that can be told. */
function renderRefusal({ catalogue }: GatewayContext, { read, requestId, action }: Passage, error: ApiError): Reply {
  const at = serviceOfHost(catalogue, read.call.host)
  const service = action?.service ?? (at && catalogue.services.get(at.service)) ?? catalogue.ofVersion(read.version)
  const region = at?.region
  const hostId = service && region && service.regions.includes(region) ? `${service.name}.${region}.aliyuncs.com` : service?.host
  const origin = { hostId: hostId ?? read.call.host, product: service?.name ?? '' }
  return renderError(formatOf(read, service), error, requestId, origin)
}
