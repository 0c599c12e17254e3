/** The way of a call through the gateway: the steps, in the order of the real one. */

import type { Account } from '../account.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { stopwatch, toIso } from '../clock.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import type { LogEntry } from '../log.js'
import { type Action, failWith } from '../services/action.js'
import { accessKeyIdOf, authenticate, type FindKey, type KeyOwner } from './authenticate.js'
import { authorise } from './authorise.js'
import type { Call, Reply } from './call.js'
import { gatewayErrors } from './errors.js'
import { findActions, serviceOfHost } from './find.js'
import { checkMethodAndSize, formatOf, type ReadCall, readCall } from './read.js'
import { type ErrorOrigin, renderAnswer, renderError } from './render.js'
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
  onBug: (error: unknown, entry: LogEntry) => void
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
    reply = renderError(formatOf(read, passage.action), contractual(caught), requestId, originOf(context, passage))
  }
  const entry = logEntry(passage, account ?? context.strayLog(), reply.status, error, stopwatch() - started)
  ;(account ?? context.strayLog()).log.add(entry)
  if (error !== undefined && !(error instanceof ApiError)) context.onBug(error, entry)
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
  const { account } = passage.owner as KeyOwner
  if (account.clock.behind) await account.clock.catchUp()
  const action = candidates.length === 1 ? candidates[0] : (candidates.find((each) => each.claims?.(account, read.params)) ?? candidates[0])
  passage.action = action
  authorise(passage.owner as KeyOwner, action)
  throttle(account, action)
  const input = readInput(action, read)
  const answer = await action.run({ input: input as never, account, requestId, call: read.call, fail: failWith(action) })
  return renderAnswer(formatOf(read, action), action.name, requestId, answer)
}

/** Step: the Action's parameters. */
function readInput(action: Action, { params }: ReadCall): unknown {
  const format = params.get('Format')
  if (format && !/^(json|xml)$/i.test(format)) failWith(action)('InvalidParameter', { param: 'Format', reason: 'is neither JSON nor XML' })
  const decoded = action.decode(params)
  if (decoded.ok) return decoded.value
  const { param, violation, reason, code = action.service.violations[violation] } = decoded.problem
  return failWith(action)(code, { param, reason })
}

/** Anything thrown that is not part of the contract is a bug, and says nothing of itself to the caller. */
const contractual = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('InternalError', gatewayErrors.InternalError)

/** The service that an error comes from, as far as it can be told. */
function originOf({ catalogue }: GatewayContext, { read, action }: Passage): ErrorOrigin {
  const at = serviceOfHost(catalogue, read.call.host)
  const service = action?.service ?? (at && catalogue.services.get(at.service)) ?? catalogue.ofVersion(read.version)
  return service ? { hostId: service.host, product: service.name } : { hostId: read.call.host, product: '' }
}

/** Parameters that every call may carry. */
const COMMON = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'RegionId',
])

const SECRET = new Set(['Signature', 'SecurityToken'])

function logEntry(
  { read, requestId, action, owner }: Passage,
  account: Account,
  status: number,
  error: unknown,
  elapsedMs: number,
): LogEntry {
  const { call, params } = read
  // Without a prototype, so that no name of a parameter means anything else.
  const shown: Record<string, string> = Object.create(null)
  const unknownParams: string[] = []
  for (const [name, value] of params) {
    if (!SECRET.has(name)) shown[name] = value
    if (action && !COMMON.has(name) && !Object.hasOwn(action.input, name.split('.', 1)[0] as string)) unknownParams.push(name)
  }
  const entry: LogEntry = {
    requestId,
    time: toIso(account.clock.now()),
    method: call.method,
    host: call.host,
    params: shown,
    status,
    elapsedMs,
  }
  if (action) entry.service = action.service.name
  if (action ?? read.action) entry.action = (action?.name ?? read.action) as string
  if (owner) entry.identity = owner.key.identity.arn
  if (error instanceof ApiError) {
    entry.code = error.code
    entry.message = error.message
    if (error.reason !== undefined) entry.reason = error.param === undefined ? error.reason : `${error.param} ${error.reason}`
    if (error.diagnosis) entry.diagnosis = error.diagnosis
  } else if (error !== undefined) {
    entry.code = 'InternalError'
    entry.reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  if (unknownParams.length > 0) entry.unknownParams = unknownParams
  return entry
}
